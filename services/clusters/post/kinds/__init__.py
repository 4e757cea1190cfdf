"""What people are told: each kind with its parameters, its line in the app and its letter, in every language."""

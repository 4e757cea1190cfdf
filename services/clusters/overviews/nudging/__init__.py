"""What a look might help with: told to one person alone, and left alone when they want it."""

"""What people write and answer: entries and their comments."""

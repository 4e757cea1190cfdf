"""What pages show of entries: lists, and an entry with its pictures and comments."""

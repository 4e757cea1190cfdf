"""What somebody sees first: what is next, what waits for them, and how the year goes."""

"""What somebody sees first: what is new, what they have begun, and who has written."""

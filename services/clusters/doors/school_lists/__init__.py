"""Schools from a list: known to the house once they are brought in."""

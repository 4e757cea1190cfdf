"""People from a list: each is asked into a school, and belongs to it once they say yes."""

"""Schools with their numbers of a school year."""

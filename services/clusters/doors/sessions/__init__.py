"""Sessions: the browsers that somebody signed in with, until they are ended."""

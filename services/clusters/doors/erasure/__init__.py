"""Leaving for good: nothing is kept of a person but the id."""

"""The way into a house that nobody coordinates yet: a link for whoever runs it, and what they say by it."""

"""Meetings, and who came to them, in sums by cluster, month and school."""

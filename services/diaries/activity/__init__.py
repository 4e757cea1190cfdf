"""Entries and comments in sums by cluster, month and school."""

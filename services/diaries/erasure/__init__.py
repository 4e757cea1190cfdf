"""Deleting an entry: a draft is erased, what was published goes out of sight with its comments and pictures."""

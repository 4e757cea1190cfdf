"""Who comes, where, and who waits."""

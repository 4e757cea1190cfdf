"""What a cluster plans for a school year, and what becomes of it."""

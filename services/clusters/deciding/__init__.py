"""A cluster decides together: by which rule, about what, and what comes of it."""

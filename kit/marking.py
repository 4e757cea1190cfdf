"""Marking words for the catalogues."""


def N_(message: str) -> str:
    """Marks a message; it is looked up when it is shown."""
    return message

"""Calendar files that update and cancel properly."""

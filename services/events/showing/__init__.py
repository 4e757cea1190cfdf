"""What pages show of events: lists, an event with all that hangs on it, its summary."""

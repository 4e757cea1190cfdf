"""Changing an event without losing anybody."""

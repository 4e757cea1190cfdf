"""Mechanisms that every service and web share. Nothing here knows what a school is."""

"""Passwords: one way in of several, hashed slowly, replaced with the old one or after a fresh link."""

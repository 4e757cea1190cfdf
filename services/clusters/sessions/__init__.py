"""Signing in: by mail link or password; sessions that can be ended."""

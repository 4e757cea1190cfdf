"""Signing in, by mail link or password, and what is forgotten of it afterwards."""

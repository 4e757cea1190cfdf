"""Proposals as they are read: with their rounds, who said what, and how it stands."""

"""Digests: what somebody has not seen of what they wanted told together."""

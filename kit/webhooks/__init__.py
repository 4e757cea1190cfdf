"""Outgoing Standard Webhooks: every placed fact goes, signed, to the endpoints that asked for it."""

"""API clients: scopes, secrets and their rotation."""

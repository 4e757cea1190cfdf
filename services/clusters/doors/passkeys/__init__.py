"""Passkeys: keys in the devices of people, which sign what this house asks and never leave them (WebAuthn)."""

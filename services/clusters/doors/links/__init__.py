"""Links that were mailed: each signs its reader in, once."""

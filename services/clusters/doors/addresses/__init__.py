"""My mail addresses: another one is confirmed by a letter to it, chosen for letters, and removed."""

"""How people and programs get in: links, passwords, sessions, clients, tokens, invitations."""

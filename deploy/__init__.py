"""How Staffroom is built, started and shipped."""

"""A cluster that is closed can be read, and nothing is added by anybody, until it is opened again."""

"""Who belongs where, as heard from clusters: the same small projection in every service that asks it."""

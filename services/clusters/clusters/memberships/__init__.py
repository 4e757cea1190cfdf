"""Which school belongs to which cluster, as what, since when."""

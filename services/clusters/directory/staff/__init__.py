"""Who works at which school, as what."""

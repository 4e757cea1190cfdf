"""Something is proposed to a cluster, its people give their voices, and what was decided happens."""

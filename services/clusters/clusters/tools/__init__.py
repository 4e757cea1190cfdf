"""Where a cluster works: its learning platform, its meeting tool, its files; and which school cannot get in."""

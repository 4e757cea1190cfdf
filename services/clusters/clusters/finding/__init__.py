"""Finding schools: the directory of all of them, and the page of one with its clusters and people."""

"""Finding schools and clusters: the directory of all schools, the page of one, and the clusters within sight."""

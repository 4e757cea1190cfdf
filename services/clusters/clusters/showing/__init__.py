"""What pages of a cluster show: its schools with their numbers, its people, and the clusters within sight."""

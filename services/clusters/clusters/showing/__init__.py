"""What pages of a cluster show: its schools with their numbers, and its people."""

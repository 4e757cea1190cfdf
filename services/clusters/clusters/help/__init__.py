"""Help that a cluster asks of its national coordinator: an answer is promised, and a late request climbs."""

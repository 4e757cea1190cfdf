"""The plan of a cluster's year: written together, in a top-down cluster approved by its national coordinator."""

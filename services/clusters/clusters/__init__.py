"""Clusters of schools: what they are for, who belongs to them."""

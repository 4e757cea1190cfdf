"""Memberships from a list: each school is asked into a cluster, and belongs to it once it says yes."""

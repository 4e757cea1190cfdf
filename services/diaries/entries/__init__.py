"""Entries of a cluster's diary: drafted, published to the cluster or to everyone, retracted."""

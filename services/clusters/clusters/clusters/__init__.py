"""Clusters: one mentor school and its mentees."""

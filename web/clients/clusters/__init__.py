"""The clusters service."""

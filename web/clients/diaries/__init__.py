"""The diaries service."""

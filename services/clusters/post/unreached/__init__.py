"""Whom mails do not reach: since when, and why."""

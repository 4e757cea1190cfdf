"""Giving up a role, a school or an office: what somebody gave by it, and nobody took yet, ends with it."""

"""Persons with their addresses: the only place that knows an address."""

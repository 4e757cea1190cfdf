"""National and programme coordinators."""

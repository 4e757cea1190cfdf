"""What I see of myself on every page: where I stand, what waits for my yes, what is new."""

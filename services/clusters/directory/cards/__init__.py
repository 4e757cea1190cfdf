"""What people say of themselves to colleagues, their portraits, and which circle sees what of it."""

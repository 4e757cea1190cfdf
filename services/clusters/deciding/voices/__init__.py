"""What people say to a proposal in its rounds, and what others answer."""

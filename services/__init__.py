"""Three services, each owning its data; they talk over HTTP only."""

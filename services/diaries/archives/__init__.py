"""All that is kept about a person, over all services, packed for them to take away."""

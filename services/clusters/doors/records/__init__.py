"""What clusters keeps about a person, for them to take away."""

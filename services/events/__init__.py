"""When and how people meet: events with their places, registrations, changes and attendance."""

"""What events tells: each fact with the names of its data."""

FACTS: dict[str, tuple[str, ...]] = {
    "event.announced": ("event_id", "title", "format", "starts_at", "ends_at", "zone"),
    "event.described": ("event_id", "title", "format"),
    "event.changed": ("event_id", "change_id", "what", "sequence", "starts_at", "ends_at", "zone"),
    "event.cancelled": ("event_id", "sequence"),
    "registration.placed": ("registration_id", "event_id", "person_id", "place_id"),
    "registration.waiting": ("registration_id", "event_id", "person_id", "place_id"),
    "registration.wait_ended": ("registration_id", "event_id", "person_id", "place_id"),
    "registration.withdrawn": ("registration_id", "event_id", "person_id"),
    "attendance.recorded": ("event_id", "came", "corrected"),
}

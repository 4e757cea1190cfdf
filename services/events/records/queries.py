"""All that this service keeps about a person, as they may take it away."""

SECTIONS = {
    "registration": """select event.id as event_id, event.title, event.starts_at, event.ends_at, event.zone,
          registration.asked_at, registration.withdrawn_at
        from registration join event on event.id = registration.event_id
        where registration.person_id = $1 order by registration.id desc""",
    "attendance": """select event.id as event_id, event.title, event.starts_at, event.ends_at, event.zone,
          attendance.source, attendance.marked_at, attendance.undone_at
        from attendance join event on event.id = attendance.event_id
        where attendance.person_id = $1 order by attendance.id desc""",
    "event": """select id, title, description, language, starts_at, ends_at, zone from event
        where organiser_id = $1 order by id desc""",
    "calendar_copy": """select event_id, sequence, stamped_at from calendar_copy
        where person_id = $1 order by stamped_at desc""",
}

"""What clusters tells: each fact with the names of its data."""

FACTS: dict[str, tuple[str, ...]] = {
    "person.registered": ("person_id", "name", "language", "zone"),
    "person.changed": ("person_id", "name", "language", "zone"),
    "school.registered": ("school_id", "name", "town", "country"),
    "school.changed": ("school_id", "name", "town", "country"),
    "cluster.formed": ("name", "country", "approach"),
    "membership.begun": ("membership_id", "school_id", "role"),
    "membership.ended": ("membership_id", "school_id", "role"),
    "staff.began": ("staff_id", "person_id", "school_id", "role"),
    "staff.changed": ("staff_id", "person_id", "school_id", "role"),
    "staff.ended": ("staff_id", "person_id", "school_id", "role"),
    "notice.told": ("person_id",),
    "notices.seen": ("person_id",),
    "office.given": ("office_id", "person_id", "kind", "country"),
    "office.ended": ("office_id", "person_id", "kind", "country"),
    "client.revoked": ("client_id",),
    "session.ended": ("person_id", "session"),
    "house.opened": ("client_id",),
}

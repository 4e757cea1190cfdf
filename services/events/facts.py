"""What events tells."""

from datetime import datetime
from uuid import UUID

from kit.telling import Fact, facts_in


class EventAnnounced(Fact, told_as="event.announced"):
    event_id: UUID
    title: str
    format: str
    starts_at: datetime
    ends_at: datetime
    zone: str


class EventDescribed(Fact, told_as="event.described"):
    event_id: UUID
    title: str
    format: str


class EventChanged(Fact, told_as="event.changed"):
    event_id: UUID
    change_id: UUID
    what: list[str]
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: str


class EventCancelled(Fact, told_as="event.cancelled"):
    event_id: UUID
    sequence: int


class SeatFact(Fact):
    registration_id: UUID
    event_id: UUID
    person_id: UUID
    place_id: UUID


class RegistrationPlaced(SeatFact, told_as="registration.placed"):
    pass


class RegistrationWaiting(SeatFact, told_as="registration.waiting"):
    pass


class WaitEnded(SeatFact, told_as="registration.wait_ended"):
    pass


class RegistrationWithdrawn(Fact, told_as="registration.withdrawn"):
    registration_id: UUID
    event_id: UUID
    person_id: UUID


class AttendanceRecorded(Fact, told_as="attendance.recorded"):
    event_id: UUID
    came: int
    corrected: int


FACTS = facts_in(globals())

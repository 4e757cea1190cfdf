from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field

from kit.db import Timestamp, choice
from services.events.base import Base


class State(StrEnum):
    """How an event stands in somebody's calendar."""

    confirmed = "confirmed"
    tentative = "tentative"
    published = "published"
    withdrawn = "withdrawn"
    cancelled = "cancelled"


class CalendarCopy(Base, table=True):
    """What somebody's calendar was last told about an event: each message outranks the one before (RFC 5546, 2.1.5).

    `stamped_at` is its DTSTAMP, in whole seconds; `revision` is the event's `sequence` that was told.
    """

    __tablename__ = "calendar_copy"

    event_id: UUID = Field(foreign_key="event.id", primary_key=True)
    person_id: UUID = Field(primary_key=True)
    stamped_at: datetime = Field(sa_type=Timestamp)
    sequence: int = 0
    revision: int = 0
    state: State | None = Field(default=None, sa_type=choice(State))

    def tell(self, state: State, revision: int) -> None:
        """Raise the sequence where time, place or status are others than were told (RFC 5546, 2.1.4)."""
        if self.state and (state, revision) != (self.state, self.revision):
            self.sequence += 1
        self.sequence = max(self.sequence, revision)
        self.state, self.revision = state, revision

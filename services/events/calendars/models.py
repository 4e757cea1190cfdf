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
    """What somebody's calendar was last told about an event."""

    event_id: UUID = Field(foreign_key="event.id", primary_key=True)
    person_id: UUID = Field(primary_key=True)
    stamped_at: datetime = Field(sa_type=Timestamp)
    sequence: int = 0
    revision: int = 0
    state: State | None = Field(default=None, sa_type=choice(State))

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp
from services.clusters.base import Base


class CalendarFeed(Base, table=True):
    """The private address of somebody's calendar: whoever has its `key` reads it, so that a new one ends the old."""

    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    key: str = Field(unique=True)
    made_at: datetime = Field(default_factory=now, sa_type=Timestamp)

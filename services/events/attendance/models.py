from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp, choice
from kit.ids import new_id
from services.events.base import Base


class Source(StrEnum):
    by_hand = "by_hand"


class Attendance(Base, table=True):
    """Somebody came. A correction ends this row and, where they came after all, begins another."""

    __table_args__ = (
        sa.Index(
            "uq_attendance_live",
            "event_id",
            "person_id",
            unique=True,
            postgresql_where=sa.text("undone_at IS NULL"),
        ),
        sa.Index("ix_attendance_event_id", "event_id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    event_id: UUID = Field(foreign_key="event.id")
    person_id: UUID
    school_id: UUID | None = None
    place_id: UUID | None = None
    source: Source = Field(default=Source.by_hand, sa_type=choice(Source))
    marked_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    marked_by: UUID
    undone_at: datetime | None = Field(default=None, sa_type=Timestamp)
    undone_by: UUID | None = None

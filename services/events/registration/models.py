from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp
from kit.ids import new_id
from services.events.base import Base


class Registration(Base, table=True):
    """Somebody comes to an event; one live registration of each person at each event."""

    __table_args__ = (
        sa.Index(
            "uq_registration_live",
            "event_id",
            "person_id",
            unique=True,
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        ),
        sa.Index("ix_registration_person_id_event_id", "person_id", "event_id"),
        sa.Index("ix_registration_event_id", "event_id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    event_id: UUID = Field(foreign_key="event.id")
    person_id: UUID
    school_id: UUID | None = None
    asked_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    asked_by: UUID
    withdrawn_at: datetime | None = Field(default=None, sa_type=Timestamp)
    withdrawn_by: UUID | None = None


class Placement(Base, table=True):
    """Where a registration is placed, since when; at one place at a time."""

    __table_args__ = (
        sa.Index("uq_placement_live", "registration_id", unique=True, postgresql_where=sa.text("until IS NULL")),
        sa.Index("ix_placement_live_at", "place_id", "registration_id", postgresql_where=sa.text("until IS NULL")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    registration_id: UUID = Field(foreign_key="registration.id")
    place_id: UUID
    since: datetime = Field(default_factory=now, sa_type=Timestamp)
    until: datetime | None = Field(default=None, sa_type=Timestamp)


class Wait(Base, table=True):
    """What a registration waits for; the lower `turn` is first in the line."""

    __table_args__ = (
        sa.Index("uq_wait_live", "registration_id", unique=True, postgresql_where=sa.text("until IS NULL")),
        sa.Index("ix_wait_live_at", "place_id", "turn", "registration_id", postgresql_where=sa.text("until IS NULL")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    registration_id: UUID = Field(foreign_key="registration.id")
    place_id: UUID
    turn: int = Field(sa_type=sa.BigInteger)
    since: datetime = Field(default_factory=now, sa_type=Timestamp)
    until: datetime | None = Field(default=None, sa_type=Timestamp)

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp, choice
from kit.ids import new_id
from services.events.base import Base
from services.events.events.formats import Format


class Event(Base, table=True):
    """A meeting of a cluster. `sequence` is the calendars' (RFC 5545), raised when time or places change.

    `described_at` is when title or description were last said anew, `description_told_at` when calendars were told.
    """

    __table_args__ = (
        sa.Index("ix_event_cluster_id_ends_at_id", "cluster_id", "ends_at", "id"),
        sa.Index("ix_event_ends_at", "ends_at"),
        sa.Index("ix_event_organiser_id_ends_at", "organiser_id", "ends_at"),
        sa.Index("ix_event_by_start", "cluster_id", "starts_at", "id", postgresql_include=["ends_at"]),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cluster_id: UUID
    title: str
    description: str = ""
    language: str = Field(sa_column_kwargs={"server_default": "en"})
    format: Format = Field(sa_type=choice(Format))
    zone: str
    starts_at: datetime = Field(sa_type=Timestamp)
    ends_at: datetime = Field(sa_type=Timestamp)
    organiser_id: UUID
    organiser_school_id: UUID | None = None
    version: int = 1
    sequence: int = 0
    announced_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    described_at: datetime | None = Field(default=None, sa_type=Timestamp)
    description_told_at: datetime | None = Field(default=None, sa_type=Timestamp)


class Site(Base, table=True):
    """A place on site. A site that was given up keeps its row: who came there stays true."""

    __table_args__ = (sa.CheckConstraint("capacity > 0", name="capacity_positive"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    event_id: UUID = Field(foreign_key="event.id", index=True)
    name: str
    address: str = ""
    school_id: UUID | None = None
    capacity: int | None = None
    number: int = 0
    given_up_at: datetime | None = Field(default=None, sa_type=Timestamp)


class OnlineRoom(Base, table=True):
    """The online place of an event; one at a time."""

    __table_args__ = (
        sa.CheckConstraint("capacity > 0", name="capacity_positive"),
        sa.Index("uq_online_room_live", "event_id", unique=True, postgresql_where=sa.text("given_up_at IS NULL")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    event_id: UUID = Field(foreign_key="event.id")
    link: str
    capacity: int | None = None
    given_up_at: datetime | None = Field(default=None, sa_type=Timestamp)


class Cancellation(Base, table=True):
    event_id: UUID = Field(foreign_key="event.id", primary_key=True)
    reason: str = ""
    by: UUID
    at: datetime = Field(default_factory=now, sa_type=Timestamp)

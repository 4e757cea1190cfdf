from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Json, Timestamp, choice
from kit.ids import new_id
from services.diaries.base import Base


class Reach(StrEnum):
    cluster = "cluster"
    everyone = "everyone"


class Entry(Base, table=True):
    """A page of a cluster's diary. `origin` is what the event that it starts from said about itself."""

    __table_args__ = (
        sa.Index("ix_entry_cluster_id_id", "cluster_id", "id"),
        sa.Index("ix_entry_author_id_id", "author_id", "id"),
        sa.Index("ix_entry_school_id", "school_id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cluster_id: UUID
    author_id: UUID
    school_id: UUID | None = None
    title: str
    text: str
    html: str
    language: str
    origin: dict[str, Any] | None = Field(default=None, sa_type=Json)
    origin_event_id: UUID | None = Field(default=None, index=True)
    version: int = 1
    started_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    changed_at: datetime = Field(default_factory=now, sa_type=Timestamp)


class Publication(Base, table=True):
    """Who may read an entry, and since when it is published. A retraction ends it; facts say who changed the reach."""

    __table_args__ = (
        sa.Index("uq_publication_live", "entry_id", unique=True, postgresql_where=sa.text("retracted_at IS NULL")),
        sa.Index("ix_publication_of_cluster", "cluster_id", "id", postgresql_where=sa.text("retracted_at IS NULL")),
        sa.Index("ix_publication_entry_id", "entry_id"),
        sa.Index(
            "ix_publication_cluster_id_published_at",
            "cluster_id",
            "published_at",
            postgresql_where=sa.text("retracted_at IS NULL"),
        ),
        sa.Index("ix_publication_published_at", "published_at", postgresql_where=sa.text("retracted_at IS NULL")),
        sa.Index(
            "ix_publication_everyone_of_cluster",
            "cluster_id",
            "id",
            postgresql_where=sa.text("retracted_at IS NULL AND reach = 'everyone'"),
        ),
        sa.Index(
            "ix_publication_everyone",
            "id",
            postgresql_where=sa.text("retracted_at IS NULL AND reach = 'everyone'"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    entry_id: UUID = Field(foreign_key="entry.id", ondelete="CASCADE")
    cluster_id: UUID
    reach: Reach = Field(sa_type=choice(Reach))
    published_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    published_by: UUID
    retracted_at: datetime | None = Field(default=None, sa_type=Timestamp)
    retracted_by: UUID | None = None


class EntryRemoval(Base, table=True):
    """A published entry that its author deleted. `reach`: who could read it, and now hears that it is gone."""

    entry_id: UUID = Field(foreign_key="entry.id", ondelete="CASCADE", primary_key=True)
    reach: Reach = Field(sa_type=choice(Reach))
    by: UUID
    at: datetime = Field(default_factory=now, sa_type=Timestamp)

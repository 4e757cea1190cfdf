from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp
from kit.ids import new_id
from services.clusters.base import Base


class Todo(Base, table=True):
    """Something to do by the day on which it is `due`; once removed, its row stays.

    `for_all`: for every cluster of the country, also those that are formed before it is due.
    """

    __table_args__ = (
        sa.Index("ix_todo_country_live", "country", "due", "id", postgresql_where=sa.text("removed_at IS NULL")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    country: str
    title: str
    text: str = ""
    language: str
    due: date
    for_all: bool
    version: int = 1
    added_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    added_by: UUID | None = None
    changed_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    changed_by: UUID | None = None
    removed_at: datetime | None = Field(default=None, sa_type=Timestamp)
    removed_by: UUID | None = None

    @property
    def has_ended(self) -> bool:
        return self.removed_at is not None


class TodoCluster(Base, table=True):
    """A cluster that was chosen for one that is not for all."""

    todo_id: UUID = Field(foreign_key="todo.id", primary_key=True)
    cluster_id: UUID = Field(foreign_key="cluster.id", primary_key=True, index=True)


class TodoTick(Base, table=True):
    """A cluster has done it."""

    todo_id: UUID = Field(foreign_key="todo.id", primary_key=True)
    cluster_id: UUID = Field(foreign_key="cluster.id", primary_key=True, index=True)
    ticked_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    ticked_by: UUID | None = None


class TodoReminder(Base, table=True):
    """When a cluster that is late was reminded last."""

    todo_id: UUID = Field(foreign_key="todo.id", primary_key=True)
    cluster_id: UUID = Field(foreign_key="cluster.id", primary_key=True)
    reminded_at: datetime = Field(sa_type=Timestamp)
    reminded_by: UUID | None = None

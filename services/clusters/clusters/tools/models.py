from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp, choice
from kit.ids import new_id
from services.clusters.base import Base


class ToolKind(StrEnum):
    """In the order in which they are shown."""

    lms = "lms"
    meeting = "meeting"
    files = "files"
    other = "other"


class Tool(Base, table=True):
    """Something that a cluster works with; once removed, its row stays."""

    __table_args__ = (
        sa.Index("ix_tool_cluster_id_live", "cluster_id", "id", postgresql_where=sa.text("removed_at IS NULL")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cluster_id: UUID = Field(foreign_key="cluster.id")
    kind: ToolKind = Field(sa_type=choice(ToolKind))
    name: str
    address: str = ""
    note: str = ""
    version: int = 1
    added_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    added_by: UUID | None = None
    changed_at: datetime | None = Field(default=None, sa_type=Timestamp)
    changed_by: UUID | None = None
    removed_at: datetime | None = Field(default=None, sa_type=Timestamp)
    removed_by: UUID | None = None

    @property
    def has_ended(self) -> bool:
        return self.removed_at is not None


class Lockout(Base, table=True):
    """A school that cannot get into a tool, with a word why; another word ends the row and begins a new one."""

    __table_args__ = (
        sa.Index(
            "uq_lockout_live", "tool_id", "school_id", unique=True, postgresql_where=sa.text("ended_at IS NULL")
        ),
    )  # fmt: skip

    id: UUID = Field(default_factory=new_id, primary_key=True)
    tool_id: UUID = Field(foreign_key="tool.id")
    school_id: UUID = Field(foreign_key="school.id")
    word: str = ""
    begun_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    begun_by: UUID | None = None
    ended_at: datetime | None = Field(default=None, sa_type=Timestamp)
    ended_by: UUID | None = None

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp, choice
from kit.ids import new_id
from services.clusters.base import Base
from services.clusters.directory.offices.models import OfficeKind

USUAL_DAYS = 3


class Readers(StrEnum):
    """Who reads a request, besides who asked and who answers."""

    coordinators = "coordinators"
    nobody = "nobody"


class HelpRequest(Base, table=True):
    """A question to the national coordinator. While it has a `due_at`, an answer is promised by then.

    Once it has climbed, the programme reads and answers it, too.
    """

    __table_args__ = (
        sa.Index("ix_help_request_cluster_id", "cluster_id", "id"),
        sa.Index("ix_help_request_due_at", "due_at", "id", postgresql_where=sa.text("due_at IS NOT NULL")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cluster_id: UUID = Field(foreign_key="cluster.id")
    about: str
    text: str
    language: str
    readers: Readers = Field(sa_type=choice(Readers))
    asked_by: UUID = Field(index=True)
    asked_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    due_at: datetime | None = Field(default=None, sa_type=Timestamp)
    answered_at: datetime | None = Field(default=None, sa_type=Timestamp)
    climbed_at: datetime | None = Field(default=None, sa_type=Timestamp)
    settled_at: datetime | None = Field(default=None, sa_type=Timestamp)
    settled_by: UUID | None = None


class HelpAnswer(Base, table=True):
    """What somebody wrote under a request; `office`: the one by which they answered it."""

    __table_args__ = (sa.Index("ix_help_answer_request_id", "request_id", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    request_id: UUID = Field(foreign_key="help_request.id")
    text: str
    language: str
    office: OfficeKind | None = Field(default=None, sa_type=choice(OfficeKind))
    written_by: UUID = Field(index=True)
    written_at: datetime = Field(default_factory=now, sa_type=Timestamp)


class HelpPromise(Base, table=True):
    """Within how many working days a country answers; one without a row does within `USUAL_DAYS`."""

    country: str = Field(primary_key=True)
    days: int
    version: int = 1
    changed_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    changed_by: UUID | None = None

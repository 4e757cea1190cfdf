from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp, choice
from kit.ids import new_id
from services.clusters.base import Base
from services.clusters.clusters.memberships.models import SchoolRole


class SchoolAnswer(StrEnum):
    accepted = "accepted"
    declined = "declined"
    withdrawn = "withdrawn"


class SchoolInvitation(Base, table=True):
    """A school is asked into a cluster, with a word of who asks; one open invitation of each school into each."""

    __table_args__ = (
        sa.Index(
            "uq_school_invitation_open", "cluster_id", "school_id", unique=True,
            postgresql_where=sa.text("answer IS NULL"),
        ),
        sa.Index("ix_school_invitation_cluster_id_id", "cluster_id", "id"),
        sa.Index("ix_school_invitation_school_id", "school_id"),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_when"),
    )  # fmt: skip

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cluster_id: UUID = Field(foreign_key="cluster.id")
    school_id: UUID = Field(foreign_key="school.id")
    role: SchoolRole = Field(sa_type=choice(SchoolRole))
    word: str = ""
    invited_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    invited_by: UUID | None = None
    answer: SchoolAnswer | None = Field(default=None, sa_type=choice(SchoolAnswer))
    answer_word: str = ""
    answered_at: datetime | None = Field(default=None, sa_type=Timestamp)
    answered_by: UUID | None = None

    @property
    def has_ended(self) -> bool:
        return self.answer is not None

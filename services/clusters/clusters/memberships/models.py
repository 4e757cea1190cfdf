from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp, choice
from kit.ids import new_id
from services.clusters.base import Base
from services.roster.standing import MENTORS


class SchoolRole(StrEnum):
    mentor = "mentor"
    mentee = "mentee"
    lab = "lab"

    @property
    def mentors(self) -> bool:
        return self.value in MENTORS


class Membership(Base, table=True):
    """A school in a cluster; one live membership of each school in each cluster."""

    __table_args__ = (
        sa.Index(
            "uq_membership_live",
            "cluster_id",
            "school_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index("ix_membership_school_id_cluster_id", "school_id", "cluster_id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cluster_id: UUID = Field(foreign_key="cluster.id")
    school_id: UUID = Field(foreign_key="school.id")
    role: SchoolRole = Field(sa_type=choice(SchoolRole))
    begun_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    begun_by: UUID | None = None
    ended_at: datetime | None = Field(default=None, sa_type=Timestamp)
    ended_by: UUID | None = None

    @property
    def has_ended(self) -> bool:
        return self.ended_at is not None

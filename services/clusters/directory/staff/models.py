from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp, choice
from kit.ids import new_id
from services.clusters.base import Base


class StaffRole(StrEnum):
    teacher = "teacher"
    coordinator = "coordinator"
    head = "head"


class Staff(Base, table=True):
    """A person who works at a school, in one role at a time."""

    __table_args__ = (
        sa.Index(
            "uq_staff_live",
            "person_id",
            "school_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    school_id: UUID = Field(foreign_key="school.id", index=True)
    role: StaffRole = Field(sa_type=choice(StaffRole))
    began_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    began_by: UUID | None = None
    ended_at: datetime | None = Field(default=None, sa_type=Timestamp)

    @property
    def has_ended(self) -> bool:
        return self.ended_at is not None

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp, choice
from kit.ids import new_id
from services.clusters.base import Base


class OfficeKind(StrEnum):
    national_coordinator = "national_coordinator"
    programme_coordinator = "programme_coordinator"


class Office(Base, table=True):
    """A person who coordinates a country's clusters, or the whole programme."""

    __table_args__ = (
        sa.Index(
            "uq_office_live", "person_id", "kind", "country", unique=True,
            postgresql_where=sa.text("ended_at IS NULL"), postgresql_nulls_not_distinct=True,
        ),
    )  # fmt: skip

    id: UUID = Field(default_factory=new_id, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    kind: OfficeKind = Field(sa_type=choice(OfficeKind))
    country: str | None = None
    began_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    ended_at: datetime | None = Field(default=None, sa_type=Timestamp)

    @property
    def has_ended(self) -> bool:
        return self.ended_at is not None

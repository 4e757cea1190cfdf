from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Json, Timestamp, choice
from kit.ids import new_id
from services.clusters.base import Base
from services.roster.sections import Section

MOST_PARTS = 200


class PlanState(StrEnum):
    """Nobody approves a plan of a bottom-up cluster; what was approved before it was led so stays."""

    draft = "draft"
    handed_in = "handed_in"
    change_asked = "change_asked"
    approved = "approved"


class PartKind(StrEnum):
    """In the order in which they are shown."""

    priority = "priority"
    goal = "goal"
    activity = "activity"
    milestone = "milestone"


class Plan(Base, table=True):
    """What a cluster plans for a school year (2026 is 2026/27); `version` grows with all that is written in it.

    `approved_edition` is the newest that was approved, also while a later one is being written.
    """

    __table_args__ = (
        sa.UniqueConstraint("cluster_id", "year"),
        sa.Index("ix_plan_waiting", "handed_in_at", "id", postgresql_where=sa.text("state = 'handed_in'")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cluster_id: UUID = Field(foreign_key="cluster.id")
    year: int
    state: PlanState = Field(default=PlanState.draft, sa_type=choice(PlanState))
    version: int = 1
    approved_edition: int | None = None
    begun_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    begun_by: UUID | None = None
    changed_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    changed_by: UUID | None = None
    handed_in_at: datetime | None = Field(default=None, sa_type=Timestamp)
    handed_in_by: UUID | None = None


class PlanPart(Base, table=True):
    """A priority, goal, activity or milestone; once removed, its row stays.

    `text` says more: of a goal, how one would know. `school_id` is the school that leads it.
    """

    __table_args__ = (
        sa.Index("ix_plan_part_plan_id_live", "plan_id", "id", postgresql_where=sa.text("removed_at IS NULL")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    plan_id: UUID = Field(foreign_key="plan.id")
    kind: PartKind = Field(sa_type=choice(PartKind))
    title: str
    text: str = ""
    section: Section | None = Field(default=None, sa_type=choice(Section))
    begins: date | None = None
    ends: date | None = None
    who: str = ""
    school_id: UUID | None = Field(default=None, foreign_key="school.id")
    language: str
    version: int = 1
    added_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    added_by: UUID | None = None
    changed_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    changed_by: UUID | None = None
    done_at: datetime | None = Field(default=None, sa_type=Timestamp)
    done_by: UUID | None = None
    removed_at: datetime | None = Field(default=None, sa_type=Timestamp)
    removed_by: UUID | None = None

    @property
    def has_ended(self) -> bool:
        return self.removed_at is not None


class PlanEdition(Base, table=True):
    """A plan as it was handed in, or answered: its `parts` as the API gives them."""

    plan_id: UUID = Field(foreign_key="plan.id", primary_key=True)
    number: int = Field(primary_key=True)
    parts: list[dict[str, Any]] = Field(sa_type=Json)
    made_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    made_by: UUID | None = None


class PlanAnswer(Base, table=True):
    """A word of the national coordinator about an edition: approved, or one change asked for."""

    __table_args__ = (sa.Index("ix_plan_answer_plan_id", "plan_id", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    plan_id: UUID = Field(foreign_key="plan.id")
    edition: int
    approved: bool
    word: str = ""
    language: str
    written_by: UUID = Field(index=True)
    written_at: datetime = Field(default_factory=now, sa_type=Timestamp)

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import Field

from kit.db import NAMING, Table, Timestamp, choice

NO_SCHOOL = UUID(int=0)


class ActivityKind(StrEnum):
    """What is counted. `meetings` and `planning` belong to the cluster, all others to a school of it.

    `organised`, `hosted`: meetings that somebody of the school organised, that took place there. `joined`: meetings to
    which somebody of it came; `came`: how often somebody did; `people`: how many did at least once in the month, and
    `reached`: in the school year. `comments`: questions, suggestions and replies; `takeaways`: the others. `planning`:
    steps of planning and deciding.
    """

    meetings = "meetings"
    organised = "organised"
    hosted = "hosted"
    joined = "joined"
    came = "came"
    people = "people"
    reached = "reached"
    entries = "entries"
    comments = "comments"
    takeaways = "takeaways"
    planning = "planning"


class ActivityBase(Table, registry=registry()):
    metadata = sa.MetaData(naming_convention=NAMING)


class Activity(ActivityBase, table=True):
    """How much of a kind there was in a month, by `school_id` (zeros: of no school), and on which day the last.

    `month` is its first day; of what is counted by school year, 1 September.
    """

    __table_args__ = (
        sa.Index("ix_activity_to_tell", "counted_at", postgresql_where=sa.text("NOT told")),
        sa.CheckConstraint("count >= 0", name="not_negative"),
    )

    cluster_id: UUID = Field(primary_key=True)
    month: date = Field(primary_key=True)
    kind: ActivityKind = Field(sa_column=sa.Column(choice(ActivityKind), primary_key=True))
    school_id: UUID = Field(primary_key=True)
    count: int
    last_on: date
    counted_at: datetime = Field(sa_type=Timestamp)
    told: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})

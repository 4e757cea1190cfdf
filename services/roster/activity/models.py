from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import Field

from kit.db import NAMING, Table, Timestamp, choice
from services.roster.sections import Section

NO_SCHOOL = UUID(int=0)


class ActivityKind(StrEnum):
    """What is counted. `meetings`, `planning` and sections belong to the cluster, all others to a school of it.

    `organised`, `hosted`: meetings that somebody of the school organised, that took place there. `joined`: meetings to
    which somebody of it came; `came`: how often somebody did; `people`: how many did at least once in the month, and
    `reached`: in the school year. `comments`: questions, suggestions and replies; `takeaways`: the others. `planning`:
    steps of planning and deciding. `meetings_…`: meetings of a format that is told in this section of the year report.
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
    meetings_preparation = "meetings_preparation"
    meetings_networking = "meetings_networking"
    meetings_community_of_practice = "meetings_community_of_practice"
    meetings_professional_development = "meetings_professional_development"
    meetings_monitoring = "meetings_monitoring"
    meetings_outcomes = "meetings_outcomes"


OF_SECTIONS = {section: ActivityKind(f"meetings_{section}") for section in Section}
OF_THE_CLUSTER = frozenset({ActivityKind.meetings, ActivityKind.planning, *OF_SECTIONS.values()})
"""What belongs to no school of it."""


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

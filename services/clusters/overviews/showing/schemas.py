from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel

from services.clusters.clusters.clusters.models import Approach
from services.clusters.clusters.support.levels import First, Level
from services.clusters.overviews.nudging.schemas import NudgeOut
from services.roster.activity.models import ActivityKind

Months = dict[str, int]
"""How much by month (`2026-09`); a month without any is left out."""


class Only(StrEnum):
    """Which clusters of a list: those that ask for help, in which something is late, that are quiet."""

    help = "help"
    late = "late"
    quiet = "quiet"


class CountryOverviewOut(BaseModel):
    """A country in a school year: `months` of the kind that was asked for.

    `schools` are those in its open clusters; in how many mentoring stands in the development plan: both as of today.
    """

    country: str
    clusters: int
    schools: int
    in_development_plans: int
    quiet: int
    asks_help: int
    level: Level
    months: Months
    planned: Months


class OverviewOut(BaseModel):
    """Of the countries of an office, or one of them, in a school year.

    `totals`: how much of each kind there was until now. `nudges` are for the national coordinator alone who asks;
    `first`: what stands first, where it is about one country. While it is not `is_complete` the sums of a service are
    still missing: nobody is quiet then.
    """

    year: int
    first: First
    countries: list[CountryOverviewOut]
    totals: dict[ActivityKind, int]
    nudges: list[NudgeOut]
    is_complete: bool


class ClusterRowOut(BaseModel):
    """A cluster in a school year: `months` of the kind that was asked for, `planned` meetings of months to come.

    `quiet_since`: nothing has happened since, for as long as the level of support waits. `in_development_plans`: in how
    many of its `schools` mentoring stands in the development plan; both as of today, none of a closed cluster.
    """

    cluster_id: UUID
    name: str
    country: str
    approach: Approach
    months: Months
    planned: Months
    asks_help: int
    late: int
    schools: int
    in_development_plans: int
    is_closed: bool
    quiet_since: date | None
    quiet_schools: list[str]


class SchoolRowOut(BaseModel):
    """A school in a cluster in a school year: how much of each kind (`counts`), and of the kind asked for by month.

    `quiet_since`: for coordinators and the national coordinator; nobody of the school has taken part since, for three
    weeks of school. `in_development_plan_since`: from when mentoring stands there; null: nothing is known of it.
    """

    school_id: UUID
    name: str
    role: str
    has_left: bool
    teachers: int | None
    in_development_plan_since: date | None
    counts: dict[ActivityKind, int]
    months: Months
    quiet_since: date | None


class DueOut(BaseModel):
    """A milestone or to-do that is late, or due within two weeks."""

    kind: str
    id: UUID
    title: str
    language: str
    due: date
    late: bool
    path: str


class ClusterOverviewOut(BaseModel):
    """How a cluster does in a school year, by school; `others`: of no school of it."""

    cluster_id: UUID
    name: str
    country: str
    approach: Approach
    year: int
    totals: dict[ActivityKind, int]
    months: Months
    schools: list[SchoolRowOut]
    others: dict[ActivityKind, int]
    due: list[DueOut]
    can: list[str]

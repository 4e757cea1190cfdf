from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.db import Timestamp, choice
from services.clusters.base import Base
from services.roster.activity.models import ActivityKind


class Source(StrEnum):
    """Whose sums overviews need besides those of clusters itself."""

    events = "events"
    diaries = "diaries"


class ActivitySource(Base, table=True):
    """A service that has told all that it counted, and when it last said so."""

    source: Source = Field(sa_column=sa.Column(choice(Source), primary_key=True))
    complete_at: datetime = Field(sa_type=Timestamp)


class ClusterActivity(Base, table=True):
    """How much of a kind there was in a month in a cluster, over all its schools."""

    cluster_id: UUID = Field(primary_key=True, foreign_key="cluster.id")
    month: date = Field(primary_key=True)
    kind: ActivityKind = Field(sa_column=sa.Column(choice(ActivityKind), primary_key=True))
    count: int


class CountryActivity(Base, table=True):
    """The same over all clusters of a country."""

    country: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    kind: ActivityKind = Field(sa_column=sa.Column(choice(ActivityKind), primary_key=True))
    count: int


class LatestActivity(Base, table=True):
    """On which day something last happened in a cluster, by school (zeros: by any, or by the cluster).

    What is planned until the end of the next month counts as such: who meets soon is not quiet.
    """

    __table_args__ = (sa.Index("ix_latest_activity_of_school", "school_id", "cluster_id"),)

    cluster_id: UUID = Field(primary_key=True, foreign_key="cluster.id")
    school_id: UUID = Field(primary_key=True)
    last_on: date | None = None

from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.db import choice
from services.clusters.base import Base
from services.roster.activity.models import ActivityKind

REMEMBERED = timedelta(days=400)  # beyond a year nobody asks when something last happened


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

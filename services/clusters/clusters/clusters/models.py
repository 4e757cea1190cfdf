from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp, choice
from kit.ids import new_id
from services.clusters.base import Base


class Approach(StrEnum):
    top_down = "top_down"
    bottom_up = "bottom_up"


class Cluster(Base, table=True):
    """Once it `has_plan`, its priorities and goals are what that of the year says."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str
    # The version before writes and shows one for each cluster; the house has one programme now.
    programme: str = Field(default="", sa_column_kwargs={"server_default": ""})
    country: str
    approach: Approach = Field(sa_type=choice(Approach))
    zone: str
    priorities: str = ""
    goals: str = ""
    has_plan: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    version: int = 1
    formed_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    formed_by: UUID | None = None
    closed_at: datetime | None = Field(default=None, sa_type=Timestamp)
    closed_by: UUID | None = None
    closing_word: str = Field(default="", sa_column_kwargs={"server_default": ""})

    @property
    def cluster_closed_at(self) -> datetime | None:
        """As the policy asks every thing of a cluster."""
        return self.closed_at


class Beginning(Base, table=True):
    """Since when a cluster is active; one without it is forming."""

    cluster_id: UUID = Field(foreign_key="cluster.id", primary_key=True)
    begun_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    begun_by: UUID | None = None

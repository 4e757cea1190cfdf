from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Field

from services.clusters.base import Base

LONGEST_REST = timedelta(days=370)


class NudgeRest(Base, table=True):
    """Somebody is not nudged about a cluster, or a school in it (zeros: the cluster), before `until`."""

    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    cluster_id: UUID = Field(primary_key=True, foreign_key="cluster.id")
    school_id: UUID = Field(primary_key=True)
    until: date

"""What the policy asks of the rows of a page."""

from dataclasses import dataclass
from uuid import UUID

from services.clusters.clusters.clusters.queries import OfVisibleCluster
from services.roster.standing import TEACHER


@dataclass(frozen=True)
class MemberSchool:
    """A school as a row of a cluster's composition: who may invite a teacher there, sees the form."""

    school_id: UUID
    cluster_ids: list[UUID]
    country: str
    role: str = TEACHER
    is_led: bool = True


@dataclass(frozen=True)
class MembershipOf(OfVisibleCluster):
    """That this school belongs to the cluster."""

    school_id: UUID


@dataclass(frozen=True)
class ColleagueAt:
    """Somebody who works at a school, as a row of a cluster's people or of their own schools."""

    school_id: UUID
    person_id: UUID
    country: str

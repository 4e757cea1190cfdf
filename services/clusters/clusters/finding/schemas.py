from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.clusters.clusters.clusters.models import Approach
from services.clusters.directory.schools.models import SchoolKind
from services.clusters.directory.schools.schemas import OfficialIdIn, SchoolOut


class SchoolItemOut(BaseModel):
    """A school in the directory, with its numbers of the newest school year that is known."""

    id: UUID
    name: str
    official_name: str
    official_ids: list[OfficialIdIn]
    kind: SchoolKind | None
    town: str
    country: str
    year: int | None
    students: int | None
    teachers: int | None
    in_cluster: bool


class OfSchoolOut(BaseModel):
    """A school that another one is a branch of, or a branch."""

    id: UUID
    name: str


class InClusterOut(BaseModel):
    """A cluster within the reader's sight, and as what the school belongs to it."""

    id: UUID
    name: str
    role: str
    begun_at: datetime


class SchoolPageOut(SchoolOut):
    """A school with what hangs on it, as far as the reader may know of it."""

    whole: Annotated[OfSchoolOut | None, Field(description="The school that it is a branch of")]
    branches: list[OfSchoolOut]
    clusters: list[InClusterOut]
    shows_people: Annotated[bool, Field(description="Whether the reader may know who works there")]


class ClusterState(StrEnum):
    """Until not all of its schools have answered it is forming; once closed it is read only."""

    forming = "forming"
    active = "active"
    closed = "closed"


class ClusterItemOut(BaseModel):
    """A cluster in the list, with how many schools it has, and how many people these.

    `formed_at`: since when it is known; `begun_at` is null while it is forming, `closed_at` while it is open.
    """

    id: UUID
    name: str
    country: str
    approach: Approach
    formed_at: datetime
    begun_at: datetime | None
    closed_at: datetime | None
    schools: int
    people: int


class OnStaffOut(BaseModel):
    """Somebody who works at a school, and as what."""

    staff_id: UUID
    person_id: UUID
    name: str
    title_before: str
    title_after: str
    role: str
    began_at: datetime
    subjects: list[str]
    portrait_id: UUID | None
    can: list[str] = []

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

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


class OnStaffOut(BaseModel):
    """Somebody who works at a school, and as what."""

    staff_id: UUID
    person_id: UUID
    name: str
    role: str
    began_at: datetime
    can: list[str] = []

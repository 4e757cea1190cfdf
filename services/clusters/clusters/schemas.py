from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from kit.fields import Line, Zone
from services.clusters.clusters.models import Approach
from services.clusters.schools.schemas import Country

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5_000)]
Title = Annotated[str, Line(120)]


class ClusterIn(BaseModel):
    name: Title
    programme: Title
    country: Country
    approach: Approach
    zone: Zone
    priorities: Text = ""
    goals: Text = ""


class AimsIn(BaseModel):
    """What the cluster is for, in its own words."""

    priorities: Text
    goals: Text


class MemberSchoolOut(BaseModel):
    """One row of the composition: a school, its role, and its numbers of the newest school year that is known."""

    membership_id: UUID
    school_id: UUID
    name: str
    town: str
    address: str
    website: str
    role: str
    year: int | None
    students: int | None
    teachers: int | None
    people: int
    can: list[str] = []


class ClusterItemOut(BaseModel):
    id: UUID
    name: str
    country: str
    approach: str
    schools: int


class ClusterOut(BaseModel):
    id: UUID
    name: str
    programme: str
    country: str
    approach: str
    zone: str
    priorities: str
    goals: str
    version: int
    formed_at: datetime
    schools: list[MemberSchoolOut]
    can: list[str]

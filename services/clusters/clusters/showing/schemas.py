from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.clusters.clusters.support.levels import Offer
from services.clusters.clusters.tools.schemas import ToolOut
from services.clusters.directory.schools.schemas import OfficialIdIn


class MemberSchoolOut(BaseModel):
    """One row of the composition: a school, its role, and its numbers of the newest school year that is known.

    `can`: with the school, and `end` of its membership.
    """

    membership_id: UUID
    school_id: UUID
    name: str
    town: str
    address: str
    website: str
    latitude: float | None
    longitude: float | None
    official_ids: list[OfficialIdIn]
    role: str
    year: int | None
    students: int | None
    teachers: int | None
    people: int
    can: list[str] = []


class ClusterOut(BaseModel):
    """`formed_at`: since when it is known here; `begun_at`: since when it is active, null while it is forming.

    `closed_at`: since when it can be read and nothing is added, with the `closing_word` of who closed it.
    """

    id: UUID
    name: str
    programme: Annotated[str, Field(deprecated=True, description="Empty: the house has one (`GET /v1/programme`)")] = ""
    country: str
    approach: str
    zone: str
    priorities: str
    goals: str
    has_plan: bool = Field(description="Whether priorities and goals are those of its newest plan of a year")
    version: int
    formed_at: datetime
    begun_at: datetime | None
    closed_at: datetime | None
    closing_word: str
    offer: Annotated[Offer | None, Field(description="What its national coordinator, if there is one, offers just now")]
    people: Annotated[int, Field(description="Who works at two of its schools is one")]
    schools: list[MemberSchoolOut]
    tools: list[ToolOut]
    schedules: bool = Field(description="Whether I may plan meetings of this cluster")
    can: list[str]

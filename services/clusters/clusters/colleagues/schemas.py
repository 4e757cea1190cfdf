from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.clusters.directory.cards.schemas import SeenOfCardOut
from services.clusters.post.unreached.schemas import UnreachedOut


class By(StrEnum):
    """What a list of people is divided by."""

    school = "school"
    subject = "subject"


class ColleagueOut(BaseModel):
    """A person of a cluster, with the school and the role that make them one, and what the reader may see of them."""

    staff_id: UUID
    person_id: UUID
    name: str
    title_before: str
    title_after: str
    school_id: UUID
    school: str
    role: str
    began_at: datetime
    subject: Annotated[str | None, Field(description="By subject: under which of theirs they stand here")] = None
    subjects: list[str]
    languages: list[str]
    portrait_id: UUID | None
    unreached: UnreachedOut | None = Field(
        default=None, description="For who leads their school: mails do not reach them"
    )
    can: list[str] = []


class TheirClusterOut(BaseModel):
    id: UUID
    name: str


class StandsAtOut(BaseModel):
    """A school at which somebody works, with its clusters, as far as the reader may know of both."""

    school_id: UUID
    school: str
    town: str
    role: str
    clusters: list[TheirClusterOut]


class TheirOfficeOut(BaseModel):
    kind: str
    country: str | None


class PersonPageOut(SeenOfCardOut):
    """Somebody as the reader may know them; offices are for the programme and for whose they are."""

    id: UUID
    name: str
    title_before: str
    title_after: str
    standings: list[StandsAtOut]
    offices: list[TheirOfficeOut]

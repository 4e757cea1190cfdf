from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from kit.fields import Language, Line
from services.events.events.formats import Format
from services.events.events.terms import TermsIn, is_over

Title = Annotated[str, Line(200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5_000)]
WrittenIn = Annotated[Language | None, Field(description="The language of title and description")]


class DescriptionIn(BaseModel):
    """What it is about: calendars follow, registrations are not touched. `language` stays if it is left out."""

    title: Title
    description: Text = ""
    language: WrittenIn = None
    format: Format


class EventIn(TermsIn, DescriptionIn):
    """`language` is the organiser's own if it is left out. Without an end it takes as long as its format usually does.

    What is over already is announced only with `past`: nobody can register for it.
    """

    cluster_id: UUID

    @field_validator("past")
    @classmethod
    def _meant_so(cls, past: bool, info: ValidationInfo) -> bool:
        if is_over(info.data.get("ends_at")) and not past:
            raise PydanticCustomError("past_unconfirmed", "this is over already")
        return past


class CancellationIn(BaseModel):
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)] = ""


class EventItemOut(BaseModel):
    id: UUID
    title: str
    language: str
    format: str
    mode: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    places: str
    coming: int = Field(description="How many have a place")
    waiting: int = Field(description="How many have none, and wait for one")
    came: int | None = Field(description="How many came; null until somebody has marked it")
    cancelled: bool
    my_state: str | None = Field(description="placed, waiting, or null")


class PlaceOut(BaseModel):
    """A site or the online room, with what is left of it. `link` only for who is placed there or runs the event."""

    id: UUID
    name: str
    address: str
    school_id: UUID | None
    online: bool
    capacity: int | None
    taken: int
    waiting: int
    link: str | None = None


class MineOut(BaseModel):
    """My registration: where I am placed, what I wait for, and as the how-manyeth."""

    registration_id: UUID
    placed: UUID | None
    waits_for: UUID | None
    position: int | None


class AtPlaceOut(BaseModel):
    """How many of a school are placed here."""

    place_id: UUID
    people: int


class FromSchoolOut(BaseModel):
    """How many of one school have a place, where that is, and how many only wait."""

    school_id: UUID | None
    school: str
    coming: int
    waiting: int
    at: list[AtPlaceOut]


class LastChangeOut(BaseModel):
    what: list[str]
    reason: str
    at: datetime
    before: dict[str, Any]


class EventOut(BaseModel):
    id: UUID
    cluster_id: UUID
    cluster: str
    title: str
    description: str
    language: str
    format: str
    mode: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    organiser_id: UUID
    organiser: str
    version: int
    sequence: int
    cancelled_at: datetime | None
    cancelled_because: str | None
    places: list[PlaceOut]
    mine: MineOut | None
    coming: int = Field(description="How many have a place")
    waiting: int = Field(description="How many have none, and wait for one")
    came: int | None = Field(description="How many came; null until somebody has marked it")
    schools: list[FromSchoolOut]
    last_change: LastChangeOut | None
    can: list[str]

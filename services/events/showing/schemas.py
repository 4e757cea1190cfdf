from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field


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
    cluster_closed_at: datetime | None = Field(description="Since when its cluster is read only; null: it is open")
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


class CameOut(BaseModel):
    """How many came from one school."""

    school_id: UUID | None
    school: str
    came: int


class SummaryOut(BaseModel):
    """What an event says about itself afterwards, for whoever writes about it."""

    id: UUID
    cluster_id: UUID
    title: str
    format: str
    mode: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    sites: list[str]
    came: list[CameOut]

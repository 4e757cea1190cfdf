from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from kit.clock import now
from kit.fields import Line, WebAddress, Zone
from services.events.events.formats import usual_minutes
from services.events.events.times import moment

EARLIEST, LATEST = 1990, 2200


def of_this_age(at: datetime) -> datetime:
    if not EARLIEST <= at.year < LATEST:
        raise PydanticCustomError("year_unlikely", "no year of ours")
    return at


Wall = Annotated[
    datetime,
    AfterValidator(of_this_age),
    Field(
        description="Local time in the event's zone (2026-11-25T08:00), or any time with its offset",
        examples=["2026-11-25T08:00:00+01:00"],
    ),
]
Minutes = Annotated[
    int, Field(ge=1, le=60 * 24 * 366, strict=True, description="How long it takes, where no end is given")
]
Capacity = Annotated[int, Field(ge=1, le=100_000, strict=True)]


class SiteIn(BaseModel):
    """A place on site. `id` names one that the event has already; without it a new one is made."""

    id: UUID | None = None
    name: Annotated[str, Line(200)]
    address: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    school_id: UUID | None = None
    capacity: Capacity | None = None


class OnlineRoomIn(BaseModel):
    link: WebAddress
    capacity: Capacity | None = None


class TermsIn(BaseModel):
    """When and where: what a change changes. At least one place.

    Every field is checked with those before it, so that all that is wrong is told at once; times become moments.
    """

    zone: Zone
    starts_at: Wall
    minutes: Minutes | None = None
    ends_at: Annotated[Wall | None, Field(validate_default=True)] = None
    online_room: OnlineRoomIn | None = None
    sites: Annotated[list[SiteIn], Field(max_length=20, validate_default=True)] = []
    past: Annotated[bool, Field(strict=True, validate_default=True, description="It is over already, and meant so")] = (
        False
    )

    @field_validator("starts_at")
    @classmethod
    def _as_moment(cls, starts_at: datetime, info: ValidationInfo) -> datetime:
        return moment(starts_at, info.data["zone"]) if "zone" in info.data else starts_at

    @field_validator("ends_at")
    @classmethod
    def _after_its_start(cls, ends_at: datetime | None, info: ValidationInfo) -> datetime | None:
        known = info.data
        if not {"zone", "starts_at", "minutes"} <= known.keys():
            return ends_at
        if ends_at is None:
            minutes = known["minutes"] or usual_minutes(known.get("format"))
            return known["starts_at"] + timedelta(minutes=minutes) if minutes else None
        end = moment(ends_at, known["zone"])
        if end <= known["starts_at"]:
            raise PydanticCustomError("end_before_start", "not after its start")
        return end

    @field_validator("sites")
    @classmethod
    def _somewhere(cls, sites: list[SiteIn], info: ValidationInfo) -> list[SiteIn]:
        if not sites and info.data.get("online_room", "wrong") is None:
            raise PydanticCustomError("place_missing", "no site and no online room")
        named = [site.id for site in sites if site.id]
        if len(named) > len(set(named)):
            raise PydanticCustomError("site_twice", "two sites with one id")
        return sites


def is_over(ends_at: datetime | None) -> bool:
    return ends_at is not None and ends_at.tzinfo is not None and ends_at <= now()

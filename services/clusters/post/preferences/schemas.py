from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from services.clusters.post.kinds.kinds import KINDS
from services.clusters.post.preferences.models import Every, Way


class WayOut(BaseModel):
    """One kind of news: how it comes to me, and how it could."""

    kind: str
    family: str
    way: Way
    ways: list[Way]
    for_leaders: bool = Field(description="Comes to nobody but who holds an office or leads a school")


class PreferencesOut(BaseModel):
    """What I hear of, and how; when my digest goes out (`weekday`: 0 is Monday), by the clocks of my zone."""

    kinds: list[WayOut]
    every: Every
    weekday: int
    hour: int
    without_content: bool = Field(description="Mails say that there is news, and not which")


class PreferencesIn(BaseModel):
    """`ways` by kind; a kind that is left out stays as it is."""

    ways: dict[str, Way] = {}
    every: Every
    weekday: Annotated[int, Field(ge=0, le=6)] = 0
    hour: Annotated[int, Field(ge=0, le=23)]
    without_content: bool

    @field_validator("ways")
    @classmethod
    def are_offered(cls, ways: dict[str, Way]) -> dict[str, Way]:
        for kind, way in ways.items():
            if kind not in KINDS or way not in KINDS[kind].ways:
                raise PydanticCustomError("way_unknown", "{kind} does not come this way", {"kind": kind[:100]})
        return ways


class UnsubscribeIn(BaseModel):
    """A kind of news, or `digest`, and the key that stands in the mail."""

    kind: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    key: UUID

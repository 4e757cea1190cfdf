from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from kit.pages import Page
from services.events.showing.schemas import EventItemOut


class YearOut(BaseModel):
    """My clusters since the school year began: meetings held, and how many of their schools took part."""

    since: datetime
    held: int
    took_part: int
    schools: int


class ClusterTodayOut(BaseModel):
    """A cluster as an office sees it: when it met last, when it meets next, and how often it met this month."""

    cluster_id: UUID
    name: str
    country: str
    last_at: datetime | None
    next_at: datetime | None
    held: int


class CountryHeldOut(BaseModel):
    """How many meetings were held in a country this month."""

    country: str
    held: int


class EventsTodayOut(BaseModel):
    """What is next, and the past events of mine whose attendance nobody has marked."""

    upcoming: list[EventItemOut]
    to_mark: list[EventItemOut]
    more_to_mark: bool = Field(description="Whether there are more than these")
    year: YearOut | None = Field(description="null for who belongs to no cluster")
    clusters: Page[ClusterTodayOut] | None = Field(description="For offices: the clusters of theirs, by name")
    month: list[CountryHeldOut] = Field(description="For offices: the countries of theirs where somebody met")
    first_steps: list[str] | None = Field(default=None, description="Steps of my guide that I have done here, if asked")

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from kit.pages import Page
from services.diaries.showing.schemas import EntryItemOut


class WrittenOut(BaseModel):
    """What a school has published since the school year began."""

    school_id: UUID
    school: str
    entries: int


class ClusterTodayOut(BaseModel):
    """The diary of a cluster as an office sees it: when something was published last, and how much this month."""

    cluster_id: UUID
    name: str
    last_at: datetime | None
    entries: int


class CountryWrittenOut(BaseModel):
    """How many entries were published in a country this month."""

    country: str
    entries: int


class DiariesTodayOut(BaseModel):
    """The newest entries of my clusters, my drafts that wait for words, and who has written this school year."""

    entries: list[EntryItemOut]
    drafts: list[EntryItemOut]
    more_drafts: bool = Field(description="Whether there are more than these")
    written: list[WrittenOut] = Field(description="The schools of my clusters by name, at most a hundred")
    entries_this_year: int = Field(description="What all of these schools have published, also those beyond a hundred")
    clusters: Page[ClusterTodayOut] | None = Field(description="For offices: the clusters of theirs, by name")
    month: list[CountryWrittenOut] = Field(description="For offices: the countries of theirs where somebody wrote")
    first_share: EntryItemOut | None = Field(
        description="A new entry under which I could answer: for who has never published or answered anything"
    )
    first_steps: list[str] | None = Field(default=None, description="Steps of my guide that I have done here, if asked")

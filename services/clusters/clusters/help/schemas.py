from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from kit.fields import Language, Line
from services.clusters.clusters.help.models import Readers

MOST_DAYS = 20
About = Annotated[str, Line(160)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)]
OptionalText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5_000)]
Days = Annotated[int, Field(strict=True, ge=1, le=MOST_DAYS, description="Working days of the country")]


class HelpIn(BaseModel):
    """What it is about in one sentence; what was tried, and what would help; and who else may read it."""

    about: About
    text: OptionalText = ""
    readers: Readers = Readers.coordinators
    language: Language | None = Field(default=None, description="Mine, when it is not said")


class HelpAnswerIn(BaseModel):
    """`settled`: nothing more is needed after it; only for who may settle it."""

    text: Text
    settled: bool = False
    language: Language | None = Field(default=None, description="Mine, when it is not said")


class HelpPromiseIn(BaseModel):
    """Within how many working days the country answers what is asked from now on."""

    days: Days


class HelpPromiseOut(HelpPromiseIn):
    """What a country promises; the usual three days have the version 0."""

    country: str
    version: int
    can: list[str]


class HelpOfferOut(BaseModel):
    """Whom a request of this cluster would reach now, and until when an answer would be promised.

    Without a national coordinator it goes to the programme at once.
    """

    to: list[str]
    to_programme: bool
    days: int
    due_at: datetime


class HelpAnswerOut(BaseModel):
    id: UUID
    written_by: UUID
    name: str
    office: str | None
    text: str
    language: str
    written_at: datetime


class HelpItemOut(BaseModel):
    """One request in a list; while it has a `due_at`, it waits for an answer."""

    id: UUID
    cluster_id: UUID
    cluster: str
    country: str
    about: str
    language: str
    readers: str
    asked_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    climbed_at: datetime | None
    settled_at: datetime | None


class HelpReaderOut(BaseModel):
    """Somebody who reads a request, and as what."""

    name: str
    reads_as: str = Field(examples=["asker", "coordinator", "national_coordinator", "programme_coordinator"])


class HelpOut(HelpItemOut):
    """A request with all that was written under it, oldest first, and who reads it."""

    text: str
    asked_by: UUID
    name: str
    settled_by: str
    answers: list[HelpAnswerOut]
    read_by: list[HelpReaderOut]
    can: list[str]

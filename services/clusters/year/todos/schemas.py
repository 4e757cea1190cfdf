from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from kit.fields import Language, Line

MOST_CHOSEN = 1_000
Title = Annotated[str, Line(160)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]


class TodoIn(BaseModel):
    """What is to be done, how a cluster would know that it is, and by when.

    Without `cluster_ids` it is for every cluster of the country, also those that are formed before it is due.
    """

    title: Title
    text: Text = ""
    due: date
    cluster_ids: Annotated[list[UUID] | None, Field(max_length=MOST_CHOSEN)] = None
    language: Language | None = Field(default=None, description="Mine, when it is not said")

    @field_validator("cluster_ids")
    @classmethod
    def some(cls, cluster_ids: list[UUID] | None) -> list[UUID] | None:
        if cluster_ids is not None and not cluster_ids:
            raise PydanticCustomError("missing", "choose a cluster, or leave it out for all")
        return sorted(set(cluster_ids)) if cluster_ids else cluster_ids


class TodoItemOut(BaseModel):
    """One to-do of a country: of so many `clusters` so many have `ticked` it.

    `late`: those that an office leads, that have not, and its day has passed; in others it is a suggestion.
    """

    id: UUID
    country: str
    title: str
    text: str
    language: str
    due: date
    for_all: bool
    version: int
    clusters: int
    ticked: int
    late: int


class TodoOut(TodoItemOut):
    """`remindable`: how many of the late ones were not reminded in the last seven days."""

    name: Annotated[str, Field(description="Of who set it")]
    cluster_ids: list[UUID]
    remindable: int
    can: list[str]


class TodoStateOut(BaseModel):
    """How far a cluster is with a to-do."""

    cluster_id: UUID
    cluster: str
    approach: str
    ticked_at: datetime | None
    ticked_by: str
    late: bool
    reminded_at: datetime | None


class ClusterTodoOut(BaseModel):
    """A to-do as a cluster sees it; in a bottom-up cluster it is a suggestion, and never late."""

    id: UUID
    cluster_id: UUID
    cluster: str
    title: str
    text: str
    language: str
    due: date
    name: Annotated[str, Field(description="Of who set it")]
    is_suggestion: bool
    ticked_at: datetime | None
    ticked_by: str
    late: bool
    can: list[str]


class RemindedOut(BaseModel):
    """How many clusters are reminded now."""

    clusters: int

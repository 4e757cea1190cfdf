from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from kit.collation import folded
from kit.fields import Language, Line
from services.clusters.directory.cards.models import Circle


def each_once(subjects: list[str]) -> list[str]:
    """The first spelling of each."""
    return list({folded(subject): subject for subject in reversed(subjects)}.values())[::-1]


class SeenOfCardOut(BaseModel):
    """What somebody said of themselves, as far as the reader may see it."""

    subjects: list[str]
    languages: list[str]
    shows: str
    portrait_id: UUID | None


class CardIn(BaseModel):
    """What I say of myself, and which circle sees it: of each the narrowest is my coordinators and I.

    `subjects_for` holds for the languages as well.
    """

    subjects: Annotated[list[Annotated[str, Line(80)]], Field(max_length=20), AfterValidator(each_once)] = []
    languages: Annotated[list[Language], Field(max_length=20, description="In which I can work with others")] = []
    shows: Annotated[
        str,
        StringConstraints(strip_whitespace=True, max_length=600),
        Field(description="What I can show others, in a few lines"),
    ] = ""
    subjects_for: Circle = Circle.clusters
    shows_for: Circle = Circle.clusters
    portrait_for: Circle = Circle.clusters


class CardOut(BaseModel):
    subjects: list[str]
    languages: list[str]
    shows: str
    portrait_id: UUID | None
    subjects_for: Circle
    shows_for: Circle
    portrait_for: Circle
    seen_by_my_clusters: SeenOfCardOut
    subjects_of_my_schools: Annotated[list[str], Field(description="As my schools name theirs, fifty at most")]


class PortraitOut(BaseModel):
    portrait_id: UUID

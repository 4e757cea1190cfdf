from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from kit.fields import IN_ONE_LINE, Language, Line
from services.clusters.year.plans.models import PartKind, PlanState
from services.roster.sections import Section

Title = Annotated[str, Line(200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5_000)]
Year = Annotated[int, Field(ge=2000, le=2100, description="The first of the two years", examples=[2026])]
Who = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=IN_ONE_LINE)]
NEEDED: dict[PartKind, tuple[str, ...]] = {
    PartKind.priority: (),
    PartKind.goal: (),
    PartKind.activity: ("section", "begins", "ends"),
    PartKind.milestone: ("ends",),
}
"""What a part of this kind cannot be without."""
HAS: dict[PartKind, frozenset[str]] = {
    PartKind.priority: frozenset({"text"}),
    PartKind.goal: frozenset({"text", "ends", "who"}),
    PartKind.activity: frozenset({"text", "section", "begins", "ends", "who", "school_id"}),
    PartKind.milestone: frozenset({"text", "ends", "who", "school_id"}),
}
"""What a part of this kind has besides its title; the rest is not kept."""
NOTHING = {"text": "", "who": ""}


class BeginsFrom(StrEnum):
    """What a new plan begins with."""

    template = "template"
    year_before = "year_before"
    nothing = "nothing"


class PlanBeginIn(BaseModel):
    """`template`: milestones and activities of a usual year. `year_before`: the last plan, a year later, without what
    was done."""

    begins_from: BeginsFrom = BeginsFrom.template
    language: Language | None = Field(default=None, description="Of the template; mine, when it is not said")


class PlanPartIn(BaseModel):
    """A part of a plan. A priority has a `text`; a goal says in it how one would know; an activity has a section of the
    year report and lasts from `begins` to `ends`; a milestone is due on `ends`."""

    kind: PartKind
    title: Title
    text: Text = ""
    section: Annotated[Section | None, Field(validate_default=True)] = None
    begins: Annotated[date | None, Field(validate_default=True)] = None
    ends: Annotated[date | None, Field(validate_default=True)] = None
    who: Who = ""
    school_id: Annotated[UUID | None, Field(description="The school of the cluster that leads it")] = None
    language: Language | None = Field(default=None, description="Mine, when it is not said")

    @field_validator("section", "begins", "ends", "who", "school_id", "text")
    @classmethod
    def of_its_kind(cls, value: object, known: ValidationInfo) -> object:
        kind, name = known.data.get("kind"), known.field_name
        if kind is None or name is None:
            return value
        if value in (None, "") and name in NEEDED[kind]:
            raise PydanticCustomError("missing", "a part of this kind needs it")
        return value if name in HAS[kind] else NOTHING.get(name)

    @field_validator("ends")
    @classmethod
    def after_it_begins(cls, ends: date | None, known: ValidationInfo) -> date | None:
        begins = known.data.get("begins")
        if ends and begins and ends < begins:
            raise PydanticCustomError("ends_before_it_begins", "this is before it begins")
        return ends


class PlanAnswerIn(BaseModel):
    """Approve the plan, or ask for one change, which needs a word."""

    approved: bool
    word: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000), Field(validate_default=True)] = ""
    language: Language | None = Field(default=None, description="Mine, when it is not said")

    @field_validator("word")
    @classmethod
    def says_what(cls, word: str, known: ValidationInfo) -> str:
        if known.data.get("approved") is False and not word:
            raise PydanticCustomError("missing", "say which change you ask for")
        return word


class EditionPartOut(BaseModel):
    """A part as it stood in an edition; `school` is the name of the school that leads it."""

    id: UUID
    kind: PartKind
    title: str
    text: str
    section: Section | None
    begins: date | None
    ends: date | None
    who: str
    school_id: UUID | None
    school: str
    language: str


class PlanPartOut(EditionPartOut):
    """A part as it stands now; `done_at`: since when it is reached, or ticked.

    Of an activity, what the cluster did in its months: meetings of formats that are told in its section, before the
    present month and from it on; entries count for `outcomes`. Null until all is counted.
    """

    plan_id: UUID
    version: int
    changed_at: datetime
    changed_by: str
    done_at: datetime | None
    meetings: int | None
    meetings_ahead: int | None
    entries: int | None


class PlanChangeOut(BaseModel):
    """What became of a part since an edition: added, changed or removed; `title` is the newest."""

    part_id: UUID
    kind: PartKind
    title: str
    language: str
    what: Annotated[str, Field(examples=["added", "changed", "removed"])]


class PlanAnswerOut(BaseModel):
    id: UUID
    edition: int
    approved: bool
    word: str
    language: str
    written_by: UUID
    name: str
    written_at: datetime


class EditionItemOut(BaseModel):
    number: int
    made_at: datetime
    made_by: str


class PlanEditionOut(EditionItemOut):
    """A plan as it was handed in, or answered."""

    plan_id: UUID
    cluster_id: UUID
    cluster: str
    year: int
    parts: list[EditionPartOut]


class PlanItemOut(BaseModel):
    """A plan in a list."""

    id: UUID
    cluster_id: UUID
    cluster: str
    country: str
    approach: str
    year: int
    state: PlanState
    approved_edition: int | None
    changed_at: datetime
    handed_in_at: datetime | None


class PlanOut(PlanItemOut):
    """A plan with its parts, its newest hundred editions and answers, newest first.

    `changes` are those since the newest edition that was answered, or the first that was handed in.
    """

    cluster_closed_at: datetime | None
    version: int
    begun_at: datetime
    changed_by: str
    handed_in_by: str
    parts: list[PlanPartOut]
    editions: list[EditionItemOut]
    answers: list[PlanAnswerOut]
    changes: list[PlanChangeOut]
    can: list[str]

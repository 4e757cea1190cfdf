from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from kit.fields import Language, Line
from services.clusters.clusters.memberships.models import SchoolRole
from services.clusters.deciding.decision_rules.models import Counted, Matter, Process, Says
from services.clusters.deciding.decision_rules.schemas import DecisionRuleIn
from services.clusters.deciding.proposals.models import Deed, ProposalState
from services.clusters.year.plans.schemas import PlanPartIn

MOST_OPTIONS = 10
Title = Annotated[str, Line(200)]
Option = Annotated[str, Line(160)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5_000)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]
SaidLanguage = Annotated[Language | None, Field(description="Mine, when it is not said")]


class ProposedSchool(BaseModel):
    """The school that is to be asked into the cluster, and as what."""

    school_id: UUID
    role: SchoolRole = SchoolRole.mentee


class ProposedPart(BaseModel):
    """What is to stand in a plan: a new part, or the present one of this version written anew."""

    plan_id: UUID
    part_id: UUID | None = None
    version: Annotated[int | None, Field(ge=1, description="Of the part, as you read it", validate_default=True)] = None
    part: PlanPartIn

    @field_validator("version")
    @classmethod
    def of_what_was_read(cls, version: int | None, known: ValidationInfo) -> int | None:
        if version is None and known.data.get("part_id"):
            raise PydanticCustomError("missing", "say which version you read")
        return version


class ProposalIn(BaseModel):
    """What is proposed, and until when the last round is asked.

    An agreement may have `options`, a date has `days`: of several one is chosen by dots. What it is about has a field
    of its name: `school`, `plan` or `decision_rule`. `first`: rounds before it, which decide nothing, two days each.
    """

    matter: Matter
    title: Title
    text: Text = ""
    ends_at: Annotated[AwareDatetime | None, Field(description="After the days of the rule, when it is not said")] = (
        None
    )
    first: Annotated[list[Literal[Process.questions, Process.mood]], Field(max_length=2)] = []
    options: Annotated[list[Option], Field(max_length=MOST_OPTIONS)] = []
    days: Annotated[list[date], Field(max_length=MOST_OPTIONS, validate_default=True)] = []
    school: Annotated[ProposedSchool | None, Field(validate_default=True)] = None
    plan: Annotated[ProposedPart | None, Field(validate_default=True)] = None
    decision_rule: Annotated[DecisionRuleIn | None, Field(validate_default=True)] = None
    asks_again_on: Annotated[date | None, Field(description="When it is asked once whether it still holds")] = None
    language: SaidLanguage = None

    @field_validator("options")
    @classmethod
    def several(cls, options: list[str], known: ValidationInfo) -> list[str]:
        if known.data.get("matter") != Matter.agreement:
            return []
        if len(options) == 1:
            raise PydanticCustomError("one_option", "one is no choice: give another, or none")
        return options

    @field_validator("options", "days")
    @classmethod
    def different(cls, options: list[Any]) -> list[Any]:
        if len(set(options)) < len(options):
            raise PydanticCustomError("option_twice", "one of them stands there twice")
        return options

    @field_validator("first")
    @classmethod
    def in_their_order(cls, first: list[Process]) -> list[Process]:
        return [process for process in (Process.questions, Process.mood) if process in first]

    @field_validator("days", "school", "plan", "decision_rule")
    @classmethod
    def of_its_matter(cls, value: Any, known: ValidationInfo) -> Any:
        name = "date" if known.field_name == "days" else known.field_name
        if known.data.get("matter") == name and not value:
            raise PydanticCustomError("missing", "a proposal about this needs it")
        return value if known.data.get("matter") == name else [] if name == "date" else None


class OutcomeOut(BaseModel):
    """How a round ended; `counts` as people gave them, `shares` of the options in thousandths of all dots."""

    decided: bool
    why: str | None
    counts: dict[str, int]
    people: int
    spoke: int
    schools_missing: int
    chosen: int | None = None
    shares: list[int] = []


class RoundOut(BaseModel):
    """A round of a proposal: what can be said in it, and which of it needs a reason."""

    number: int
    process: Process
    says: list[Says]
    with_reason: list[Says]
    begins_at: datetime
    ends_at: datetime
    outcome: OutcomeOut | None


class VoiceAnswerOut(BaseModel):
    id: UUID
    text: str
    language: str
    name: str
    written_at: datetime


class VoiceOut(BaseModel):
    """What somebody said; with `changed_at` they say something else since. `counts`: they still belong here."""

    id: UUID
    round: int
    person_id: UUID
    name: str
    schools: list[str]
    says: Says
    reason: str
    language: str
    dots: list[int]
    given_at: datetime
    changed_at: datetime | None
    counts: bool
    answers: list[VoiceAnswerOut]


class SchoolVoicesOut(BaseModel):
    """How many people of a school there are, and how many have spoken in the present round."""

    school_id: UUID
    school: str
    people: int
    spoke: int


class ProposalItemOut(BaseModel):
    """A proposal in a list; `round` is the number of the one that is asked now, with its process and its end.

    `mine`: what I say in it; null while I have not spoken.
    """

    id: UUID
    cluster_id: UUID
    cluster: str
    matter: Matter
    title: str
    language: str
    state: ProposalState
    deed: Deed
    options: list[str]
    chosen: int | None
    proposed_at: datetime
    proposed_by: UUID
    name: Annotated[str, Field(description="Of who proposed it")]
    ended_at: datetime | None
    asks_again_on: date | None
    round: int | None
    process: Process | None
    ends_at: datetime | None
    mine: Says | None
    cluster_closed_at: datetime | None


class ProposalOut(ProposalItemOut):
    """A proposal with its rounds; `counts`, `spoke` and `schools` are of its round `counts_of`: the one that is asked
    now, else the last.

    `raised` are twenty voices with a question or with what speaks against it, each with its newest twenty answers:
    those that were not changed since, and the newest, first. Only who belongs to the cluster reads them.
    """

    counts_of: int

    zone: Annotated[str, Field(description="Of its cluster")]
    text: str
    counted: Counted
    needs_each_school: bool
    school: ProposedSchool | None
    school_name: str
    plan: ProposedPart | None
    decision_rule: DecisionRuleIn | None
    deed_problem: str
    rounds: list[RoundOut]
    counts: dict[str, int]
    people: int
    spoke: int
    schools: list[SchoolVoicesOut]
    my_reason: str
    my_dots: list[int]
    raised: list[VoiceOut]
    can: list[str]

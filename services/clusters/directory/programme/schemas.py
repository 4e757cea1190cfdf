import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from kit.fields import Line
from services.clusters.directory.people.schemas import OptionalMail
from services.clusters.directory.programme.models import Licence
from services.clusters.directory.schools.schemas import Country

LONGEST = timedelta(days=550)
Statement = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]


ONE_WORD = re.compile(r"(#?[\w-]+)?")


def without_sign(hashtag: str) -> str:
    if not ONE_WORD.fullmatch(hashtag):
        raise PydanticCustomError("hashtag_wrong", "a hashtag is one word")
    return hashtag.removeprefix("#")


Hashtag = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=60),
    AfterValidator(without_sign),
    Field(
        examples=["MenSI-schools"],
        description="With or without its #, which is not kept",
        json_schema_extra={"pattern": f"^{ONE_WORD.pattern}$"},
    ),
]


class PhaseIn(BaseModel):
    """A part of the year. `id` is that of a phase that is there already; without it it is a new one."""

    id: UUID | None = None
    name: Annotated[str, Line(120)]
    begins: date


class ProgrammeIn(BaseModel):
    """What the programme is called, its school year (at most eighteen months), and who takes part."""

    name: Annotated[str, Line(120)]
    begins: date
    ends: date
    licence: Licence = Licence.by
    countries: Annotated[list[Country], Field(min_length=1, max_length=250)]
    phases: Annotated[list[PhaseIn], Field(max_length=12)] = []
    funding: Annotated[Statement, Field(description="Who pays, as its funder wants it said")] = ""
    disclaimer: Statement = ""
    contact: OptionalMail = ""
    hashtag: Hashtag = ""
    asks_second_factor: bool | None = Field(
        default=None, description="Of who holds an office or leads a school, when they sign in; left out, it stays"
    )

    @field_validator("ends")
    @classmethod
    def after_it_begins(cls, ends: date, known: ValidationInfo) -> date:
        begins = known.data.get("begins")
        if begins and not timedelta() < ends - begins <= LONGEST:
            raise PydanticCustomError("year_wrong", "a school year ends after it begins, within eighteen months")
        return ends

    @field_validator("countries")
    @classmethod
    def each_once(cls, countries: list[str]) -> list[str]:
        return sorted(set(countries))

    @field_validator("phases")
    @classmethod
    def one_after_the_other(cls, phases: list[PhaseIn], known: ValidationInfo) -> list[PhaseIn]:
        begins, ends = known.data.get("begins"), known.data.get("ends")
        if begins and ends and not all(begins <= phase.begins < ends for phase in phases):
            raise PydanticCustomError("phase_outside", "every phase begins within the school year")
        ids = [phase.id for phase in phases if phase.id]
        if _repeats(phase.begins for phase in phases) or _repeats(phase.name for phase in phases) or _repeats(ids):
            raise PydanticCustomError("phase_twice", "two phases have one name, or begin on one day")
        return sorted(phases, key=lambda phase: phase.begins)


def _repeats(values: Iterable[object]) -> bool:
    every = list(values)
    return len({*every}) < len(every)


class PhaseOut(BaseModel):
    id: UUID
    name: str
    begins: date


class LogoOut(BaseModel):
    """`width` and `height` are those of the large size, in pixels."""

    id: UUID
    width: int
    height: int


class ProgrammeOut(BaseModel):
    """The programme, its phases in their order, its countries by their codes."""

    name: str
    begins: date
    ends: date
    licence: Licence
    countries: list[str]
    phases: list[PhaseOut]
    funding: str
    disclaimer: str
    contact: str
    hashtag: str
    asks_second_factor: bool
    logo: LogoOut | None
    version: int
    can: list[str] = []

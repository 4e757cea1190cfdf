from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from kit.fields import Language, Zone
from services.clusters.directory.schools.schemas import Year
from services.clusters.doors.lists.models import ListKind, Outcome

ColumnField = Literal[
    "name", "official_name", "number", "town", "country", "street", "postcode", "website", "year", "students",
    "teachers", "latitude", "longitude", "surname", "mail", "role", "language", "school", "cluster", "approach",
]  # fmt: skip


class ImportState(StrEnum):
    """`read`: its columns are to be named; `trying`, `tried`; `running`; `stopped` before its end; `done`."""

    read = "read"
    trying = "trying"
    tried = "tried"
    running = "running"
    stopped = "stopped"
    done = "done"


class ColumnsIn(BaseModel):
    """The field of each column, null for one that is left out; of which register the numbers are.

    Of schools also of which year the numbers are; what is null stays as it was. `language` is that of who has none in
    the list.
    """

    columns: Annotated[list[ColumnField | None], Field(max_length=200)]
    scheme: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""
    year: Year | None = None
    zone: Zone | None = None
    language: Language | None = None

    @field_validator("columns")
    @classmethod
    def each_once(cls, columns: list[str | None]) -> list[str | None]:
        named = [column for column in columns if column]
        if len(named) > len(set(named)):
            raise PydanticCustomError("columns_twice", "two columns are the same")
        return columns


class BeginningIn(BaseModel):
    """`another`: the rows that look like a school that is there, and are another one; the others are the same.

    `sure`: the doubtful rows are right, and come in too; where the trial found none, it says nothing.
    """

    another: Annotated[list[int], Field(max_length=20_000)] = []
    sure: bool = False
    tried_at: Annotated[datetime | None, Field(description="That of the trial which was looked at")] = None


class ColumnOut(BaseModel):
    heading: str
    example: str
    field: ColumnField | None


class ImportOut(BaseModel):
    """A list, how far it is, and how many of its rows become what; `school_id` if it is of one school."""

    id: UUID
    kind: ListKind
    country: str
    school_id: UUID | None
    file_name: str
    made_at: datetime
    state: ImportState
    columns: list[ColumnOut]
    rows: Annotated[int, Field(description="After the heading")]
    heading: Annotated[int, Field(description="The row with the headings, from 1")]
    scheme: str
    year: int
    zone: str
    language: str
    outcomes: dict[Outcome, int]
    became: Annotated[dict[Outcome, int], Field(description="How many of those are brought in")]
    done: Annotated[int, Field(description="How many rows are brought in")]
    tried_at: datetime | None
    ended_at: datetime | None
    said_until: Annotated[
        datetime | None,
        Field(
            description="Until when its rows say what stood in them; null while it has not ended. Afterwards they "
            "still name schools, with town and number, and clusters, but no people"
        ),
    ]
    forgotten_at: Annotated[datetime | None, Field(description="Since when they do not")]
    kept_until: Annotated[datetime, Field(description="Until when it is there at all")]
    sure: Annotated[bool, Field(description="Whether the doubtful rows were said to be right when it was begun")]
    can: list[str] = []


class WrongOut(BaseModel):
    column: str
    value: str
    code: str
    school: Annotated[str, Field(description="Whose domain an address has, where that is another school")] = ""


class ImportRowOut(BaseModel):
    """A row by its number in the file: what becomes of it, what is wrong with it, what it looks like.

    `name` is that of the school, the person or the cluster; `town` and `official_number` are of a school. `twin` is the
    school that it looks like, or is about.
    """

    number: int
    name: str
    town: str
    official_number: str
    mail: str | None
    outcome: Outcome
    cells: Annotated[list[str], Field(description="The whole row, where it stays out")]
    wrong: list[WrongOut]
    twin: UUID | None
    twin_name: str | None
    twin_town: str | None

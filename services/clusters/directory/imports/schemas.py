from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from kit.fields import Zone
from services.clusters.directory.imports.models import Outcome
from services.clusters.directory.schools.schemas import Year

ColumnField = Literal[
    "name", "official_name", "number", "town", "street", "postcode", "website", "year", "students", "teachers",
    "latitude", "longitude",
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
    """The field of each column, null for one that is left out; of which register the numbers are, and of which year."""

    columns: Annotated[list[ColumnField | None], Field(max_length=200)]
    scheme: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), Field(validate_default=True)] = ""
    year: Year
    zone: Zone

    @field_validator("columns")
    @classmethod
    def name_and_town(cls, columns: list[str | None]) -> list[str | None]:
        named = [column for column in columns if column]
        if not {"name", "town"} <= set(named):
            raise PydanticCustomError("columns_missing", "a school has a name and a town")
        if len(named) > len(set(named)):
            raise PydanticCustomError("columns_twice", "two columns are the same")
        return columns

    @field_validator("scheme")
    @classmethod
    def of_a_register(cls, scheme: str, known: ValidationInfo) -> str:
        if "number" in known.data.get("columns", []) and not scheme:
            raise PydanticCustomError("scheme_missing", "numbers are of a register")
        return scheme


class BeginningIn(BaseModel):
    """`another`: the rows that look like a school that is there, and are another one; the others are the same."""

    another: Annotated[list[int], Field(max_length=20_000)] = []
    tried_at: Annotated[datetime | None, Field(description="That of the trial which was looked at")] = None


class ColumnOut(BaseModel):
    heading: str
    example: str
    field: ColumnField | None


class SchoolImportOut(BaseModel):
    """A list of schools, how far it is, and how many of its rows become what."""

    id: UUID
    country: str
    file_name: str
    made_at: datetime
    state: ImportState
    columns: list[ColumnOut]
    rows: Annotated[int, Field(description="After the heading")]
    heading: Annotated[int, Field(description="The row with the headings, from 1")]
    scheme: str
    year: int
    zone: str
    outcomes: dict[Outcome, int]
    done: Annotated[int, Field(description="How many rows are brought in")]
    tried_at: datetime | None
    ended_at: datetime | None
    can: list[str] = []


class WrongOut(BaseModel):
    column: str
    value: str
    code: str


class ImportRowOut(BaseModel):
    """A row by its number in the file: what becomes of it, what is wrong with it, what it looks like."""

    number: int
    name: str
    town: str
    official_number: str
    outcome: Outcome
    cells: Annotated[list[str], Field(description="The whole row, where it stays out")]
    wrong: list[WrongOut]
    twin: UUID | None
    twin_name: str | None
    twin_town: str | None

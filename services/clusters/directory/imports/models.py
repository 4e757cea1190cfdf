from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import real_now
from kit.db import Json, Timestamp, choice
from kit.ids import new_id
from services.clusters.base import Base


class Outcome(StrEnum):
    """What becomes of a row: a new school, one that gets numbers, one that is the same, one that looks like another.

    A row that is `wrong` stays out.
    """

    new = "new"
    numbers = "numbers"
    same = "same"
    alike = "alike"
    wrong = "wrong"


class SchoolImport(Base, table=True):
    """A list of schools that somebody brings; `columns` names the field of each column of `headings`.

    `headings` are pairs of a heading and an example; `filled` is how many rows there are below them.
    """

    __table_args__ = (sa.Index("ix_school_import_made_at", "made_at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    country: str
    file_name: str
    made_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    made_by: UUID | None = None
    heading: int
    headings: list[Any] = Field(default_factory=list, sa_type=Json)
    filled: int = 0
    columns: list[Any] = Field(default_factory=list, sa_type=Json)
    scheme: str = ""
    year: int
    zone: str
    asked_at: datetime | None = Field(default=None, sa_type=Timestamp)
    tried_at: datetime | None = Field(default=None, sa_type=Timestamp)
    begun_at: datetime | None = Field(default=None, sa_type=Timestamp)
    begun_by: UUID | None = None
    stopped_at: datetime | None = Field(default=None, sa_type=Timestamp)
    ended_at: datetime | None = Field(default=None, sa_type=Timestamp)


class SchoolImportSheet(Base, table=True):
    """The rows of the file as they were read; kept as long as the import."""

    import_id: UUID = Field(foreign_key="school_import.id", primary_key=True, ondelete="CASCADE")
    rows: list[Any] = Field(sa_type=Json)


class SchoolImportLine(Base, table=True):
    """What becomes of a row of the file, by its number there; `twin` is the school that it is, or looks like.

    `said` is what it calls the school: name, town, number; `cells` is all of it, where it stays out.
    """

    __table_args__ = (
        sa.Index("ix_school_import_line_outcome", "import_id", "outcome", "number"),
        sa.Index("ix_school_import_line_waiting", "import_id", "number", postgresql_where=sa.text("done_at IS NULL")),
    )

    import_id: UUID = Field(foreign_key="school_import.id", primary_key=True, ondelete="CASCADE")
    number: int = Field(primary_key=True)
    outcome: Outcome = Field(sa_type=choice(Outcome))
    said: list[Any] = Field(default_factory=list, sa_type=Json)
    cells: list[Any] = Field(default_factory=list, sa_type=Json)
    wrong: list[Any] = Field(default_factory=list, sa_type=Json)
    twin: UUID | None = None
    another: bool = False
    done_at: datetime | None = Field(default=None, sa_type=Timestamp)

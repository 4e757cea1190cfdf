from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import real_now
from kit.db import Json, Timestamp, choice
from kit.ids import new_id
from services.clusters.base import Base


class ListKind(StrEnum):
    schools = "schools"
    people = "people"
    memberships = "memberships"


class Outcome(StrEnum):
    """What becomes of a row.

    Of schools: a `new` one, one that gets `numbers`, one that is the `same`, one that looks `alike`. Of people and
    memberships: who is asked is `new`, or `proposed` to the school first; who is here is the `same`, who was asked
    before is `waiting`. A row that is `wrong` stays out; one that is `doubtful` does, unless somebody says it is right.
    """

    new = "new"
    numbers = "numbers"
    same = "same"
    alike = "alike"
    proposed = "proposed"
    waiting = "waiting"
    doubtful = "doubtful"
    wrong = "wrong"


STAY_OUT = Outcome.wrong, Outcome.doubtful
KEPT, KEPT_UNBEGUN, ROWS_KEPT = timedelta(days=30), timedelta(days=7), timedelta(hours=12)
LONGEST_RUN = timedelta(days=7)


class Import(Base, table=True):
    """A list that somebody brings, of a country or of one school; `columns` names the field of each of `headings`.

    `headings` are pairs of a heading and an example; `filled` is how many rows there are below them. `sure`: who began
    it said that the doubtful rows are right. `forgotten_at`: since when its lines say no more what stood in the rows.
    """

    __table_args__ = (sa.Index("ix_import_made_at", "made_at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    kind: ListKind = Field(sa_type=choice(ListKind))
    country: str
    school_id: UUID | None = Field(default=None, foreign_key="school.id")
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
    language: str
    asked_at: datetime | None = Field(default=None, sa_type=Timestamp)
    asked_by: UUID | None = None
    tried_at: datetime | None = Field(default=None, sa_type=Timestamp)
    begun_at: datetime | None = Field(default=None, sa_type=Timestamp)
    begun_by: UUID | None = None
    begun_client: UUID | None = None
    sure: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    stopped_at: datetime | None = Field(default=None, sa_type=Timestamp)
    ended_at: datetime | None = Field(default=None, sa_type=Timestamp)
    forgotten_at: datetime | None = Field(default=None, sa_type=Timestamp)

    @property
    def by(self) -> UUID | None:
        """In whose name it is tried out, and brought in; None for the house."""
        return self.begun_by if self.begun_at else self.asked_by

    @property
    def said_until(self) -> datetime | None:
        """Until when its lines say what stood in the rows; None while it has not ended."""
        return self.ended_at + ROWS_KEPT if self.ended_at else None

    @property
    def kept_until(self) -> datetime:
        return self.made_at + (KEPT if self.begun_at else KEPT_UNBEGUN)


class ImportSheet(Base, table=True):
    """The rows of the file as they were read; kept until they are in."""

    import_id: UUID = Field(foreign_key="import.id", primary_key=True, ondelete="CASCADE")
    rows: list[Any] = Field(sa_type=Json)


class ImportLine(Base, table=True):
    """What becomes of a row of the file, by its number there; `twin` is the school that it is, is of, or looks like.

    `said` is what it names: a school, its town and number; or a person and their school; or a cluster and a school.
    `mail` is whom it names; `cells` is all of it, where it stays out.
    """

    __table_args__ = (
        sa.Index("ix_import_line_outcome", "import_id", "outcome", "number"),
        sa.Index("ix_import_line_waiting", "import_id", "number", postgresql_where=sa.text("done_at IS NULL")),
        sa.Index("ix_import_line_mail", "mail", postgresql_where=sa.text("mail IS NOT NULL")),
    )

    import_id: UUID = Field(foreign_key="import.id", primary_key=True, ondelete="CASCADE")
    number: int = Field(primary_key=True)
    outcome: Outcome = Field(sa_type=choice(Outcome))
    said: list[Any] = Field(default_factory=list, sa_type=Json)
    mail: str | None = None
    cells: list[Any] = Field(default_factory=list, sa_type=Json)
    wrong: list[Any] = Field(default_factory=list, sa_type=Json)
    twin: UUID | None = None
    another: bool = False
    done_at: datetime | None = Field(default=None, sa_type=Timestamp)

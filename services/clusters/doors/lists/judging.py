"""How a row of any list is read and judged, without a database."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID

from kit.collation import folded
from services.clusters.doors.lists.models import Outcome

REMARK = "#"
NOTHING = {"", "-", "–", "non disponibile", "n/a", "null"}

Numbered: TypeAlias = tuple[int, Sequence[str]]
"""A row by its number in the file, which begins with 1."""


@dataclass(frozen=True)
class Wrong:
    """What is wrong in which column (by its place), and what stands there; `school` is the other one it points to."""

    column: int
    value: str
    code: str
    school: str = ""


@dataclass(frozen=True)
class Judged:
    """`said` is what the row names, in short."""

    number: int
    outcome: Outcome
    wrong: Sequence[Wrong] = ()
    twin: UUID | None = None
    said: Sequence[str] = ("", "", "")
    mail: str | None = None


@dataclass(frozen=True)
class Cells:
    """What a row says in which field, and in which column that stands."""

    said: Mapping[str, str]
    where: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.said.get(name, "")

    def wrong(self, code: str, *names: str) -> Wrong:
        """This is wrong with the first of these fields that says anything, or else that has a column."""
        name = next((each for each in names if self[each]), None)
        name = name or next((each for each in names if each in self.where), names[0])
        return Wrong(self.where.get(name, 0), self[name], code)

    def missing(self, names: Collection[str]) -> list[Wrong]:
        return [self.wrong("missing", name) for name in names if not self[name]]


def cells_of(cells: Sequence[str], columns: Sequence[str | None]) -> Cells:
    said: dict[str, str] = {}
    where: dict[str, int] = {}
    for place, name in enumerate(columns):
        if name:
            cell = cells[place].strip() if place < len(cells) else ""
            is_nothing = cell.casefold() in NOTHING or (name == "number" and not cell.strip("0"))
            said[name], where[name] = "" if is_nothing else cell, place
    return Cells(said, where)


def rows_below(rows: Sequence[Sequence[str]], heading: int) -> list[Numbered]:
    """The rows after the headings that say anything; one that begins with # is a remark."""
    numbered = enumerate(rows[heading + 1 :], start=heading + 2)
    return [(number, cells) for number, cells in numbered if any(cells) and not _first(cells).startswith(REMARK)]


def _first(cells: Sequence[str]) -> str:
    return next(filter(None, cells))


def bare(number: str) -> str:
    """For comparing: spreadsheets lose the zeros in front."""
    return number.lstrip("0").casefold()


def place_of(name: str, town: str) -> tuple[str, str]:
    return plain_name(name), folded(town)


def plain_name(name: str) -> str:
    return re.sub(r"\W+", " ", folded(name)).strip()

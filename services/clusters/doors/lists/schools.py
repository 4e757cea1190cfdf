"""Which school a row of people or memberships is about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from services.clusters.doors.lists.judging import Cells, Wrong, bare, place_of, plain_name

NAMED_BY = ("number", "school", "town")
UNKNOWN = "school_unknown"


@dataclass(frozen=True)
class SchoolThere:
    """A school with its names, its numbers in any register, and who leads it."""

    id: UUID
    name: str
    official_name: str
    town: str
    country: str
    zone: str
    numbers: Sequence[str]
    leaders: Sequence[UUID]
    branch_of: UUID | None = None

    def is_wanted_by(self, person_id: UUID | None) -> bool:
        """Whether this person (None: the house) speaks for it: who leads it, and those above while nobody does."""
        return not self.leaders or person_id is None or person_id in self.leaders

    def is_called(self, name: str) -> bool:
        return plain_name(name) in {plain_name(self.name), plain_name(self.official_name)}


@dataclass(frozen=True)
class Schools:
    """The schools that a list may be about: `own` is the only one, if the list is of one school."""

    country: str
    own: SchoolThere | None = None
    by_number: Mapping[str, Sequence[SchoolThere]] = field(default_factory=dict)
    by_place: Mapping[tuple[str, str], Sequence[SchoolThere]] = field(default_factory=dict)

    def named_in(self, cells: Cells) -> SchoolThere | Wrong:
        if self.own:
            return _own(self.own, cells)
        if cells["number"]:
            found = self.by_number.get(bare(cells["number"]), ())
        elif cells["school"] and cells["town"]:
            found = self.by_place.get(place_of(cells["school"], cells["town"]), ())
        else:
            return cells.wrong("missing", *(name for name in NAMED_BY if name in cells.where and not cells[name]))
        here = [school for school in found if school.country == self.country]
        if len(here) == 1:
            return here[0]
        return cells.wrong("school_several" if here else "school_elsewhere" if found else UNKNOWN, *NAMED_BY)


def _own(school: SchoolThere, cells: Cells) -> SchoolThere | Wrong:
    """What the row says of its school must be true of this one."""
    if cells["number"] and bare(cells["number"]) not in map(bare, school.numbers):
        return cells.wrong("school_another", "number")
    if cells["school"] and not school.is_called(cells["school"]):
        return cells.wrong("school_another", "school")
    return school


def names_a_school(columns: Collection[str]) -> bool:
    """Whether a list with these columns says of which school each row is."""
    return "number" in columns or {"school", "town"} <= set(columns)

"""What becomes of each row of a list of schools, from the rows and from what is known: nothing is changed here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from pydantic_core import PydanticCustomError

from kit.fields import web_address_or_none
from services.clusters.directory.schools.models import Counted
from services.clusters.doors.lists.judging import Cells, Judged, Numbered, Wrong, bare, cells_of, place_of
from services.clusters.doors.lists.models import Outcome

THOUSANDS = re.compile(r"\d{1,3}([., ]\d{3})+")
NUMBER = re.compile(r"\d{1,6}([.,]\d{1,2})?")
YEAR = re.compile(r"\d{4}([/–-]\d{2,4})?")
PLACE = re.compile(r"-?\d{1,3}([.,]\d+)?")
MOST_DEGREES = {"latitude": 90, "longitude": 180}
MOST = {"name": 200, "official_name": 300, "town": 120, "number": 40, "street": 200, "postcode": 20, "website": 2_000}


@dataclass(frozen=True)
class Row:
    """A school as its row says it."""

    name: str = ""
    official_name: str = ""
    number: str = ""
    town: str = ""
    address: str = ""
    website: str = ""
    year: int | None = None
    students: int | None = None
    teachers: int | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def is_counted(self) -> bool:
        return self.students is not None or self.teachers is not None

    def counted(self, known: Counted | None = None) -> Counted:
        """Its students and teachers; of what the row does not say, what is `known` stays."""
        students, teachers = known or (None, None)
        return (
            students if self.students is None else self.students,
            teachers if self.teachers is None else self.teachers,
        )


@dataclass(frozen=True)
class Known:
    """A school that is there: its number in the register of the list, and its numbers by school year."""

    id: UUID
    number: str
    counted: Mapping[int, Counted] = field(default_factory=dict)


@dataclass(frozen=True)
class There:
    """The schools of a country: by number, and by what they are called and where; `year` is that of the list."""

    year: int
    by_number: Mapping[str, Known] = field(default_factory=dict)
    by_name: Mapping[tuple[str, str], Known] = field(default_factory=dict)


def judge(rows: Sequence[Numbered], columns: Sequence[str | None], there: There) -> list[Judged]:
    """What becomes of each of these rows."""
    numbers: set[str] = set()
    named: dict[str, bool] = {}
    claimed: set[UUID] = set()
    judged = []
    for number, cells in rows:
        row, wrong = read(cells, columns)
        bared, place = bare(row.number), " ".join(place_of(row.name, row.town))
        if bared and bared in numbers:
            wrong.append(_twice("number", cells, columns))
        elif place and place in named and not (bared and named[place]):
            # Two with numbers may be called alike; without one, nothing tells them apart.
            wrong.append(_twice("name", cells, columns))
        if not wrong:
            numbers |= {bared} - {""}
            named[place] = bool(bared) and named.get(place, True)
        one = Judged(number, Outcome.wrong, wrong) if wrong else _compared(number, row, there)
        if one.outcome is Outcome.alike and one.twin in claimed:
            # Two that look like one school cannot both be it.
            one = Judged(number, Outcome.new)
        claimed |= {one.twin} if one.twin else set()
        judged.append(replace(one, said=(row.name, row.town, row.number)))
    return judged


def _twice(name: str, cells: Sequence[str], columns: Sequence[str | None]) -> Wrong:
    column = columns.index(name)
    return Wrong(column, cells[column], "twice")


def _compared(number: int, row: Row, there: There) -> Judged:
    known = there.by_number.get(bare(row.number)) if row.number else None
    if known is None:
        called = there.by_name.get(place_of(row.name, row.town)) or there.by_name.get(
            place_of(row.official_name, row.town)
        )
        if called and row.number and not called.number:
            return Judged(number, Outcome.alike, twin=called.id)
        known = None if row.number else called
    if known is None:
        return Judged(number, Outcome.new)
    before = known.counted.get(row.year or there.year)
    if not row.is_counted or row.counted(before) == before:
        return Judged(number, Outcome.same, twin=known.id)
    return Judged(number, Outcome.numbers, twin=known.id)


def read(cells: Sequence[str], columns: Sequence[str | None]) -> tuple[Row, list[Wrong]]:
    """What a row says, and what is wrong with it."""
    found = cells_of(cells, columns)
    said, where = found.said, found.where
    wrong = [Wrong(where[name], "", "missing") for name in ("name", "town") if name in where and not said[name]]
    wrong += [
        Wrong(where[name], said[name], "too_long") for name, most in MOST.items() if len(said.get(name, "")) > most
    ]
    website = _address(said.get("website", ""))
    if website is None:
        wrong.append(Wrong(where["website"], said["website"], "website"))
    for name, shape, code in (
        ("year", YEAR, "year"), ("students", NUMBER, "number"), ("teachers", NUMBER, "number"),
        ("latitude", PLACE, "place"), ("longitude", PLACE, "place"),
    ):  # fmt: skip
        if said.get(name) and not (
            shape.fullmatch(said[name]) or (code == "number" and THOUSANDS.fullmatch(said[name]))
        ):
            wrong.append(Wrong(where[name], said[name], code))
    wrong = wrong or _off_the_map(found)
    if wrong:
        return Row(name=said.get("name", ""), town=said.get("town", ""), number=said.get("number", "")), wrong
    latitude, longitude = (_place(said.get(name, "")) for name in ("latitude", "longitude"))
    row = Row(
        name=said.get("name", ""),
        official_name=said.get("official_name", ""),
        number=said.get("number", ""),
        town=said.get("town", ""),
        address=", ".join(filter(None, (said.get("street"), said.get("postcode"))))[:300],
        website=website or "",
        year=int(said["year"][:4]) if said.get("year") else None,
        students=_count(said.get("students", "")),
        teachers=_count(said.get("teachers", "")),
        latitude=latitude,
        longitude=longitude,
    )
    return row, []


def _off_the_map(found: Cells) -> list[Wrong]:
    """What is wrong with a place whose numbers can be read."""
    places = {name: place for name in MOST_DEGREES if (place := _place(found[name])) is not None}
    if len(places) == 1:
        return [found.wrong("place_half", *places)]
    return [found.wrong("place", name) for name, place in places.items() if abs(place) > MOST_DEGREES[name]]


def _address(website: str) -> str | None:
    """As the form of a school would keep it; None where it would refuse it."""
    try:
        return web_address_or_none(website)
    except PydanticCustomError:
        return None


def _count(text: str) -> int | None:
    """Rounded: registers count full-time equivalents."""
    if THOUSANDS.fullmatch(text):
        text = re.sub(r"\D", "", text)
    return min(round(float(text.replace(",", "."))), 100_000) if text else None


def _place(text: str) -> float | None:
    return float(text.replace(" ", "").replace(",", ".")) if text else None

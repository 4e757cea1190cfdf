"""Bringing schools in: new ones, and the numbers of those that are there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from pydantic import ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import plain
from services.clusters.directory.schools.actions import count_school, number_school, register_schools
from services.clusters.directory.schools.places import what_is_odd
from services.clusters.directory.schools.schemas import HeadcountIn, OfficialIdIn, SchoolIn
from services.clusters.doors.lists.headings import SCHOOL_HEADINGS
from services.clusters.doors.lists.judging import Judged, Numbered, Wrong, bare, cells_of, place_of
from services.clusters.doors.lists.kinds import KindOfList, mark_done, write
from services.clusters.doors.lists.models import STAY_OUT, Import, ImportLine, Outcome
from services.clusters.doors.lists.values import country_meant
from services.clusters.doors.school_lists.judging import Known, Row, There, judge, read
from services.clusters.doors.school_lists.queries import schools_numbered, schools_there


class SchoolList(KindOfList):
    headings = SCHOOL_HEADINGS

    def has_columns(self, made: Import, named: Collection[str]) -> bool:
        return {"name", "town"} <= set(named)

    async def known(
        self, db: AsyncSession, made: Import, rows: Sequence[Numbered], schools: Mapping[int, UUID] | None = None
    ) -> There:
        return await schools_there(await plain(db), made.country, made.scheme, made.year)

    def judge(self, made: Import, rows: Sequence[Numbered], known: There) -> list[Judged]:
        cells = dict(rows)
        return [_checked(made, cells[one.number], one) for one in judge(rows, made.columns, known)]

    async def bring_in(
        self, db: AsyncSession, made: Import, lines: Sequence[ImportLine], rows: Mapping[int, Sequence[str]]
    ) -> None:
        lines = _usable(made, lines, rows)
        said = {line.number: read(rows[line.number], made.columns)[0] for line in lines}
        # What is there now: others may have brought some of them since this list was tried out.
        numbers = [bare(one.number) for one in said.values() if one.number]
        there = await schools_numbered(await plain(db), made.country, made.scheme, numbers)
        named: Mapping[tuple[str, str], Known] = {}
        if any(not one.number for one in said.values()):
            named = (await schools_there(await plain(db), made.country, made.scheme, made.year)).by_name
        new: list[SchoolIn] = []
        for line in lines:
            one = said[line.number]
            numbered = there.get(bare(one.number)) if one.number else None
            called = named.get(place_of(one.name, one.town)) if not one.number else None
            known = numbered or (called.id if called else None if line.another else line.twin)
            if known is None:
                new.append(school_in(made, one))
            elif one.is_counted:
                await count_school(db, known, one.year or made.year, one.counted)
            if known and one.number and not numbered:
                number = OfficialIdIn(country=made.country, scheme=made.scheme, number=one.number)
                await number_school(db, known, number)
            line.done_at = real_now()
        await register_schools(db, new)


def _usable(made: Import, lines: Sequence[ImportLine], rows: Mapping[int, Sequence[str]]) -> list[ImportLine]:
    """Those whose rows still say what they have to; the others are marked, and stay out."""
    usable = []
    for line in lines:
        cells = rows[line.number]
        wrong = read(cells, made.columns)[1]
        # A doubtful one comes here only if somebody said that it is right.
        outcome = Outcome.wrong if wrong else Outcome.new if line.outcome is Outcome.doubtful else line.outcome
        one = _checked(made, cells, Judged(line.number, outcome, wrong, line.twin, line.said))
        if one.outcome in STAY_OUT:
            mark_done(line, cells, one)
        else:
            if line.outcome is Outcome.doubtful:
                write(line, cells, one)
            usable.append(line)
    return usable


def _checked(made: Import, cells: Sequence[str], judged: Judged) -> Judged:
    """With what only a whole school can be wrong about, and with a place of a new one that is to be looked at."""
    if judged.outcome is Outcome.wrong:
        return judged
    said = cells_of(cells, made.columns)
    if (country_meant(said["country"]) or made.country) != made.country:
        return replace(judged, outcome=Outcome.wrong, wrong=[said.wrong("school_elsewhere", "country")], twin=None)
    try:
        school = school_in(made, read(cells, made.columns)[0])
    except ValidationError as error:
        name = next((str(each["loc"][0]) for each in error.errors()), "name")
        column = made.columns.index(name if name in made.columns else "name")
        return replace(judged, outcome=Outcome.wrong, wrong=[Wrong(column, cells[column], "unusable")], twin=None)
    if judged.outcome not in (Outcome.new, Outcome.alike) or made.sure or not (odd := _odd_place(school)):
        return judged
    wrong = cells_of(cells, made.columns).wrong(odd, "latitude")
    # Of one that looks alike it is said beside the choice whether it is another one.
    outcome = Outcome.doubtful if judged.outcome is Outcome.new else judged.outcome
    return replace(judged, outcome=outcome, wrong=[wrong])


def _odd_place(school: SchoolIn) -> str:
    if school.latitude is None or school.longitude is None:
        return ""
    return what_is_odd(school.country, school.latitude, school.longitude)


def _counted(made: Import, said: Row) -> HeadcountIn:
    students, teachers = said.counted()
    return HeadcountIn(year=said.year or made.year, students=students, teachers=teachers)


def school_in(made: Import, said: Row) -> SchoolIn:
    """A new school, as its row says it."""
    number = OfficialIdIn(country=made.country, scheme=made.scheme, number=said.number) if said.number else None
    return SchoolIn(
        name=said.name,
        official_name=said.official_name if said.official_name != said.name else "",
        official_ids=[number] if number else [],
        town=said.town,
        address=said.address,
        country=made.country,
        website=said.website,
        zone=made.zone,
        latitude=said.latitude,
        longitude=said.longitude,
        headcounts=[_counted(made, said)] if said.is_counted else [],
    )

"""Bringing schools in: new ones, and the numbers of those that are there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from pydantic import ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import plain
from services.clusters.directory.schools.actions import count_school, number_school, register_schools
from services.clusters.directory.schools.schemas import HeadcountIn, OfficialIdIn, SchoolIn
from services.clusters.doors.lists.headings import SCHOOL_HEADINGS
from services.clusters.doors.lists.judging import Judged, Numbered, Wrong, bare, place_of
from services.clusters.doors.lists.kinds import KindOfList, mark_done
from services.clusters.doors.lists.models import Import, ImportLine, Outcome
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
        one = Judged(line.number, Outcome.wrong if wrong else line.outcome, wrong, line.twin, line.said)
        one = _checked(made, cells, one)
        if one.outcome is Outcome.wrong:
            mark_done(line, cells, one)
        else:
            usable.append(line)
    return usable


def _checked(made: Import, cells: Sequence[str], judged: Judged) -> Judged:
    """With what only a whole school can be wrong about."""
    if judged.outcome is Outcome.wrong:
        return judged
    try:
        school_in(made, read(cells, made.columns)[0])
    except ValidationError as error:
        name = next((str(each["loc"][0]) for each in error.errors()), "name")
        column = made.columns.index(name if name in made.columns else "name")
        return replace(judged, outcome=Outcome.wrong, wrong=[Wrong(column, cells[column], "unusable")], twin=None)
    return judged


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

"""Bringing people in: each is asked into a school, as by one invitation."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import plain
from services.clusters.doors.invitations.sets import Wanted, ask_in_sets
from services.clusters.doors.lists.headings import PEOPLE_HEADINGS
from services.clusters.doors.lists.judging import Judged, Numbered, cells_of
from services.clusters.doors.lists.kinds import KindOfList, mark_done
from services.clusters.doors.lists.models import Import, ImportLine
from services.clusters.doors.lists.queries import schools_of_rows
from services.clusters.doors.lists.schools import SchoolThere, names_a_school
from services.clusters.doors.people_lists.judging import ASKED, There, judge, read
from services.clusters.doors.people_lists.queries import left_just_now, places_of, with_owners


class PeopleList(KindOfList):
    headings = PEOPLE_HEADINGS

    def has_columns(self, made: Import, named: Collection[str]) -> bool:
        return {"name", "mail"} <= set(named) and (made.school_id is not None or names_a_school(named))

    async def known(
        self, db: AsyncSession, made: Import, rows: Sequence[Numbered], schools: Mapping[int, UUID] | None = None
    ) -> There:
        connection = await plain(db)
        found = {number: cells_of(cells, made.columns) for number, cells in rows}
        read_rows = (read(cells, made.language)[0] for cells in found.values())
        mails = {row.mail for row in read_rows if row}
        of_rows = await schools_of_rows(connection, made, found, schools)
        places = await places_of(connection, mails)
        there = There(made.by, of_rows, places, await left_just_now(connection, mails))
        return there if made.sure else await with_owners(connection, there, mails, {made.by, made.asked_by})

    def judge(self, made: Import, rows: Sequence[Numbered], known: There) -> list[Judged]:
        return judge(rows, made.columns, made.language, known)

    async def bring_in(
        self, db: AsyncSession, made: Import, lines: Sequence[ImportLine], rows: Mapping[int, Sequence[str]]
    ) -> None:
        schools = {line.number: line.twin for line in lines if line.twin}
        known = await self.known(db, made, list(rows.items()), schools)
        wanted: list[Wanted] = []
        for line, one in zip(lines, self.judge(made, list(rows.items()), known), strict=True):
            if one.outcome in ASKED:
                wanted.append(_wanted(made, rows[line.number], known.schools[line.number]))
            mark_done(line, rows[line.number], one)
        await ask_in_sets(db, wanted, made.begun_by)


def _wanted(made: Import, cells: Sequence[str], school: object) -> Wanted:
    row, _ = read(cells_of(cells, made.columns), made.language)
    assert row
    assert isinstance(school, SchoolThere)
    return Wanted(
        mail=row.mail,
        name=row.name,
        language=row.language,
        role=row.role,
        school_id=school.id,
        school=school.name,
        zone=school.zone,
        leaders=school.leaders,
        confirmed=school.is_wanted_by(made.begun_by),
    )

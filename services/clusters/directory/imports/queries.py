from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db
from kit.problems import NotFound
from services.clusters.directory.imports.judging import Known, There, bare, place_of
from services.clusters.directory.imports.models import Outcome, SchoolImport, SchoolImportLine, SchoolImportSheet
from services.clusters.directory.imports.schemas import ColumnOut, ImportState, SchoolImportOut
from services.clusters.scopes import SET_UP
from services.roster.standing import CurrentMember, Member

THERE = """
select school.id, school.name, school.official_name, school.town, coalesce(official_id.number, '') as number,
  (select coalesce(json_agg(json_build_array(year, students, teachers)), '[]') from headcount
    where headcount.school_id = school.id) as counted
from school
left join official_id on official_id.school_id = school.id and official_id.country = $1 and official_id.scheme = $2
where school.country = $1
"""
SHOWN = {"id", "country", "file_name", "made_at", "scheme", "year", "zone", "tried_at", "ended_at"}
NUMBERED = """
select school_id, number from official_id
where country = $1 and scheme = $2 and lower(ltrim(number, '0')) = any($3)
"""
COUNTED = """
select outcome, count(*) as rows, count(done_at) as done from school_import_line where import_id = $1 group by outcome
"""
LINES = """
select line.number, line.outcome, line.said, line.cells, line.wrong, line.twin,
  school.name as twin_name, school.town as twin_town
from school_import_line line left join school on school.id = line.twin
where line.import_id = $1 and line.outcome = $2 and line.number > $3 order by line.number limit $4
"""


async def whoever_asks(actor: CurrentMember) -> Member:
    """The country is asked about once the form is read."""
    return actor


async def visible_import(import_id: UUID, db: Db, actor: CurrentMember) -> SchoolImport:
    """For who looks after its country. Raises NotFound."""
    made = await db.get(SchoolImport, import_id)
    if made is None or not (actor.is_programme or SET_UP in actor.scopes or made.country in actor.countries):
        raise NotFound
    return made


async def rows_in(db: AsyncSession, made: SchoolImport) -> list[list[str]]:
    """All rows of the file; for a job, as they may be many."""
    return (await db.get_one(SchoolImportSheet, made.id)).rows


async def schools_there(connection: asyncpg.Connection, country: str, scheme: str, year: int) -> There:
    """What is known of a country, by number in the register and by what schools are called and where."""
    by_number: dict[str, Known] = {}
    by_name: dict[tuple[str, str], Known] = {}
    for row in await connection.fetch(THERE, country, scheme):
        counted = {counted_in: (students, teachers) for counted_in, students, teachers in row["counted"]}
        known = Known(row["id"], row["number"], counted)
        if row["number"]:
            by_number[bare(row["number"])] = known
        for name in filter(None, (row["name"], row["official_name"])):
            by_name.setdefault(place_of(name, row["town"]), known)
    return There(year, by_number, by_name)


async def lines_waiting(db: AsyncSession, import_id: UUID, limit: int) -> list[SchoolImportLine]:
    """The next ones that are to be brought in."""
    waiting = select(SchoolImportLine).where(
        SchoolImportLine.import_id == import_id,
        col(SchoolImportLine.done_at).is_(None),
        col(SchoolImportLine.outcome) != Outcome.wrong,
    )
    return list(await db.exec(waiting.order_by(col(SchoolImportLine.number)).limit(limit)))


async def schools_numbered(
    connection: asyncpg.Connection, country: str, scheme: str, numbers: list[str]
) -> dict[str, UUID]:
    """The schools that have these numbers in a register now."""
    rows = await connection.fetch(NUMBERED, country, scheme, numbers)
    return {bare(row["number"]): row["school_id"] for row in rows}


async def described(connection: asyncpg.Connection, made: SchoolImport, can: list[str]) -> SchoolImportOut:
    """The list, how far it is, and how many of its rows become what."""
    rows = await connection.fetch(COUNTED, made.id)
    columns = [
        ColumnOut(heading=heading, example=example, field=field)
        for (heading, example), field in zip(made.headings, made.columns, strict=True)
    ]
    return SchoolImportOut(
        **made.model_dump(include=SHOWN),
        state=state_of(made),
        columns=columns,
        rows=made.filled,
        heading=made.heading + 1,
        outcomes={Outcome(row["outcome"]): row["rows"] for row in rows},
        done=sum(row["done"] for row in rows),
        can=can,
    )


def state_of(made: SchoolImport) -> ImportState:
    if made.ended_at:
        return ImportState.stopped if made.stopped_at else ImportState.done
    if made.begun_at:
        return ImportState.running
    if made.tried_at:
        return ImportState.tried
    return ImportState.trying if made.asked_at else ImportState.read


async def lines_of(
    connection: asyncpg.Connection, made: SchoolImport, outcome: Outcome, after: int, limit: int
) -> list[dict[str, Any]]:
    """The lines of which this becomes, in their order; one more than asked."""
    lines = []
    for row in await connection.fetch(LINES, made.id, outcome, after, limit + 1):
        name, town, number = row["said"]
        wrong = [one | {"column": made.headings[one["column"]][0]} for one in row["wrong"]]
        lines.append(dict(row) | {"name": name, "town": town, "official_number": number, "wrong": wrong})
    return lines

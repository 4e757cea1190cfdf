from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db
from kit.policy import may
from kit.problems import NotFound
from services.clusters.doors.lists.judging import Cells, Wrong, bare, place_of
from services.clusters.doors.lists.models import STAY_OUT, Import, ImportLine, ImportSheet, Outcome
from services.clusters.doors.lists.schemas import ColumnOut, ImportOut, ImportState
from services.clusters.doors.lists.schools import Schools, SchoolThere
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember, Member

SCHOOLS = """
select school.id, school.name, school.official_name, school.town, school.country, school.zone, school.branch_of,
  array(select number from official_id where school_id = school.id) as numbers,
  array(select person_id from staff where school_id = school.id and role <> 'teacher' and ended_at is null
    order by id) as leaders
from school
"""
BY_ID = f"{SCHOOLS} where school.id = any($1)"
BY_NUMBER = f"""
{SCHOOLS} where school.id in (
  select school_id from official_id where scheme = $1 and lower(ltrim(number, '0')) = any($2))
"""
BY_COUNTRY = f"{SCHOOLS} where school.country = $1"
NUMBERED = "select school_id, number from official_id where scheme = $1 and lower(ltrim(number, '0')) = any($2)"
SHOWN = {
    "id", "kind", "country", "school_id", "file_name", "made_at", "scheme", "year", "zone", "language",
    "tried_at", "ended_at", "forgotten_at", "sure",
}  # fmt: skip
TRIAL_WAITS = """
select exists (select from pgqueuer where entrypoint = 'import.try' and status = 'queued'
  and convert_from(payload, 'UTF8')::jsonb ->> 'import_id' = $1)
"""
ALL_ARE_DOUBTFUL = """
select coalesce(bool_or(outcome = 'doubtful'), false)
  and not coalesce(bool_or(outcome in ('new', 'proposed', 'numbers', 'alike')), false)
from import_line where import_id = $1
"""
SOME_ARE_DOUBTFUL = "select exists (select from import_line where import_id = $1 and outcome = 'doubtful')"
COUNTED = """
select outcome, count(*) as rows, count(done_at) as done from import_line where import_id = $1 group by outcome
"""
LINES = """
select line.number, line.outcome, line.said, line.cells, line.wrong, line.twin,
  line.mail, school.name as twin_name, school.town as twin_town
from import_line line left join school on school.id = line.twin
where line.import_id = $1 and line.outcome = $2 and line.number > $3 order by line.number limit $4
"""


async def whoever_asks(actor: CurrentMember) -> Member:
    """The country is asked about once the form is read."""
    return actor


async def visible_import(import_id: UUID, db: Db, actor: CurrentMember) -> Import:
    """For who looks after its country, or leads its school. Raises NotFound."""
    made = await db.get(Import, import_id)
    if made is None or not may(RULES, actor, "import.manage", made):
        raise NotFound
    return made


async def rows_in(db: AsyncSession, made: Import) -> list[list[str]]:
    """All rows of the file; for a job, as they may be many."""
    return (await db.get_one(ImportSheet, made.id)).rows


async def unfinished_of(db: AsyncSession, person_id: UUID) -> list[Import]:
    """The lists of somebody that are not in, the newest first."""
    unfinished = select(Import).where(Import.made_by == person_id, col(Import.ended_at).is_(None))
    return list(await db.exec(unfinished.order_by(col(Import.made_at).desc()).with_for_update()))


async def begun_before(db: AsyncSession, moment: datetime) -> list[Import]:
    """The lists that were begun before, and have not ended: what brings them in failed for good."""
    running = select(Import).where(col(Import.begun_at) < moment, col(Import.ended_at).is_(None))
    return list(await db.exec(running.order_by(col(Import.id))))


async def all_are_doubtful(connection: asyncpg.Connection, import_id: UUID) -> bool:
    """Whether nothing of a list comes in, unless its doubtful rows are right."""
    found: bool = await connection.fetchval(ALL_ARE_DOUBTFUL, import_id)
    return found


async def some_are_doubtful(connection: asyncpg.Connection, import_id: UUID) -> bool:
    """Whether there is anything of which could be said that it is right."""
    found: bool = await connection.fetchval(SOME_ARE_DOUBTFUL, import_id)
    return found


async def trial_waits(connection: asyncpg.Connection, import_id: UUID) -> bool:
    """Whether a trial of this list is still to begin."""
    waits: bool = await connection.fetchval(TRIAL_WAITS, str(import_id))
    return waits


async def lines_waiting(db: AsyncSession, made: Import, limit: int) -> list[ImportLine]:
    """The next ones that are to be brought in."""
    left_out = [Outcome.wrong] if made.sure else STAY_OUT
    waiting = select(ImportLine).where(
        ImportLine.import_id == made.id,
        col(ImportLine.done_at).is_(None),
        col(ImportLine.outcome).not_in(left_out),
    )
    return list(await db.exec(waiting.order_by(col(ImportLine.number)).limit(limit)))


async def described(connection: asyncpg.Connection, made: Import, can: list[str]) -> ImportOut:
    """The list, how far it is, and how many of its rows become what."""
    rows = await connection.fetch(COUNTED, made.id)
    columns = [
        ColumnOut(heading=heading, example=example, field=field)
        for (heading, example), field in zip(made.headings, made.columns, strict=True)
    ]
    return ImportOut(
        **made.model_dump(include=SHOWN),
        state=state_of(made),
        said_until=made.said_until,
        kept_until=made.kept_until,
        columns=columns,
        rows=made.filled,
        heading=made.heading + 1,
        outcomes={Outcome(row["outcome"]): row["rows"] for row in rows},
        became={Outcome(row["outcome"]): row["done"] for row in rows if row["done"]},
        done=sum(row["done"] for row in rows),
        can=can,
    )


def state_of(made: Import) -> ImportState:
    if made.ended_at:
        return ImportState.stopped if made.stopped_at else ImportState.done
    if made.begun_at:
        return ImportState.running
    if made.tried_at:
        return ImportState.tried
    return ImportState.trying if made.asked_at else ImportState.read


async def lines_of(
    connection: asyncpg.Connection, made: Import, outcome: Outcome, after: int, limit: int
) -> list[dict[str, Any]]:
    """The lines of which this becomes, in their order; one more than asked."""
    lines = []
    for row in await connection.fetch(LINES, made.id, outcome, after, limit + 1):
        name, town, number = row["said"]
        wrong = [one | {"column": made.headings[one["column"]][0]} for one in row["wrong"]]
        lines.append(dict(row) | {"name": name, "town": town, "official_number": number, "wrong": wrong})
    return lines


async def schools_by_id(connection: asyncpg.Connection, ids: Collection[UUID]) -> dict[UUID, SchoolThere]:
    return {row["id"]: SchoolThere(**row) for row in await connection.fetch(BY_ID, ids)}


async def schools_named(connection: asyncpg.Connection, made: Import, rows: Sequence[Cells]) -> Schools:
    """The schools that these rows may be about, by what they say of them."""
    if made.school_id:
        return Schools(made.country, own=(await schools_by_id(connection, [made.school_id]))[made.school_id])
    numbers = {bare(cells["number"]) for cells in rows if cells["number"]}
    by_number: dict[str, list[SchoolThere]] = {}
    if numbers:
        there = {row["id"]: SchoolThere(**row) for row in await connection.fetch(BY_NUMBER, made.scheme, numbers)}
        for row in await connection.fetch(NUMBERED, made.scheme, numbers):
            by_number.setdefault(bare(row["number"]), []).append(there[row["school_id"]])
    by_place: dict[tuple[str, str], list[SchoolThere]] = {}
    if any(not cells["number"] for cells in rows):
        for row in await connection.fetch(BY_COUNTRY, made.country):
            school = SchoolThere(**row)
            for called in {place_of(name, school.town) for name in (school.name, school.official_name) if name}:
                by_place.setdefault(called, []).append(school)
    return Schools(made.country, None, by_number, by_place)


async def schools_of_rows(
    connection: asyncpg.Connection, made: Import, rows: Mapping[int, Cells], known: Mapping[int, UUID] | None
) -> dict[int, SchoolThere | Wrong]:
    """Of which school each row is: `known`, or found by what it says; else why of none."""
    if known:
        there = await schools_by_id(connection, set(known.values()))
        return {number: there[known[number]] for number in rows}
    found = await schools_named(connection, made, list(rows.values()))
    return {number: found.named_in(cells) for number, cells in rows.items()}

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import ValidationError
from sqlmodel import col, delete, update
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now, real_now
from kit.db import Database, plain
from kit.facts import record
from kit.jobs import enqueue
from kit.locking import lock, lock_if_there, lock_number
from kit.problems import Changed, Problem, field_invalid
from kit.sheets import MOST_BYTES, SheetRefused, read_apart
from services.clusters.directory.imports.columns import guessed, heading_row, scheme_of
from services.clusters.directory.imports.judging import Judged, Known, Row, There, Wrong, bare, judge, place_of, read
from services.clusters.directory.imports.models import Outcome, SchoolImport, SchoolImportLine, SchoolImportSheet
from services.clusters.directory.imports.queries import lines_waiting, rows_in, schools_numbered, schools_there
from services.clusters.directory.imports.schemas import ColumnsIn
from services.clusters.directory.schools.actions import count_school, number_school, register_schools
from services.clusters.directory.schools.schemas import HeadcountIn, OfficialIdIn, SchoolIn
from services.clusters.facts import SchoolImportBegun

IMPORT_LOCK = 7_007
CHUNK = 200
KEPT = timedelta(days=30)


class ImportBegun(Problem):
    status, title = 409, "This list is being brought in, or was: bring the file again for another try"


class NotTriedYet(Problem):
    status, title = 409, "This list was not tried out yet: name its columns first"


async def read_list(data: bytes, encoding: str | None) -> list[list[str]]:
    """The rows of a file, read beside everything else. Raises Invalid at `file`."""
    if len(data) > MOST_BYTES:
        raise field_invalid("file", "sheet_rows")
    try:
        return await read_apart(data, encoding)
    except SheetRefused as refused:
        raise field_invalid("file", f"sheet_{refused.code}") from refused


async def begin_import(
    db: AsyncSession, rows: list[list[str]], country: str, file_name: str, zone: str, by: UUID | None
) -> SchoolImport:
    """A list, with a guess of what its columns are; nothing else is changed."""
    heading = heading_row(rows)
    fields = guessed(rows[heading])
    filled = [row for row in rows[heading + 1 :] if any(row)]
    today = now().date()
    made = SchoolImport(
        country=country,
        file_name=file_name[-200:],
        made_by=by,
        heading=heading,
        headings=[(name, _example(filled, place)) for place, name in enumerate(rows[heading])],
        filled=len(filled),
        columns=fields,
        scheme=scheme_of(rows[heading], fields),
        year=today.year if today.month >= 7 else today.year - 1,
        zone=zone,
    )
    db.add(made)
    await db.flush()
    db.add(SchoolImportSheet(import_id=made.id, rows=rows))
    await db.flush()
    return made


async def try_out(db: AsyncSession, made: SchoolImport, said: ColumnsIn) -> SchoolImport:
    """Have it worked out what would happen; nothing is changed. Raises ImportBegun."""
    made = await lock(db, SchoolImport, made.id)
    if made.begun_at:
        raise ImportBegun
    if len(said.columns) != len(made.columns):
        raise field_invalid("columns", "columns_wrong")
    made.columns, made.scheme, made.year, made.zone = list(said.columns), said.scheme, said.year, said.zone
    made.asked_at, made.tried_at = real_now(), None
    await enqueue(db, "school_import.try", urgent=True, import_id=made.id)
    return made


async def try_list(database: Database, import_id: UUID) -> None:
    """Work out what becomes of each row; again, where it was asked again meanwhile."""
    async with database.transaction() as db:
        made = await db.get(SchoolImport, import_id)
        if made is None or made.tried_at or made.begun_at:
            return
        rows = await rows_in(db, made)
        there = await schools_there(await plain(db), made.country, made.scheme, made.year)
        asked_at = made.asked_at
    # No connection is held while it is worked out.
    lines = await asyncio.to_thread(_lines, made, rows, there)
    async with database.transaction() as db:
        now_made = await lock_if_there(db, SchoolImport, import_id)
        if now_made is None or now_made.asked_at != asked_at or now_made.tried_at or now_made.begun_at:
            return
        await db.exec(delete(SchoolImportLine).where(col(SchoolImportLine.import_id) == import_id))
        db.add_all(lines)
        now_made.tried_at = real_now()


def _lines(made: SchoolImport, rows: list[list[str]], there: There) -> list[SchoolImportLine]:
    judged = judge(rows, made.heading, made.columns, there)
    return [_line_of(made, rows, _checked(made, rows[one.number - 1], one)) for one in judged]


def _checked(made: SchoolImport, cells: list[str], judged: Judged) -> Judged:
    """With what only a whole school can be wrong about."""
    if judged.outcome is Outcome.wrong:
        return judged
    try:
        school_in(made, read(cells, made.columns)[0])
    except ValidationError as error:
        name = next((str(each["loc"][0]) for each in error.errors()), "name")
        column = made.columns.index(name if name in made.columns else "name")
        return Judged(judged.number, Outcome.wrong, [Wrong(column, cells[column], "unusable")])
    return judged


async def begin(
    db: AsyncSession, made: SchoolImport, another: Sequence[int], tried_at: datetime | None, by: UUID | None
) -> SchoolImport:
    """Bring in what was tried out, and looked at (`tried_at`). Raises NotTriedYet, ImportBegun, Changed."""
    made = await lock(db, SchoolImport, made.id)
    if made.begun_at:
        raise ImportBegun
    if made.tried_at is None:
        raise NotTriedYet
    if tried_at and tried_at != made.tried_at:
        raise Changed
    others = update(SchoolImportLine).where(
        col(SchoolImportLine.import_id) == made.id,
        col(SchoolImportLine.number).in_(another),
        col(SchoolImportLine.outcome) == Outcome.alike,
    )
    await db.exec(others.values(another=True))
    made.begun_at, made.begun_by = real_now(), by
    record(db, SchoolImportBegun(import_id=made.id, country=made.country), actor_id=by)
    await enqueue(db, "school_import.run", import_id=made.id)
    return made


async def stop(db: AsyncSession, made: SchoolImport) -> SchoolImport:
    """What is in stays in; the rest is left out. Said of one that does not run, it changes nothing."""
    made = await lock(db, SchoolImport, made.id)
    if made.begun_at and not made.ended_at:
        made.stopped_at = made.ended_at = real_now()
    return made


async def bring_in(database: Database, import_id: UUID) -> None:
    """Bring the rows in, some at a time: it goes on where it was interrupted, and ends when it is told to stop."""
    more = True
    while more:
        async with database.transaction() as db:
            more = await _bring_in_some(db, import_id)


async def _bring_in_some(db: AsyncSession, import_id: UUID) -> bool:
    """Whether there is more."""
    # One list at a time: of two that bring the same schools, the second finds those of the first.
    await lock_number(db, IMPORT_LOCK)
    made = await lock_if_there(db, SchoolImport, import_id)
    if made is None or made.ended_at or not made.begun_at:
        return False
    lines = await lines_waiting(db, import_id, CHUNK)
    if not lines:
        made.ended_at = real_now()
        return False
    await _bring_in_lines(db, made, lines)
    return True


async def _bring_in_lines(db: AsyncSession, made: SchoolImport, lines: list[SchoolImportLine]) -> None:
    rows = await rows_in(db, made)
    said = {line.number: read(rows[line.number - 1], made.columns)[0] for line in lines}
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
        elif one.counted:
            await count_school(db, known, _counted(made, one))
        if known and one.number and not numbered:
            number = OfficialIdIn(country=made.country, scheme=made.scheme, number=one.number)
            await number_school(db, known, number)
        line.done_at = real_now()
    await register_schools(db, new)


def _counted(made: SchoolImport, said: Row) -> HeadcountIn:
    students, teachers = said.counted or (0, 0)
    return HeadcountIn(year=said.year or made.year, students=students, teachers=teachers)


def school_in(made: SchoolImport, said: Row) -> SchoolIn:
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
        headcounts=[_counted(made, said)] if said.counted else [],
    )


def _line_of(made: SchoolImport, rows: list[list[str]], judged: Judged) -> SchoolImportLine:
    said = read(rows[judged.number - 1], made.columns)[0]
    return SchoolImportLine(
        import_id=made.id,
        number=judged.number,
        outcome=judged.outcome,
        said=[said.name[:200], said.town[:200], said.number[:200]],
        cells=rows[judged.number - 1] if judged.outcome is Outcome.wrong else [],
        wrong=[{"column": one.column, "value": one.value[:200], "code": one.code} for one in judged.wrong],
        twin=judged.twin,
    )


def _example(rows: list[list[str]], place: int) -> str:
    return next((row[place][:200] for row in rows[:50] if row[place]), "")


async def forget_old_imports(db: AsyncSession) -> None:
    await db.exec(delete(SchoolImport).where(col(SchoolImport.made_at) < real_now() - KEPT))

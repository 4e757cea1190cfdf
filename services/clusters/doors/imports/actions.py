import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import col, delete, update
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now, real_now
from kit.db import Database, plain
from kit.facts import record
from kit.identity import Actor, acting, acting_client
from kit.jobs import enqueue
from kit.languages import FALLBACK
from kit.locking import lock, lock_if_there, lock_number
from kit.policy import require
from kit.problems import Changed, Forbidden, Problem, Unauthenticated, field_invalid
from services.clusters import facts
from services.clusters.doors.imports.kinds import KINDS
from services.clusters.doors.lists.columns import guessed, heading_row, known_as, scheme_of
from services.clusters.doors.lists.judging import Numbered, rows_below
from services.clusters.doors.lists.kinds import line_of
from services.clusters.doors.lists.models import Import, ImportLine, ImportSheet, ListKind, Outcome
from services.clusters.doors.lists.queries import (
    all_are_doubtful,
    lines_waiting,
    rows_in,
    some_are_doubtful,
    trial_waits,
    unfinished_of,
)
from services.clusters.doors.lists.schemas import BeginningIn, ColumnsIn
from services.clusters.policy import RULES
from services.roster.standing import stand

IMPORT_LOCK = 7_007
CHUNK = 200
MOST_LISTS = 10
MOST_OF_SCHOOL = 500


class ImportBegun(Problem):
    status, title = 409, "This list is being brought in, or was: bring the file again for another try"


class NotTriedYet(Problem):
    status, title = 409, "This list was not tried out yet: name its columns first"


@dataclass(frozen=True)
class NewList:
    """What somebody says of a list that they bring: of a country, or of one school."""

    kind: ListKind
    country: str
    zone: str
    school_id: UUID | None = None
    language: str = FALLBACK
    file_name: str = ""


async def begin_import(db: AsyncSession, rows: list[list[str]], new: NewList, by: UUID | None) -> Import:
    """A list, with a guess of what its columns are; nothing else is changed."""
    await _room_for_another(db, by)
    known = known_as(KINDS[new.kind].headings)
    heading = heading_row(rows, known)
    fields = guessed(rows[heading], known)
    filled = [cells for _, cells in rows_below(rows, heading)]
    if new.school_id and len(filled) > MOST_OF_SCHOOL:
        raise field_invalid("file", "sheet_school")
    today = now().date()
    made = Import(
        **vars(new) | {"file_name": new.file_name[-200:]},
        made_by=by,
        heading=heading,
        headings=[(name, _example(filled, place)) for place, name in enumerate(rows[heading])],
        filled=len(filled),
        columns=fields,
        scheme=scheme_of(rows[heading], fields),
        year=today.year if today.month >= 7 else today.year - 1,
    )
    db.add(made)
    await db.flush()
    db.add(ImportSheet(import_id=made.id, rows=rows))
    await db.flush()
    return made


async def _room_for_another(db: AsyncSession, by: UUID | None) -> None:
    """Somebody has at most ten lists that are not in: of those that were not begun, the oldest ones go."""
    unfinished = await unfinished_of(db, by) if by else []
    waiting = [made for made in unfinished if not made.begun_at]
    room = MOST_LISTS - 1 - (len(unfinished) - len(waiting))
    if room < 0:
        raise field_invalid("file", "lists_running")
    for old in waiting[room:]:
        await db.delete(old)


async def try_out(db: AsyncSession, made: Import, said: ColumnsIn, by: UUID | None) -> Import:
    """Have it worked out what would happen; nothing is changed. Raises ImportBegun."""
    made = await lock(db, Import, made.id)
    if made.begun_at:
        raise ImportBegun
    if len(said.columns) != len(made.columns):
        raise field_invalid("columns", "columns_wrong")
    if not KINDS[made.kind].has_columns(made, [column for column in said.columns if column]):
        raise field_invalid("columns", f"columns_missing_{made.kind}")
    if "number" in said.columns and not said.scheme and not made.school_id:
        raise field_invalid("scheme", "scheme_missing")
    made.columns, made.scheme = list(said.columns), said.scheme
    made.year, made.zone = said.year or made.year, said.zone or made.zone
    made.language = said.language or made.language
    made.asked_at, made.asked_by, made.tried_at = real_now(), by, None
    if not await trial_waits(await plain(db), made.id):
        await enqueue(db, "import.try", urgent=True, import_id=made.id)
    return made


async def try_list(database: Database, import_id: UUID) -> None:
    """Work out what becomes of each row; again, where it was asked again meanwhile, or who is in it left for good."""
    while await _try_once(database, import_id):
        pass


async def _try_once(database: Database, import_id: UUID) -> bool:
    """Whether it has to be tried again."""
    async with database.transaction() as db:
        made = await db.get(Import, import_id)
        if made is None or made.tried_at or made.begun_at:
            return False
        sheet = await rows_in(db, made)
        rows = rows_below(sheet, made.heading)
        known = await KINDS[made.kind].known(db, made, rows)
        asked_at = made.asked_at
    # No connection is held while it is worked out.
    lines = await asyncio.to_thread(_lines, made, rows, known)
    async with database.transaction() as db:
        now_made = await lock_if_there(db, Import, import_id)
        if now_made is None or now_made.tried_at or now_made.begun_at:
            return False
        if now_made.asked_at != asked_at or await rows_in(db, now_made) != sheet:
            return True
        await db.exec(delete(ImportLine).where(col(ImportLine.import_id) == import_id))
        db.add_all(lines)
        now_made.tried_at = real_now()
    return False


def _lines(made: Import, rows: Sequence[Numbered], known: Any) -> list[ImportLine]:
    cells = dict(rows)
    return [line_of(made, cells[one.number], one) for one in KINDS[made.kind].judge(made, rows, known)]


async def begin(db: AsyncSession, made: Import, said: BeginningIn, by: UUID | None) -> Import:
    """Bring in what was tried out, and looked at (`tried_at`). Raises NotTriedYet, ImportBegun, Changed."""
    made = await lock(db, Import, made.id)
    if made.begun_at:
        raise ImportBegun
    if made.tried_at is None:
        raise NotTriedYet
    if said.tried_at and said.tried_at != made.tried_at:
        raise Changed
    if not said.sure and await all_are_doubtful(await plain(db), made.id):
        raise field_invalid("sure", "all_doubtful")
    others = update(ImportLine).where(
        col(ImportLine.import_id) == made.id,
        col(ImportLine.number).in_(said.another),
        col(ImportLine.outcome) == Outcome.alike,
    )
    await db.exec(others.values(another=True))
    made.begun_at, made.begun_by, made.begun_client = real_now(), by, acting_client.get()
    made.sure = said.sure and await some_are_doubtful(await plain(db), made.id)
    begun = facts.ImportBegun(import_id=made.id, kind=made.kind, country=made.country, school_id=made.school_id)
    record(db, begun, actor_id=by)
    await enqueue(db, "import.run", import_id=made.id)
    return made


async def stop(db: AsyncSession, made: Import) -> Import:
    """What is in stays in; the rest is left out. Said of one that does not run, it changes nothing."""
    made = await lock(db, Import, made.id)
    if made.begun_at and not made.ended_at:
        made.stopped_at = real_now()
        await _end(db, made)
    return made


async def _end(db: AsyncSession, made: Import) -> None:
    """What was read of the file goes; what stayed out is still kept, to be taken home."""
    made.ended_at = real_now()
    await db.exec(delete(ImportSheet).where(col(ImportSheet.import_id) == made.id))


async def bring_in(database: Database, import_id: UUID) -> None:
    """Bring the rows in, some at a time: it goes on where it was interrupted, and ends when it is told to stop."""
    more = True
    try:
        while more:
            may_go_on = await _may_go_on(database, import_id)
            async with database.transaction() as db:
                more = await _bring_in_some(db, import_id, may_go_on)
    finally:
        acting.set(None)
        acting_client.set(None)


async def _may_go_on(database: Database, import_id: UUID) -> bool:
    """Whether whoever began it could still begin it: an office or a place at a school may have ended meanwhile.

    What is done from here on is done as they could: by the same office, and the same program.
    """
    async with database.transaction() as db:
        made = await db.get(Import, import_id)
    acting_client.set(made.begun_client if made else None)
    if made is None or made.by is None:
        return True
    try:
        require(RULES, await stand(Actor(id=made.by), database), "import.manage", made)
    except (Forbidden, Unauthenticated):
        return False
    return True


async def _bring_in_some(db: AsyncSession, import_id: UUID, may_go_on: bool = True) -> bool:
    """Whether there is more."""
    # One list at a time: of two that bring the same, the second finds what the first brought.
    await lock_number(db, IMPORT_LOCK)
    made = await lock_if_there(db, Import, import_id)
    if made is None or made.ended_at or not made.begun_at:
        return False
    if not may_go_on:
        await stop(db, made)
        return False
    lines = await lines_waiting(db, made, CHUNK)
    if not lines:
        await _end(db, made)
        return False
    rows = await rows_in(db, made)
    await KINDS[made.kind].bring_in(db, made, lines, {line.number: rows[line.number - 1] for line in lines})
    return True


def _example(rows: Sequence[Sequence[str]], place: int) -> str:
    return next((row[place][:200] for row in rows[:50] if row[place]), "")

"""Lists are kept as long as they are needed, and what stood in their rows no longer than somebody works on them."""

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import plain
from kit.locking import lock_number
from services.clusters.doors.imports.actions import IMPORT_LOCK, stop
from services.clusters.doors.imports.kinds import KINDS
from services.clusters.doors.imports.queries import ended_lists, forget_rows
from services.clusters.doors.lists.columns import known_as, says_headings
from services.clusters.doors.lists.models import KEPT, KEPT_UNBEGUN, LONGEST_RUN, ROWS_KEPT, Import
from services.clusters.doors.lists.queries import begun_before


async def forget_old_imports(db: AsyncSession) -> None:
    # As whoever brings a list in, and as who leaves for good: of two that change the same lines, one waits.
    await lock_number(db, IMPORT_LOCK)
    for made in await begun_before(db, real_now() - LONGEST_RUN):
        await stop(db, made)
    connection, ended_before = await plain(db), real_now() - ROWS_KEPT
    without_headings = [
        import_id
        for import_id, kind, headings in await ended_lists(connection, ended_before)
        if not says_headings(headings, known_as(KINDS[kind].headings))
    ]
    await forget_rows(connection, ended_before, real_now(), without_headings)
    await db.exec(delete(Import).where(col(Import.made_at) < real_now() - KEPT))
    unbegun = delete(Import).where(col(Import.begun_at).is_(None), col(Import.made_at) < real_now() - KEPT_UNBEGUN)
    await db.exec(unbegun)

"""Lists are kept as long as they are needed, and what stood in their rows no longer than somebody works on them."""

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import plain
from kit.locking import lock_number
from services.clusters.doors.imports.actions import IMPORT_LOCK
from services.clusters.doors.imports.queries import forget_rows
from services.clusters.doors.lists.models import KEPT, KEPT_UNBEGUN, ROWS_KEPT, Import


async def forget_old_imports(db: AsyncSession) -> None:
    # As whoever brings a list in, and as who leaves for good: of two that change the same lines, one waits.
    await lock_number(db, IMPORT_LOCK)
    await forget_rows(await plain(db), real_now() - ROWS_KEPT, real_now())
    await db.exec(delete(Import).where(col(Import.made_at) < real_now() - KEPT))
    unbegun = delete(Import).where(col(Import.begun_at).is_(None), col(Import.made_at) < real_now() - KEPT_UNBEGUN)
    await db.exec(unbegun)

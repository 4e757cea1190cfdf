"""What lists that others brought say of who left for good."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import plain
from kit.locking import lock_number
from services.clusters.doors.erasure import queries
from services.clusters.doors.imports.actions import IMPORT_LOCK


async def erase_from_lists(db: AsyncSession, person_id: UUID) -> None:
    """It goes; run again, it changes nothing."""
    # As whoever brings a list in: that one locks the people whom it names, and who leaves is locked by then no more.
    await lock_number(db, IMPORT_LOCK)
    await queries.erase_from_lists(await plain(db), person_id)

from uuid import UUID

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from services.diaries.entries.actions import tell_readers
from services.diaries.entries.models import Entry, EntryRemoval
from services.diaries.entries.queries import live_publication
from services.diaries.facts import EntryRemoved
from services.diaries.pictures.models import Picture


async def remove_entry(db: AsyncSession, entry: Entry, by: UUID) -> None:
    """Delete this locked entry: nobody finds it from now on, and the bytes of its pictures are swept away.

    A draft is erased, with what others answered while it was published; of what is published a row stays that says who
    deleted it and when.
    """
    await tell_readers(db, entry, EntryRemoved(entry_id=entry.id), by)
    live = await live_publication(db, entry.id)
    if live is None:
        await db.delete(entry)
        return
    await db.exec(delete(Picture).where(col(Picture.entry_id) == entry.id))
    live.retracted_at, live.retracted_by = now(), by
    db.add(EntryRemoval(entry_id=entry.id, reach=live.reach, by=by))

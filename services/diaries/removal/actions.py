from uuid import UUID

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from services.diaries.comments.models import Comment, CommentRemoval, FormerText, Resolution
from services.diaries.entries.actions import tell_readers
from services.diaries.entries.models import Entry, EntryRemoval, Publication
from services.diaries.entries.queries import live_publication
from services.diaries.facts import EntryRemoved
from services.diaries.pictures.models import Picture


async def remove_entry(session: AsyncSession, entry: Entry, by: UUID) -> None:
    """Delete this locked entry: nobody finds it from now on, and the bytes of its pictures are swept away.

    A draft is erased; of what was published a row stays that says who deleted it and when.
    """
    await tell_readers(session, entry, EntryRemoved(entry_id=entry.id), by)
    live = await live_publication(session, entry.id)
    await session.exec(delete(Picture).where(col(Picture.entry_id) == entry.id))
    if live is None:
        await _erase(session, entry)
        return
    live.retracted_at, live.retracted_by = now(), by
    session.add(EntryRemoval(entry_id=entry.id, reach=live.reach, by=by))


async def _erase(session: AsyncSession, entry: Entry) -> None:
    """With what others answered while it was published."""
    for kept in (FormerText, CommentRemoval, Resolution):
        of_entry = (col(kept.comment_id) == Comment.id, col(Comment.entry_id) == entry.id)
        await session.exec(delete(kept).where(*of_entry))
    for kept_with in (Comment, Publication):
        await session.exec(delete(kept_with).where(col(kept_with.entry_id) == entry.id))
    await session.delete(entry)

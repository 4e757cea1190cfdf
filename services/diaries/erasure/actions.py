"""Who left for good takes their drafts with them, and all that they wrote if they said so."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import plain
from kit.facts import record
from kit.jobs import enqueue_all
from kit.locking import lock_if_there
from services.diaries.comments.actions import remove_comment
from services.diaries.comments.models import Comment
from services.diaries.comments.queries import hold_thread, removal_of
from services.diaries.entries.models import Entry, EntryRemoval
from services.diaries.entries.queries import EntryInSight
from services.diaries.erasure.queries import comments_to_forget, entries_to_forget
from services.diaries.facts import WriterErased
from services.diaries.removal.actions import remove_entry


async def forget_writings(db: AsyncSession, author_id: UUID, everything: bool) -> None:
    """A job for each thing that goes; pages that are kept with the name end with the fact."""
    record(db, WriterErased(person_id=author_id), actor_id=author_id)
    connection = await plain(db)
    entries = await entries_to_forget(connection, author_id, everything)
    comments = await comments_to_forget(connection, author_id, everything)
    await enqueue_all(db, "comment.forget", [{"comment_id": each} for each in comments])
    await enqueue_all(db, "entry.forget", [{"entry_id": each} for each in entries])


async def forget_entry(db: AsyncSession, entry_id: UUID) -> None:
    """Delete it as its author would, and the words of what then stays, which says only that it was deleted."""
    entry = await lock_if_there(db, Entry, entry_id)
    if entry is None:
        return
    if await db.get(EntryRemoval, entry_id) is None:
        await remove_entry(db, entry, entry.author_id)
        await db.flush()
    if left := await db.get(Entry, entry_id, populate_existing=True):
        left.title = left.text = left.html = ""
        left.origin = None


async def forget_comment(db: AsyncSession, comment_id: UUID) -> None:
    """Take it back as its writer would."""
    comment = await db.get(Comment, comment_id)
    if comment is None:
        return
    await hold_thread(await plain(db), comment.parent_id or comment.id)
    if await removal_of(db, comment):
        return
    entry = await db.get_one(Entry, comment.entry_id)
    of = EntryInSight(entry.id, entry.cluster_id, entry.author_id, entry.school_id)
    await remove_comment(db, of, comment, comment.author_id)

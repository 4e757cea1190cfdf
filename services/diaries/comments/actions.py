from uuid import UUID

import asyncpg
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.facts import record, record_all
from kit.ids import new_id
from kit.jobs import queue_all
from kit.policy import hold
from services.diaries.comments.models import Comment, CommentRemoval, FormerText, Kind, Resolution
from services.diaries.comments.queries import (
    CommentInSight,
    comment_state,
    has_replies,
    hold_entry,
    hold_thread,
    removal_of,
)
from services.diaries.comments.schemas import PostedOut
from services.diaries.entries.actions import tell_readers
from services.diaries.entries.queries import OF_STATE, STATE, EntryInSight, entry_state
from services.diaries.facts import CommentChanged, CommentPosted, CommentRemoved, QuestionResolved
from services.diaries.policy import RULES
from services.roster.standing import Member

# In the same statement the entry is asked what has become of it: what is closed undoes the whole transaction.
ADDED = f"""
with added as (
  insert into comment (id, entry_id, parent_id, author_id, school_id, kind, text, language, posted_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
)
select {STATE} from entry {OF_STATE} where entry.id = $2
"""


async def comment_on(
    connection: asyncpg.Connection,
    entry: EntryInSight,
    author: Member,
    *,
    kind: Kind,
    text: str,
    language: str | None = None,
    parent: CommentInSight | None = None,
) -> PostedOut:
    """Answer an entry, or (with `parent`) a comment; whom it concerns is told once per thread.

    Raises NotFound, TakenBack when the entry or the thread has been deleted meanwhile; what `entry.comment` refuses.
    """
    assert author.id
    root_id = parent.root_id if parent else None
    await hold_entry(connection, entry.id)
    if root_id:
        await hold_thread(connection, root_id)
    posted = PostedOut(id=new_id(), entry_id=entry.id, kind=kind)
    whose = entry.id, root_id, author.id, author.school_in(entry.cluster_id)
    said = kind.value, text, language or author.language
    # Asked after the lock: what its author did to the entry meanwhile is seen now.
    state = entry_state(await connection.fetchrow(ADDED, posted.id, *whose, *said, now()))
    hold(RULES, "entry.comment", state)
    fact = CommentPosted(comment_id=posted.id, entry_id=entry.id, kind=kind)
    await record_all(connection, [fact], cluster_id=entry.cluster_id, actor_id=author.id)
    await queue_all(connection, "comment.tell", [{"comment_id": posted.id}])
    return posted


async def resolve_question(db: AsyncSession, entry: EntryInSight, comment: Comment, by: UUID) -> None:
    """Say that a question, whose thread is locked, has its answer; saying it again changes nothing.

    Raises NotAQuestion, CommentTakenBack.
    """
    hold(RULES, "comment.resolve", await comment_state(db, comment))
    resolved = insert(Resolution).values(comment_id=comment.id, by=by, at=now()).on_conflict_do_nothing()
    if (await db.exec(resolved.returning(col(Resolution.comment_id)))).first():
        fact = QuestionResolved(comment_id=comment.id, entry_id=entry.id)
        record(db, fact, cluster_id=entry.cluster_id, actor_id=by)


async def change_comment(
    db: AsyncSession, entry: EntryInSight, comment: Comment, by: UUID, *, text: str, language: str | None
) -> Comment:
    """Say it in other words; what it said before is kept, with who changed it and when. Raises CommentTakenBack."""
    hold(RULES, "comment.change", await comment_state(db, comment))
    db.add(FormerText(comment_id=comment.id, text=comment.text, language=comment.language, by=by))
    comment.text, comment.language = text, language or comment.language
    comment.version += 1
    await tell_readers(db, entry, CommentChanged(comment_id=comment.id, entry_id=entry.id), by)
    return comment


async def remove_comment(db: AsyncSession, entry: EntryInSight, comment: Comment, by: UUID) -> None:
    """Erase the words of a comment whose thread is locked. Its place stays while others answer it, else it goes.

    Raises CommentTakenBack.
    """
    hold(RULES, "comment.remove", await comment_state(db, comment))
    await db.exec(delete(FormerText).where(col(FormerText.comment_id) == comment.id))
    await tell_readers(db, entry, CommentRemoved(comment_id=comment.id, entry_id=entry.id), by)
    if await has_replies(db, comment):
        comment.text = ""
        db.add(CommentRemoval(comment_id=comment.id, by=by))
        return
    await _erase(db, comment)
    root = await db.get(Comment, comment.parent_id) if comment.parent_id else None
    if root and await removal_of(db, root) and not await has_replies(db, root):
        await _erase(db, root)


async def _erase(db: AsyncSession, comment: Comment) -> None:
    await db.delete(comment)
    await db.flush()

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.facts import record
from kit.jobs import enqueue
from kit.problems import Problem
from services.diaries.comments.models import Comment, CommentRemoval, FormerText, Kind, Resolution
from services.diaries.comments.queries import has_replies, lock_thread, removal_of
from services.diaries.entries.actions import tell_readers
from services.diaries.entries.models import Reach
from services.diaries.entries.queries import EntryInSight, hold_entry
from services.roster.standing import Member


class StillADraft(Problem):
    status, title = 409, "A draft has no readers yet: publish it, then discuss it"


class NotAQuestion(Problem):
    status, title = 409, "Only a question can be resolved"


class CommentTakenBack(Problem):
    status, title = 409, "Its writer took this comment back"


async def comment_on(
    session: AsyncSession,
    entry: EntryInSight,
    reach: Reach | None,
    author: Member,
    *,
    kind: Kind,
    text: str,
    language: str | None = None,
    parent: Comment | None = None,
) -> Comment:
    """Answer an entry, or (with `parent`) a comment; whom it concerns is told once per thread.

    Raises StillADraft; NotFound when the entry or the thread has been deleted meanwhile.
    """
    if reach is None:
        raise StillADraft
    assert author.id
    await hold_entry(session, entry.id)
    if parent:
        await lock_thread(session, parent)
    comment = Comment(
        entry_id=entry.id,
        parent_id=(parent.parent_id or parent.id) if parent else None,
        author_id=author.id,
        school_id=author.school_in(entry.cluster_id),
        kind=kind,
        text=text,
        language=language or author.language,
    )
    session.add(comment)
    record(
        session, "comment.posted", cluster_id=entry.cluster_id, actor_id=author.id,
        comment_id=comment.id, entry_id=entry.id, kind=kind.value,
    )  # fmt: skip
    await enqueue(session, "comment.tell", comment_id=comment.id)
    return comment


async def resolve_question(session: AsyncSession, entry: EntryInSight, comment: Comment, by: UUID) -> None:
    """Say that a question, whose thread is locked, has its answer; saying it again changes nothing.

    Raises NotAQuestion, CommentTakenBack.
    """
    if comment.kind is not Kind.question:
        raise NotAQuestion
    if await removal_of(session, comment):
        raise CommentTakenBack
    resolved = insert(Resolution).values(comment_id=comment.id, by=by, at=now()).on_conflict_do_nothing()
    if (await session.exec(resolved.returning(col(Resolution.comment_id)))).first():
        record(
            session, "question.resolved", cluster_id=entry.cluster_id, actor_id=by,
            comment_id=comment.id, entry_id=entry.id,
        )  # fmt: skip


async def change_comment(
    session: AsyncSession, entry: EntryInSight, comment: Comment, by: UUID, *, text: str, language: str | None
) -> Comment:
    """Say it in other words; what it said before is kept, with who changed it and when. Raises CommentTakenBack."""
    if await removal_of(session, comment):
        raise CommentTakenBack
    session.add(FormerText(comment_id=comment.id, text=comment.text, language=comment.language, by=by))
    comment.text, comment.language = text, language or comment.language
    comment.version += 1
    await tell_readers(session, entry, "comment.changed", by, comment_id=comment.id)
    return comment


async def remove_comment(session: AsyncSession, entry: EntryInSight, comment: Comment, by: UUID) -> None:
    """Erase the words of a comment whose thread is locked. Its place stays while others answer it, else it goes.

    Raises CommentTakenBack.
    """
    if await removal_of(session, comment):
        raise CommentTakenBack
    await session.exec(delete(FormerText).where(col(FormerText.comment_id) == comment.id))
    await tell_readers(session, entry, "comment.removed", by, comment_id=comment.id)
    if await has_replies(session, comment):
        comment.text = ""
        session.add(CommentRemoval(comment_id=comment.id, by=by))
        return
    await _erase(session, comment)
    root = await session.get(Comment, comment.parent_id) if comment.parent_id else None
    if root and await removal_of(session, root) and not await has_replies(session, root):
        await _erase(session, root)


async def _erase(session: AsyncSession, comment: Comment) -> None:
    for kept in (CommentRemoval, Resolution):
        await session.exec(delete(kept).where(col(kept.comment_id) == comment.id))
    await session.delete(comment)
    await session.flush()

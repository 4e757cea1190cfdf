from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.facts import record
from kit.jobs import enqueue
from kit.problems import Problem
from services.diaries.comments.models import Comment, Kind, Resolution
from services.diaries.entries.models import Reach
from services.diaries.entries.queries import EntryInSight
from services.roster.standing import Member


class StillADraft(Problem):
    status, title = 409, "A draft has no readers yet: publish it, then discuss it"


class NotAQuestion(Problem):
    status, title = 409, "Only a question can be resolved"


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
    """Answer an entry, or (with `parent`) a comment; whom it concerns is told once per thread. Raises StillADraft."""
    if reach is None:
        raise StillADraft
    assert author.id
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
    """Say that a question has its answer; saying it again changes nothing. Raises NotAQuestion."""
    if comment.kind is not Kind.question:
        raise NotAQuestion
    resolved = insert(Resolution).values(comment_id=comment.id, by=by, at=now()).on_conflict_do_nothing()
    if (await session.exec(resolved.returning(col(Resolution.comment_id)))).first():
        record(
            session, "question.resolved", cluster_id=entry.cluster_id, actor_id=by,
            comment_id=comment.id, entry_id=entry.id,
        )  # fmt: skip

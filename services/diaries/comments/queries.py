from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Database, Db, Reader
from kit.policy import may
from kit.problems import NotFound
from services.diaries.comments.models import Comment, Kind
from services.diaries.entries.models import Entry
from services.diaries.entries.queries import VisibleEntry, visible_entry
from services.diaries.policy import RULES
from services.roster.models import Person
from services.roster.standing import CurrentMember, Member

COMMENTS = """
select comment.id, comment.parent_id, comment.kind, comment.text, comment.language, comment.author_id,
  coalesce(person.name, '') as author, coalesce(school.name, '') as school, comment.posted_at,
    resolution.at as resolved_at
from comment
left join resolution on resolution.comment_id = comment.id
left join person on person.id = comment.author_id
left join school on school.id = comment.school_id
where comment.entry_id = $1 order by comment.id limit 500
"""


@dataclass(frozen=True)
class VisibleComment(VisibleEntry):
    """A comment under an entry in sight."""

    comment: Comment


async def visible_comment(
    entry_id: UUID, comment_id: UUID, session: Db, pool: Reader, actor: CurrentMember
) -> VisibleComment:
    """Raises NotFound when the entry is out of sight, or the comment is not under it."""
    found = await visible_entry(entry_id, pool, actor)
    comment = await session.get(Comment, comment_id)
    if comment is None or comment.entry_id != entry_id:
        raise NotFound
    return VisibleComment(found.cluster, found.entry, found.reach, found.shown, comment)


async def comments_shown(pool: asyncpg.Pool, found: VisibleEntry, actor: Member) -> list[dict[str, Any]]:
    """The comments of an entry in the order of posting, with what the reader may do to each."""
    may_reply = may(RULES, actor, "comment.reply", found)
    rows = await pool.fetch(COMMENTS, found.entry.id)
    return [dict(row) | {"can": _verbs(row, may_reply, found, actor)} for row in rows]


def _verbs(row: asyncpg.Record, may_reply: bool, found: VisibleEntry, actor: Member) -> list[str]:
    verbs = ["reply"] if may_reply and row["parent_id"] is None else []
    if row["kind"] != Kind.question or row["resolved_at"]:
        return verbs
    comment = Comment(**row, entry_id=found.entry.id)
    asked = VisibleComment(found.cluster, found.entry, found.reach, found.shown, comment)
    return [*verbs, "resolve"] if may(RULES, actor, "comment.resolve", asked) else verbs


async def people_in_thread(session: AsyncSession, comment: Comment) -> set[UUID]:
    """Everybody who wrote in the thread of this comment, up to it."""
    root_id = comment.parent_id or comment.id
    in_thread = sa.or_(col(Comment.id) == root_id, col(Comment.parent_id) == root_id)
    wrote = select(Comment.author_id).where(in_thread, Comment.id <= comment.id)
    return set(await session.exec(wrote))


async def told_comment(database: Database, comment_id: UUID) -> tuple[Comment, Entry, str, set[UUID]]:
    """(comment, its entry, its author's name, whom it concerns but its author)."""
    async with database.transaction() as session:
        comment, entry, name = (
            await session.exec(
                select(Comment, Entry, sa.func.coalesce(Person.name, ""))
                .join(Entry, col(Entry.id) == Comment.entry_id)
                .outerjoin(Person, col(Person.id) == Comment.author_id)
                .where(Comment.id == comment_id)
            )
        ).one()
        people = await people_in_thread(session, comment) | {entry.author_id}
    return comment, entry, name, people - {comment.author_id}

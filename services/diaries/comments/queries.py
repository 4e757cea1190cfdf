from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Database, Db, Reader
from kit.policy import can
from kit.problems import NotFound
from services.diaries.comments.models import Comment, CommentRemoval, Kind
from services.diaries.entries.models import Entry, Publication, Reach
from services.diaries.entries.queries import VisibleEntry, visible_entry
from services.diaries.policy import RULES
from services.roster.models import Person
from services.roster.standing import CurrentMember, Member

COMMENTS = """
select comment.id, comment.parent_id, coalesce(comment.parent_id, comment.id) as thread, comment.kind, comment.text,
  comment.language, comment.author_id, comment.version,
  coalesce(person.name, '') as author, coalesce(school.name, '') as school, comment.posted_at,
  (select max(at) from former_text where comment_id = comment.id) as edited_at,
  resolution.at as resolved_at, removal.at as removed_at
from comment
left join comment_removal removal on removal.comment_id = comment.id
left join resolution on resolution.comment_id = comment.id
left join person on person.id = comment.author_id and removal.at is null
left join school on school.id = comment.school_id and removal.at is null
where comment.entry_id = $1
  and ($2::uuid is null or (coalesce(comment.parent_id, comment.id), comment.id) > ($2, $3::uuid))
order by coalesce(comment.parent_id, comment.id), comment.id limit $4
"""

MEMBERS_AND_OFFICIALS = """
select asked.person_id from unnest(cast(:people as uuid[])) asked(person_id)
where exists (select from staff join membership on membership.school_id = staff.school_id
    where staff.person_id = asked.person_id and staff.ended_at is null
      and membership.cluster_id = :cluster_id and membership.ended_at is null)
  or exists (select from office join cluster on cluster.id = :cluster_id
    where office.person_id = asked.person_id and office.ended_at is null
      and (office.kind = 'programme_coordinator' or office.country = cluster.country))
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


async def comments_shown(
    pool: asyncpg.Pool, found: VisibleEntry, actor: Member, after: tuple[UUID, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """The comments of an entry by thread, in the order of posting, with what the reader may do to each."""
    rows = await pool.fetch(COMMENTS, found.entry.id, *(after or (None, None)), limit + 1)
    return [dict(row) | {"can": _verbs(row, found, actor)} for row in rows]


def _verbs(row: asyncpg.Record, found: VisibleEntry, actor: Member) -> list[str]:
    comment = VisibleComment(
        found.cluster, found.entry, found.reach, found.shown, Comment(**row, entry_id=found.entry.id)
    )
    closed = _closed_verbs(row)
    return [
        verb
        for verb in can(RULES, actor, "comment", comment)
        if verb not in closed and (verb != "reply" or row["parent_id"] is None)
    ]


def _closed_verbs(row: asyncpg.Record) -> set[str]:
    """What nobody can do to this comment any more: the verbs refuse it too."""
    if row["removed_at"]:
        return {"resolve", "change", "remove"}
    return {"resolve"} if row["kind"] != Kind.question or row["resolved_at"] else set()


async def lock_comment(session: AsyncSession, comment: Comment) -> Comment:
    """The comment as it is now, its thread locked for this transaction alone. Raises NotFound when it is gone."""
    await lock_thread(session, comment)
    now_there = await session.get(Comment, comment.id, populate_existing=True)
    if now_there is None:
        raise NotFound
    return now_there


async def lock_thread(session: AsyncSession, comment: Comment) -> None:
    """Lock the comment that began this thread. Raises NotFound when it is gone."""
    root_id = comment.parent_id or comment.id
    if await session.get(Comment, root_id, with_for_update=True, populate_existing=True) is None:
        raise NotFound


async def removal_of(session: AsyncSession, comment: Comment) -> CommentRemoval | None:
    return await session.get(CommentRemoval, comment.id)


async def has_replies(session: AsyncSession, comment: Comment) -> bool:
    replies = select(Comment.id).where(Comment.parent_id == comment.id).limit(1)
    return (await session.exec(replies)).first() is not None


async def people_in_thread(session: AsyncSession, comment: Comment) -> set[UUID]:
    """Everybody who wrote in the thread of this comment, up to it, and has not taken it back."""
    root_id = comment.parent_id or comment.id
    in_thread = sa.or_(col(Comment.id) == root_id, col(Comment.parent_id) == root_id)
    wrote = (
        select(Comment.author_id)
        .outerjoin(CommentRemoval, col(CommentRemoval.comment_id) == Comment.id)
        .where(in_thread, Comment.id <= comment.id, col(CommentRemoval.comment_id).is_(None))
    )
    return set(await session.exec(wrote))


async def members_and_officials(session: AsyncSession, cluster_id: UUID, people: set[UUID]) -> set[UUID]:
    """Those of these people who read what is published to the cluster: its members, and who holds an office over it."""
    connection = await session.connection()
    asked = {"cluster_id": cluster_id, "people": sorted(people)}
    return set((await connection.execute(sa.text(MEMBERS_AND_OFFICIALS), asked)).scalars())


async def told_comment(database: Database, comment_id: UUID) -> tuple[Comment, Entry, str, set[UUID]] | None:
    """(comment, its entry, its author's name, whom it concerns but its author, as far as they read the entry now).

    None when the comment was taken back, or the entry is not published any more.
    """
    async with database.transaction() as session:
        found = (
            await session.exec(
                select(Comment, Entry, Publication.reach, sa.func.coalesce(Person.name, ""))
                .join(Entry, col(Entry.id) == Comment.entry_id)
                .join(Publication, col(Publication.entry_id) == Entry.id)
                .outerjoin(Person, col(Person.id) == Comment.author_id)
                .outerjoin(CommentRemoval, col(CommentRemoval.comment_id) == Comment.id)
                .where(Comment.id == comment_id)
                .where(col(Publication.retracted_at).is_(None), col(CommentRemoval.comment_id).is_(None))
            )
        ).one_or_none()
        if found is None:
            return None
        comment, entry, reach, name = found
        people = await people_in_thread(session, comment)
        if reach is not Reach.everyone:
            people = await members_and_officials(session, entry.cluster_id, people)
        people.add(entry.author_id)
    return comment, entry, name, people - {comment.author_id}

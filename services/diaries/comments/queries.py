from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Reader, plain
from kit.pages import LEAST_ID
from kit.policy import can
from kit.problems import NotFound
from services.diaries.comments.models import Comment, CommentRemoval, Kind
from services.diaries.entries.queries import VisibleEntry, visible_entry
from services.diaries.policy import RULES
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
  and (coalesce(comment.parent_id, comment.id), comment.id) > ($2, $3)
order by coalesce(comment.parent_id, comment.id), comment.id limit $4
"""

IN_ENTRY = """
select comment.id, comment.parent_id, comment.author_id, comment.kind,
  resolution.at as resolved_at, removal.at as removed_at
from comment
left join comment_removal removal on removal.comment_id = comment.id
left join resolution on resolution.comment_id = comment.id
where comment.id = $1 and comment.entry_id = $2
"""
NUMBER = """
select count(*) from comment where entry_id = $1
  and not exists (select from comment_removal where comment_id = comment.id)
"""
# Nobody deletes the entry while a comment is added to it.
HELD = "select from entry where id = $1 for key share"
CLOSED = "select closed_at from cluster where id = (select cluster_id from entry where entry.id = $1)"
BEGINNING = "select from comment where id = $1 for update"
TOLD_OF = """
select comment.id, comment.kind, comment.text, comment.language, comment.author_id, coalesce(person.name, '') as by,
  coalesce(comment.parent_id, comment.id) as thread, entry.id as entry_id, entry.title,
  entry.language as entry_language, entry.author_id as entry_author
from comment
join entry on entry.id = comment.entry_id
join publication on publication.entry_id = entry.id and publication.retracted_at is null
left join person on person.id = comment.author_id
where comment.id = any($1::uuid[]) and not exists (select from comment_removal where comment_id = comment.id)
order by comment.id
"""
# Who wrote in the thread up to the comment, has not taken it back, and reads the entry still.
IN_THREAD = """
select distinct asked.id as comment_id, wrote.author_id as person_id
from comment asked
join entry on entry.id = asked.entry_id
join publication on publication.entry_id = entry.id and publication.retracted_at is null
cross join lateral (
  select id, author_id from comment began where began.id = coalesce(asked.parent_id, asked.id)
  union all
  select id, author_id from comment reply
  where reply.parent_id = coalesce(asked.parent_id, asked.id) and reply.id <= asked.id
) wrote
where asked.id = any($1::uuid[])
  and not exists (select from comment_removal where comment_id = wrote.id)
  and (publication.reach = 'everyone'
    or exists (select from clusters_seen_by(wrote.author_id) seen where seen.cluster_id = entry.cluster_id))
"""


class CommentState(NamedTuple):
    """What has become of a comment: it opens and closes its verbs."""

    is_question: bool
    resolved_at: datetime | None
    removed_at: datetime | None
    cluster_closed_at: datetime | None


@dataclass(frozen=True)
class CommentInSight:
    """What verbs and policy need to know of a comment; a verb that changes it locks its thread first."""

    id: UUID
    parent_id: UUID | None
    author_id: UUID
    state: CommentState

    @property
    def root_id(self) -> UUID:
        """The comment that began its thread."""
        return self.parent_id or self.id


@dataclass(frozen=True)
class VisibleComment(VisibleEntry):
    """A comment under an entry in sight."""

    comment: CommentInSight

    @property
    def begins_thread(self) -> bool:
        return self.comment.parent_id is None

    @property
    def is_question(self) -> bool:
        return self.comment.state.is_question

    @property
    def resolved_at(self) -> datetime | None:
        return self.comment.state.resolved_at

    @property
    def removed_at(self) -> datetime | None:
        return self.comment.state.removed_at


async def visible_comment(entry_id: UUID, comment_id: UUID, pool: Reader, actor: CurrentMember) -> VisibleComment:
    """Raises NotFound when the entry is out of sight, or the comment is not under it."""
    found = await visible_entry(entry_id, pool, actor)
    row = await pool.fetchrow(IN_ENTRY, comment_id, entry_id)
    if row is None:
        raise NotFound
    return _in_sight(found, row)


def _in_sight(found: VisibleEntry, row: asyncpg.Record) -> VisibleComment:
    state = CommentState(row["kind"] == Kind.question, row["resolved_at"], row["removed_at"], found.cluster_closed_at)
    comment = CommentInSight(row["id"], row["parent_id"], row["author_id"], state)
    return VisibleComment(found.cluster, found.entry, found.state, comment)


async def comments_shown(
    pool: asyncpg.Pool, found: VisibleEntry, actor: Member, after: tuple[UUID, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """The comments of an entry by thread, in the order of posting, with what the reader may do to each."""
    rows = await pool.fetch(COMMENTS, found.entry.id, *(after or (LEAST_ID, LEAST_ID)), limit + 1)
    things = (_in_sight(found, row) for row in rows)
    return [dict(row) | {"can": can(RULES, actor, "comment", thing)} for row, thing in zip(rows, things, strict=True)]


async def lock_comment(db: AsyncSession, comment: CommentInSight) -> Comment:
    """The comment as it is now, its thread locked for this transaction alone. Raises NotFound when it is gone."""
    await hold_thread(await plain(db), comment.root_id)
    now_there = await db.get(Comment, comment.id, populate_existing=True)
    if now_there is None:
        raise NotFound
    return now_there


async def removal_of(db: AsyncSession, comment: Comment) -> CommentRemoval | None:
    return await db.get(CommentRemoval, comment.id)


async def comment_state(db: AsyncSession, comment: Comment) -> CommentState:
    """What has become of a comment whose thread is locked; whether it is resolved, the resolution finds out itself."""
    removal = await removal_of(db, comment)
    closed_at = await (await plain(db)).fetchval(CLOSED, comment.entry_id)
    return CommentState(comment.kind is Kind.question, None, removal.at if removal else None, closed_at)


async def has_replies(db: AsyncSession, comment: Comment) -> bool:
    replies = select(Comment.id).where(Comment.parent_id == comment.id).limit(1)
    return (await db.exec(replies)).first() is not None


async def number_of_comments(pool: asyncpg.Pool, entry_id: UUID) -> int:
    """How many comments an entry has, without those that were taken back."""
    return int(await pool.fetchval(NUMBER, entry_id))


async def hold_entry(connection: asyncpg.Connection, entry_id: UUID) -> None:
    """Nobody deletes the entry while this transaction adds to it. Raises NotFound."""
    if await connection.fetchrow(HELD, entry_id) is None:
        raise NotFound


async def hold_thread(connection: asyncpg.Connection, root_id: UUID) -> None:
    """Lock the comment that began a thread. Raises NotFound when it is gone."""
    if await connection.fetchrow(BEGINNING, root_id) is None:
        raise NotFound


async def told_comments(pool: asyncpg.Pool, comments: list[UUID]) -> list[tuple[asyncpg.Record, set[UUID]]]:
    """Each comment with its entry, and whom it concerns but its author, as far as they read the entry now.

    Those that were taken back, or whose entry is not published any more, are missing.
    """
    found = await pool.fetch(TOLD_OF, comments)
    people = {row["id"]: {row["entry_author"]} for row in found}
    for row in await pool.fetch(IN_THREAD, comments):
        people.setdefault(row["comment_id"], set()).add(row["person_id"])
    return [(row, people[row["id"]] - {row["author_id"]}) for row in found]

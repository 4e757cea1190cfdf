from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Plain
from services.clusters.post.preferences.models import DigestDue, Every, Hearing, Preference, Way, new_key

WAYS = "select person_id, kind, way from preference where person_id = any($1::uuid[]) and kind = any($2::text[])"
KEYED = """
insert into hearing (person_id, key) select person_id, key from unnest($1::uuid[], $2::text[]) made(person_id, key)
on conflict do nothing
"""
HEARING = "select person_id, key, without_content from hearing where person_id = any($1::uuid[])"
TERMS = """
select person.id, person.zone, coalesce(hearing.every, 'day') as every, coalesce(hearing.weekday, 0) as weekday,
  coalesce(hearing.hour, 7) as hour
from person left join hearing on hearing.person_id = person.id where person.id = any($1::uuid[])
"""
WAITING = "insert into digest_item (notice_id, person_id) select * from unnest($1::uuid[], $2::uuid[])"
# A row that is there is locked, so that no digest goes out between its look for what waits and this item; what waits
# for a job (xmax is 0 in a row that is new) is queued once.
DUE = """
insert into digest_due (person_id, due_at) select * from unnest($1::uuid[], $2::timestamptz[]) order by 1
on conflict (person_id) do update set due_at = digest_due.due_at
returning person_id, due_at, xmax = 0 as is_new
"""
OVERDUE = "select person_id from digest_due where due_at < $1 order by due_at limit $2"


@dataclass(frozen=True)
class Terms:
    """When the digest of somebody goes out."""

    zone: str
    every: Every
    weekday: int
    hour: int


@dataclass(frozen=True)
class Mailed:
    """What a mail to somebody needs: the key to stop it, and whether it says what the news is."""

    key: str
    without_content: bool


async def ways_of(
    connection: asyncpg.Connection, people: Collection[UUID], kinds: Collection[str]
) -> dict[tuple[UUID, str], Way]:
    """Where somebody chose another way than by mail at once."""
    rows = await connection.fetch(WAYS, list(people), list(kinds))
    return {(row["person_id"], row["kind"]): Way(row["way"]) for row in rows}


async def mailed_as(pool: Plain, people: Collection[UUID]) -> dict[UUID, Mailed]:
    """By person; whoever gets a first mail gets a key."""
    found = await pool.fetch(HEARING, list(people))
    if missing := sorted({*people} - {row["person_id"] for row in found}):
        await pool.execute(KEYED, missing, [new_key() for _ in missing])
        found = await pool.fetch(HEARING, list(people))
    return {row["person_id"]: Mailed(row["key"], row["without_content"]) for row in found}


async def digest_terms(connection: Plain, people: Collection[UUID]) -> dict[UUID, Terms]:
    rows = await connection.fetch(TERMS, list(people))
    return {row["id"]: Terms(row["zone"], Every(row["every"]), row["weekday"], row["hour"]) for row in rows}


async def preferences_of(db: AsyncSession, person_id: UUID) -> Sequence[Preference]:
    return (await db.exec(select(Preference).where(Preference.person_id == person_id))).all()


async def hearing_of(db: AsyncSession, person_id: UUID) -> Hearing:
    """As it is kept; what everybody begins with where nothing is."""
    return await db.get(Hearing, person_id) or Hearing(person_id=person_id)


async def due_digest(db: AsyncSession, person_id: UUID) -> DigestDue | None:
    """When somebody's next digest goes out, for this transaction alone."""
    due = select(DigestDue).where(DigestDue.person_id == person_id).with_for_update()
    return (await db.exec(due)).one_or_none()


async def overdue_digests(pool: Plain, before: datetime, limit: int) -> list[UUID]:
    """Whose digest should have gone out before this moment."""
    return [row["person_id"] for row in await pool.fetch(OVERDUE, before, limit)]


async def hearing_with(db: AsyncSession, key: str) -> Hearing | None:
    return (await db.exec(select(Hearing).where(Hearing.key == key))).one_or_none()

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Plain
from services.clusters.directory.people.models import Person
from services.clusters.post.preferences.models import DigestDue, Every, Hearing, Preference, Way

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


async def person_with_key(db: AsyncSession, key: UUID) -> UUID | None:
    """Whose mails have this key."""
    return (await db.exec(select(Person.id).where(Person.mail_key == key))).one_or_none()


async def stopped_kinds(
    db: AsyncSession, people: Collection[UUID], kinds: Collection[str]
) -> Collection[tuple[UUID, str]]:
    """Which of these kinds these people want no mails of."""
    which = col(Preference.person_id).in_(people), col(Preference.kind).in_(kinds), Preference.way == Way.app
    stopped = select(Preference.person_id, Preference.kind).where(*which)
    return set(await db.exec(stopped)) if people else set()

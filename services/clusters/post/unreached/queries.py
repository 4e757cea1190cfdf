from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Plain, columns
from services.clusters.post.unreached.models import Reason, Unreached

# Who reported our mails as junk stays who did, whatever else mail servers say; of who left nothing is kept any more.
MARKED = """
insert into unreached (person_id, reason, by_bounce, since, told_at)
select person.id, told.reason, $3, $4, $4 from unnest($1::uuid[], $2::text[]) told(person_id, reason)
join person on person.id = told.person_id where person.left_at is null order by person.id
on conflict (person_id) do update set told_at = excluded.told_at, by_bounce = excluded.by_bounce,
  reason = excluded.reason where unreached.reason <> 'junk'
returning person_id
"""
COUNTED = (
    "insert into bounce (id, meaning, at) select id, meaning, $3 from unnest($1::uuid[], $2::text[]) b(id, meaning)"
)
# What a bounce says of a letter, no answer at its sending unsays.
TAKEN = """
delete from unreached where person_id = any($1::uuid[]) and not by_bounce and reason <> 'junk' returning person_id
"""
CAME = "delete from unreached where person_id = $1 and (reason <> 'junk' or $2) returning person_id"
FORGOTTEN = "delete from unreached where reason <> 'junk' and told_at < $1 returning person_id"
OLD_BOUNCES = "delete from bounce where at < $1"
MEANINGS = "select meaning, count(*) as times from bounce where at > $1 group by meaning order by times desc, meaning"
HOW_MANY = "select count(*) from unreached where reason <> 'junk'"


async def add_unreached(
    connection: asyncpg.Connection, reasons: Mapping[UUID, Reason], by_bounce: bool, at: datetime
) -> list[UUID]:
    """Those of these people who are unreached now."""
    rows = await connection.fetch(MARKED, *columns(reasons.items()), by_bounce, at)
    return [row["person_id"] for row in rows]


async def add_bounces(connection: asyncpg.Connection, meanings: Collection[tuple[UUID, str]], at: datetime) -> None:
    await connection.execute(COUNTED, *columns(meanings), at)


async def end_as_taken(connection: asyncpg.Connection, people: Collection[UUID]) -> list[UUID]:
    """Those of these people whom mails did not reach until the mail server took one for them."""
    return [row["person_id"] for row in await connection.fetch(TAKEN, list(people))]


async def end_of(connection: asyncpg.Connection, person_id: UUID, junk_too: bool) -> bool:
    """Whether mails did not reach this person until now."""
    return await connection.fetchval(CAME, person_id, junk_too) is not None


async def forget_before(connection: asyncpg.Connection, unreached: datetime, bounces: datetime) -> list[UUID]:
    """Who counts as reached again, because nothing was heard of it since then."""
    await connection.execute(OLD_BOUNCES, bounces)
    return [row["person_id"] for row in await connection.fetch(FORGOTTEN, unreached)]


async def unreached_people(db: AsyncSession, people: Collection[UUID]) -> dict[UUID, Unreached]:
    """Those of these people whom mails do not reach; that somebody calls them junk is nobody else's business."""
    theirs = select(Unreached).where(col(Unreached.person_id).in_(people), Unreached.reason != Reason.junk)
    return {one.person_id: one for one in await db.exec(theirs)}


async def bounces_by_meaning(pool: Plain, since: datetime) -> dict[str, int]:
    """How many letters came back since then, by what that meant."""
    return {row["meaning"]: row["times"] for row in await pool.fetch(MEANINGS, since)}


async def how_many_unreached(pool: Plain) -> int:
    many: int = await pool.fetchval(HOW_MANY)
    return many

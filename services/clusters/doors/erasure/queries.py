"""All that this service keeps about a person, and how it goes: a new table of theirs wants its line here."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.clusters.directory.offices.models import Office
from services.clusters.directory.staff.models import Staff
from services.clusters.doors.invitations.models import Invitation

# What opens the house to them, and what was typed or sent under their addresses or by digests of who they are.
OF_ADDRESSES = (
    "delete from mail_link where mail = any($1::text[])",
    "delete from link_request where mail = any($1::text[])",
    "delete from newcomer where mail = any($1::text[])",
    "delete from mailbox_mail where mail = any($1::text[])",
    "delete from address where mail = any($1::text[])",
)
OF_DIGESTS = "delete from sign_in_try where mail_digest = any($1::text[])"
OF_PERSON = (
    "delete from password where person_id = $1",
    "delete from known_device where person_id = $1",
    "delete from session where person_id = $1",
    "delete from invitation where person_id = $1",
    "delete from digest_item where person_id = $1",
    "delete from digest_due where person_id = $1",
    "delete from hearing where person_id = $1",
    "delete from preference where person_id = $1",
    "delete from notice where person_id = $1",
    "delete from mail where person_id = $1",
    "update person set name = '', language = 'en', zone = 'UTC', mail_key = gen_random_uuid() where id = $1",
)
# What others were told names people by their names alone: who is called the same loses it there as well. It reads all
# notices, once for each person who leaves.
NAMED = """
update {table} set params = params || (
  select jsonb_object_agg(said.key, '') from jsonb_each(params) said
  where said.key = any($1::text[]) and said.value = to_jsonb($2::text))
where exists (
  select from jsonb_each(params) said where said.key = any($1::text[]) and said.value = to_jsonb($2::text))
"""
NAMED_IN = tuple(NAMED.format(table=table) for table in ("notice", "mail"))
# In a house that sends no mail, what would have left it lies here still.
IN_THE_MAILBOX = "delete from mailbox_mail where strpos(concat_ws(' ', subject, text, calendar), $1) > 0"
# The facts that named them stay, with their places, for counts; who follows from the beginning hears no name.
TOLD_BEFORE = """
update fact set data = data || '{"name": ""}'
where kind in ('person.registered', 'person.changed') and data ->> 'person_id' = $1
"""
SENT_BEFORE = """
delete from delivery
where body::jsonb ->> 'type' in ('person.registered', 'person.changed') and body::jsonb #>> '{data,person_id}' = $1
"""
ALONE = """
select school.id, school.name from staff
join school on school.id = staff.school_id
where staff.person_id = $1 and staff.role = 'coordinator' and staff.ended_at is null and not exists (
  select from staff other where other.school_id = staff.school_id and other.id <> staff.id
    and other.role = 'coordinator' and other.ended_at is null)
order by school.name, school.id
"""
LAST_OF_THE_PROGRAMME = """
select count(*) filter (where person_id = $1) > 0 and count(*) filter (where person_id <> $1) = 0
from office where kind = 'programme_coordinator' and ended_at is null
"""


async def schools_without_another(pool: asyncpg.Pool, person_id: UUID) -> list[dict[str, Any]]:
    """The schools whose last coordinator somebody is."""
    return [dict(row) for row in await pool.fetch(ALONE, person_id)]


async def is_last_programme_coordinator(pool: asyncpg.Pool, person_id: UUID) -> bool:
    return bool(await pool.fetchval(LAST_OF_THE_PROGRAMME, person_id))


async def staff_of(db: AsyncSession, person_id: UUID) -> list[Staff]:
    """In one order, so that two who leave at once do not wait for each other's schools."""
    mine = select(Staff).where(Staff.person_id == person_id, col(Staff.ended_at).is_(None))
    return list(await db.exec(mine.order_by(col(Staff.school_id))))


async def offices_of(db: AsyncSession, person_id: UUID) -> list[Office]:
    mine = select(Office).where(Office.person_id == person_id, col(Office.ended_at).is_(None))
    return list(await db.exec(mine.order_by(col(Office.id))))


async def unanswered_invitations(db: AsyncSession, person_id: UUID) -> list[Invitation]:
    asked = select(Invitation).where(Invitation.person_id == person_id, col(Invitation.answer).is_(None))
    return list(await db.exec(asked.order_by(col(Invitation.id)).with_for_update()))


async def erase_ways_in(connection: asyncpg.Connection, addresses: Sequence[str], digests: Sequence[str]) -> None:
    for statement in OF_ADDRESSES:
        await connection.execute(statement, addresses)
    await connection.execute(OF_DIGESTS, digests)


async def erase_all(connection: asyncpg.Connection, person_id: UUID, name: str, named_as: Sequence[str]) -> None:
    """What is kept about them, and their name wherever it stands.

    `named_as` are the parameters of news that name people.
    """
    for statement in NAMED_IN:
        await connection.execute(statement, named_as, name)
    await connection.execute(IN_THE_MAILBOX, name)
    for statement in OF_PERSON:
        await connection.execute(statement, person_id)
    for statement in (TOLD_BEFORE, SENT_BEFORE):
        await connection.execute(statement, str(person_id))

from typing import Any, Literal, TypeAlias
from uuid import UUID

import asyncpg
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Plain
from kit.pages import GREATEST_ID
from services.clusters.directory.people.models import Person
from services.clusters.doors.factors.models import RecoveryCode
from services.clusters.doors.sessions.models import SESSION_LASTS, Session
from services.clusters.doors.tries.models import digest

Awaited: TypeAlias = Literal["", "second_step", "second_factor"]

ASKED = """(exists (select from programme where asks_second_factor) and (
  exists (select from office where office.person_id = person.id and office.ended_at is null)
  or exists (select from staff where staff.person_id = person.id and staff.role <> 'teacher' and staff.ended_at is null)
))"""
# What a session that is not proven waits for before it opens anything.
AWAITED = f"""case
  when exists (select from second_factor factor where factor.person_id = person.id and factor.confirmed_at is not null)
    then 'second_step'
  when {ASKED} then 'second_factor' else '' end"""
AWAITED_OF = f"select {AWAITED} from person where id = $1"
SHOWN = f"""
select (select confirmed_at from second_factor factor where factor.person_id = person.id) as set_up_at,
  (select count(*) from recovery_code code where code.person_id = person.id) as recovery_codes, {ASKED} as is_asked
from person where id = $1
"""
SESSIONS = """
select id, secret_digest as session, door, browser, system, began_at, used_at, proven_at is null and exists (
  select from second_factor factor where factor.person_id = $1 and factor.confirmed_at is not null) as is_waiting
from session where person_id = $1 and ended_at is null and began_at > $2 and id < $3 order by id desc limit $4
"""


async def awaited_of(connection: Plain, person_id: UUID) -> Awaited:
    """What a new session of this person waits for."""
    awaited: Awaited = await connection.fetchval(AWAITED_OF, person_id)
    return awaited


async def factor_shown(pool: asyncpg.Pool, person_id: UUID) -> dict[str, Any]:
    row = await pool.fetchrow(SHOWN, person_id)
    return dict(row or {})


async def sessions_shown(pool: asyncpg.Pool, person_id: UUID, before: UUID | None, limit: int) -> list[dict[str, Any]]:
    """The open sessions of a person, the newest first."""
    lasting = real_now() - SESSION_LASTS
    rows = await pool.fetch(SESSIONS, person_id, lasting, before or GREATEST_ID, limit + 1)
    return [dict(row) for row in rows]


async def has_passkey(connection: Plain, person_id: UUID) -> bool:
    known: bool = await connection.fetchval("select exists (select from passkey where person_id = $1)", person_id)
    return known


async def open_session(db: AsyncSession, secret: str) -> tuple[Session, Person] | None:
    """A session that goes on, be it proven or not, and whose it is; both locked."""
    theirs = select(Session, Person).join(Person, col(Person.id) == Session.person_id)
    going_on = theirs.where(
        Session.secret_digest == digest(secret),
        col(Session.ended_at).is_(None),
        Session.began_at > real_now() - SESSION_LASTS,
        col(Person.left_at).is_(None),
    )
    return (await db.exec(going_on.with_for_update(key_share=True))).one_or_none()


async def take_recovery_code(db: AsyncSession, person_id: UUID, code: str) -> bool:
    """Whether it was one of theirs; it is gone then."""
    theirs = delete(RecoveryCode).where(
        col(RecoveryCode.digest) == digest(code), col(RecoveryCode.person_id) == person_id
    )
    return bool((await db.exec(theirs)).rowcount)

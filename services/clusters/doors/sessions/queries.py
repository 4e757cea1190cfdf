from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.pages import GREATEST_ID
from services.clusters.doors.sessions.models import SESSION_LASTS, Session
from services.clusters.doors.tries.models import digest

SHOWN = """
select id, secret_digest as session, door, browser, system, began_at, used_at, proven_at is null and exists (
  select from second_factor factor where factor.person_id = $1 and factor.confirmed_at is not null) as is_waiting
from session where person_id = $1 and ended_at is null and began_at > $2 and id < $3 order by id desc limit $4
"""


async def sessions_shown(pool: asyncpg.Pool, person_id: UUID, before: UUID | None, limit: int) -> list[dict[str, Any]]:
    """The open sessions of a person, the newest first."""
    lasting = real_now() - SESSION_LASTS
    rows = await pool.fetch(SHOWN, person_id, lasting, before or GREATEST_ID, limit + 1)
    return [dict(row) for row in rows]


async def session_of(db: AsyncSession, secret: str) -> Session | None:
    return await session_by_digest(db, digest(secret))


async def session_by_digest(db: AsyncSession, secret_digest: str) -> Session | None:
    return (await db.exec(select(Session).where(Session.secret_digest == secret_digest))).one_or_none()


async def open_sessions(db: AsyncSession, person_id: UUID) -> list[Session]:
    still_open = select(Session).where(Session.person_id == person_id, col(Session.ended_at).is_(None))
    return list(await db.exec(still_open.order_by(col(Session.began_at)).with_for_update()))

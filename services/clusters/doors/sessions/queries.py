from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.clusters.doors.sessions.models import Session
from services.clusters.doors.tries.models import digest


async def session_of(db: AsyncSession, secret: str) -> Session | None:
    return await session_by_digest(db, digest(secret))


async def session_by_digest(db: AsyncSession, secret_digest: str) -> Session | None:
    return (await db.exec(select(Session).where(Session.secret_digest == secret_digest))).one_or_none()


async def open_sessions(db: AsyncSession, person_id: UUID) -> list[Session]:
    still_open = select(Session).where(Session.person_id == person_id, col(Session.ended_at).is_(None))
    return list(await db.exec(still_open.order_by(col(Session.began_at)).with_for_update()))

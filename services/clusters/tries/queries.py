from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from services.clusters.tries.models import KnownDevice, SignInTry, digest


async def lock_tries(session: AsyncSession, whose: str) -> None:
    """One after the other until the commit, so that what comes at once is counted to the last."""
    lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(digest(whose), 0))
    await session.exec(sa.select(lock))  # type: ignore[call-overload]


async def wrong_tries(session: AsyncSession, whose: str, origin: str, within: timedelta) -> tuple[int, int]:
    """(from this origin, from all that no known device tried)."""
    from_here = col(SignInTry.from_digest) == digest(origin)
    counts = sa.select(
        sa.func.count().filter(from_here), sa.func.count().filter(col(SignInTry.by_known_device).is_(False))
    ).where(col(SignInTry.mail_digest) == digest(whose), col(SignInTry.at) > real_now() - within)
    here, everywhere = (await session.exec(counts)).one()  # type: ignore[call-overload]
    return here, everywhere


async def known_device(session: AsyncSession, secret: str, person_id: UUID | None) -> KnownDevice | None:
    known = select(KnownDevice).where(KnownDevice.secret_digest == digest(secret), KnownDevice.person_id == person_id)
    return (await session.exec(known)).one_or_none()

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Plain
from services.clusters.doors.tries.models import KnownDevice, digest

WRONG = """
select count(*) filter (where from_digest = $2) as here, count(*) filter (where not by_known_device) as everywhere
from sign_in_try where mail_digest = $1 and at > $3
"""


async def lock_tries(db: AsyncSession, whose: str) -> None:
    """One after the other until the commit, so that what comes at once is counted to the last."""
    lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(digest(whose), 0))
    connection = await db.connection()
    await connection.execute(sa.select(lock))


async def wrong_tries(connection: Plain, whose: str, origin: str, within: timedelta) -> tuple[int, int]:
    """(from this origin, from all that no known device tried)."""
    row = await connection.fetchrow(WRONG, digest(whose), digest(origin), real_now() - within)
    assert row
    return row["here"], row["everywhere"]


async def known_device(db: AsyncSession, secret: str, person_id: UUID | None) -> KnownDevice | None:
    known = select(KnownDevice).where(KnownDevice.secret_digest == digest(secret), KnownDevice.person_id == person_id)
    return (await db.exec(known)).one_or_none()

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.clusters.directory.schools.models import OfficialId, School
from services.clusters.doors.introductions.models import Introduction, Welcome
from services.clusters.doors.tries.models import digest


async def schools_numbered(db: AsyncSession, country: str, scheme: str, numbers: Sequence[str]) -> list[School]:
    """The schools with one of these numbers in a register; two are enough to know that it is not one."""
    spelled = {*numbers, *(number.lower() for number in numbers), *(number.upper() for number in numbers)}
    theirs = select(OfficialId.school_id).where(
        OfficialId.country == country, OfficialId.scheme == scheme, col(OfficialId.number).in_(spelled)
    )
    return list(await db.exec(select(School).where(col(School.id).in_(theirs)).order_by(col(School.id)).limit(2)))


async def introduction_by(db: AsyncSession, secret: str, *, locked: bool = False) -> tuple[Introduction, School] | None:
    """The introduction that a browser has the secret of, with its school; `locked`: for this transaction alone."""
    found = select(Introduction, School).join(School).where(Introduction.secret_digest == digest(secret))
    return (await db.exec(found.with_for_update(of=Introduction) if locked else found)).one_or_none()


async def welcome_of(db: AsyncSession, school_id: UUID) -> Welcome | None:
    return await db.get(Welcome, school_id)

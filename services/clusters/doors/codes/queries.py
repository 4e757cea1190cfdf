from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.clusters.directory.schools.models import School
from services.clusters.doors.codes.models import Newcomer, SchoolCode, as_kept
from services.clusters.doors.invitations.models import Invitation


async def code_of(db: AsyncSession, school_id: UUID) -> SchoolCode | None:
    return await db.get(SchoolCode, school_id)


async def typed_code(db: AsyncSession, typed: str, *, locked: bool = False) -> tuple[SchoolCode, School] | None:
    """The code with its school; `locked`: for this transaction alone."""
    found = select(SchoolCode, School).join(School).where(SchoolCode.code == as_kept(typed))
    return (await db.exec(found.with_for_update(of=SchoolCode) if locked else found)).one_or_none()


async def is_replaced(db: AsyncSession, typed: str) -> bool:
    """Whether this was the code of a school until it made another."""
    found = select(SchoolCode.school_id).where(SchoolCode.replaced == as_kept(typed))
    return (await db.exec(found.order_by(col(SchoolCode.school_id)).limit(1))).first() is not None


async def has_come(db: AsyncSession, school_id: UUID, mail: str) -> bool:
    """Whether somebody with this address came to the school by a code or an account, and has not answered yet."""
    waiting = select(Newcomer.id).where(Newcomer.school_id == school_id, Newcomer.mail == mail)
    asked = select(Invitation.id).where(
        Invitation.school_id == school_id,
        Invitation.mail == mail,
        sa.or_(col(Invitation.by_code).is_(True), col(Invitation.by_account) != ""),
        col(Invitation.answer).is_(None),
    )
    return bool((await db.exec(waiting)).first() or (await db.exec(asked)).first())

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db
from kit.problems import NotFound
from services.clusters.directory.schools.queries import visible_school
from services.clusters.directory.staff.models import Staff, StaffRole
from services.roster.standing import CurrentMember


@dataclass(frozen=True)
class VisibleStaff:
    """Somebody who works at a school in sight."""

    staff: Staff
    country: str

    @property
    def school_id(self) -> UUID:
        return self.staff.school_id


async def visible_staff(staff_id: UUID, db: Db, actor: CurrentMember) -> VisibleStaff:
    staff = await db.get(Staff, staff_id)
    if staff is None or staff.has_ended:
        raise NotFound
    found = await visible_school(staff.school_id, db, actor)
    return VisibleStaff(staff, found.country)


async def coordinators_of(db: AsyncSession, school_id: UUID) -> int:
    coordinators = select(sa.func.count()).where(
        Staff.school_id == school_id, Staff.role == StaffRole.coordinator, col(Staff.ended_at).is_(None)
    )
    return (await db.exec(coordinators)).one()


async def leaders_of(db: AsyncSession, school_id: UUID) -> list[UUID]:
    """The persons who coordinate or head a school now."""
    leaders = select(Staff.person_id).where(
        Staff.school_id == school_id,
        col(Staff.role).in_([StaffRole.coordinator, StaffRole.head]),
        col(Staff.ended_at).is_(None),
    )
    return list(await db.exec(leaders.order_by(col(Staff.id))))

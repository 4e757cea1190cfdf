from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db
from kit.problems import NotFound
from services.clusters.schools.models import School
from services.clusters.schools.queries import staffed_school
from services.clusters.staff.models import Staff, StaffRole
from services.roster.standing import CurrentMember

PEOPLE = """
select staff.id as staff_id, person.id as person_id, person.name, school.id as school_id, school.name as school,
  staff.role, staff.began_at
from membership
join staff on staff.school_id = membership.school_id and staff.ended_at is null
join person on person.id = staff.person_id
join school on school.id = staff.school_id
where membership.cluster_id = $1 and membership.ended_at is null
order by staff.id
"""


@dataclass(frozen=True)
class VisibleStaff:
    staff: Staff
    school: School
    cluster_ids: list[UUID]


async def visible_staff(staff_id: UUID, session: Db, actor: CurrentMember) -> VisibleStaff:
    staff = await session.get(Staff, staff_id)
    if staff is None or staff.ended_at:
        raise NotFound
    staffed = await staffed_school(staff.school_id, session, actor)
    return VisibleStaff(staff, staffed.school, staffed.cluster_ids)


async def lock_staff(session: AsyncSession, staff_id: UUID) -> Staff:
    """The row as it is now. Raises NotFound when the person left meanwhile."""
    staff = await session.get_one(Staff, staff_id, with_for_update=True, populate_existing=True)
    if staff.ended_at:
        raise NotFound
    return staff


async def people_of(pool: asyncpg.Pool, cluster_id: UUID) -> list[dict[str, Any]]:
    """Everybody who works at a school of the cluster."""
    return [dict(row) for row in await pool.fetch(PEOPLE, cluster_id)]


async def coordinators_of(session: AsyncSession, school_id: UUID) -> int:
    coordinators = select(sa.func.count()).where(
        Staff.school_id == school_id, Staff.role == StaffRole.coordinator, col(Staff.ended_at).is_(None)
    )
    return (await session.exec(coordinators)).one()


async def leaders_of(session: AsyncSession, school_id: UUID) -> list[UUID]:
    """The persons who coordinate or head a school now."""
    leaders = select(Staff.person_id).where(
        Staff.school_id == school_id,
        col(Staff.role).in_([StaffRole.coordinator, StaffRole.head]),
        col(Staff.ended_at).is_(None),
    )
    return list(await session.exec(leaders.order_by(col(Staff.id))))

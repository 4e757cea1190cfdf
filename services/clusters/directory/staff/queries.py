from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db, Plain
from kit.problems import NotFound
from services.clusters.directory.schools.queries import visible_school
from services.clusters.directory.staff.models import Staff, StaffRole
from services.roster.standing import CurrentMember

USUAL = """
select staff.school_id, split_part(address.mail, '@', 2) as domain
from staff join address on address.person_id = staff.person_id
where staff.school_id = any($1) and staff.ended_at is null
group by staff.school_id, domain having 2 * count(distinct staff.person_id) >= (
  select count(*) from staff there where there.school_id = staff.school_id and there.ended_at is null)
"""


@dataclass(frozen=True)
class VisibleStaff:
    """Somebody who works at a school in sight."""

    staff: Staff
    country: str

    @property
    def school_id(self) -> UUID:
        return self.staff.school_id

    @property
    def person_id(self) -> UUID:
        return self.staff.person_id


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


async def usual_domains(connection: Plain, school_ids: Collection[UUID]) -> dict[UUID, set[str]]:
    """The domains at which at least half of those who work at each of these schools have an address."""
    usual: dict[UUID, set[str]] = {}
    for row in await connection.fetch(USUAL, school_ids):
        usual.setdefault(row["school_id"], set()).add(row["domain"])
    return usual

from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.events.attendance.models import Attendance
from services.events.registration.models import Placement, Registration
from services.roster.models import Membership, Staff

CAME = "select person_id from attendance where event_id = $1 and undone_at is null order by person_id"
SUMMARY = """
select coalesce(school.name, '') as school, attendance.school_id, count(*) as came
from attendance left join school on school.id = attendance.school_id
where attendance.event_id = $1 and attendance.undone_at is null
group by school.name, attendance.school_id order by school.name, attendance.school_id
"""


async def who_came(pool: asyncpg.Pool, event_id: UUID) -> list[UUID]:
    return [row["person_id"] for row in await pool.fetch(CAME, event_id)]


async def live_attendance(session: AsyncSession, event_id: UUID) -> dict[UUID, Attendance]:
    live = select(Attendance).where(Attendance.event_id == event_id, col(Attendance.undone_at).is_(None))
    return {row.person_id: row for row in await session.exec(live.order_by(col(Attendance.id)))}


async def schools_in(session: AsyncSession, cluster_id: UUID, people: set[UUID]) -> dict[UUID, UUID]:
    """The school of each of these people in the cluster; who is nobody of it is missing."""
    rows = await session.exec(
        select(Staff.person_id, Staff.school_id)
        .join(Membership, col(Membership.school_id) == Staff.school_id)
        .where(
            col(Staff.person_id).in_(people),
            col(Staff.ended_at).is_(None),
            Membership.cluster_id == cluster_id,
            col(Membership.ended_at).is_(None),
        )
        .order_by(col(Staff.id).desc())
    )
    return dict(rows.all())


async def placed_at(session: AsyncSession, event_id: UUID) -> dict[UUID, UUID]:
    """Where each registered person was placed."""
    rows = await session.exec(
        select(Registration.person_id, Placement.place_id)
        .join(Placement, col(Placement.registration_id) == Registration.id)
        .where(
            Registration.event_id == event_id,
            col(Registration.withdrawn_at).is_(None),
            col(Placement.until).is_(None),
        )
        .order_by(col(Registration.id))
    )
    return dict(rows.all())


async def came_by_school(pool: asyncpg.Pool, event_id: UUID) -> list[dict[str, Any]]:
    return [dict(row) for row in await pool.fetch(SUMMARY, event_id)]

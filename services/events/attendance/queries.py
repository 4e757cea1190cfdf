from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.collation import in_order
from kit.db import plain
from services.events.attendance.models import Attendance
from services.events.events.models import Event
from services.events.registration.models import Placement, Registration
from services.roster.models import Membership, Staff

MARKED = """
select count(*) + count(attendance.undone_at) as version,
  coalesce(json_agg(json_build_object('person_id', attendance.person_id, 'name', coalesce(person.name, ''),
    'school', coalesce(school.name, '')) order by attendance.person_id)
    filter (where attendance.undone_at is null), '[]') as came
from attendance
left join person on person.id = attendance.person_id left join school on school.id = attendance.school_id
where attendance.event_id = $1
"""
SUMMARY = """
select coalesce(school.name, '') as school, attendance.school_id, count(*) as came
from attendance left join school on school.id = attendance.school_id
where attendance.event_id = $1 and attendance.undone_at is null
group by school.name, attendance.school_id order by attendance.school_id
"""
WHO_SEES = """
select person_id from unnest($1::uuid[]) as asked(person_id)
where exists (select from clusters_seen_by(person_id) seen where seen.cluster_id = $2)
"""


async def who_came(pool: asyncpg.Pool, event_id: UUID, language: str) -> dict[str, Any]:
    """Who was marked as there, by school and name as this language sorts, and the version of that."""
    row = await pool.fetchrow(MARKED, event_id)
    assert row
    return {"version": row["version"], "came": in_order(row["came"], language, "school", "name")}


async def attendance_version(db: AsyncSession, event_id: UUID) -> int:
    """How often somebody was marked or the mark taken back: it rises with every correction, from 0."""
    marks = select(sa.func.count() + sa.func.count(col(Attendance.undone_at))).where(Attendance.event_id == event_id)
    return (await db.exec(marks)).one()


async def live_attendance(db: AsyncSession, event_id: UUID) -> dict[UUID, Attendance]:
    live = select(Attendance).where(Attendance.event_id == event_id, col(Attendance.undone_at).is_(None))
    return {row.person_id: row for row in await db.exec(live.order_by(col(Attendance.id)))}


async def known_at(db: AsyncSession, event: Event, people: set[UUID]) -> dict[UUID, UUID | None]:
    """Those of these people who see the event or are registered for it, with the school that they come from."""
    registered = await db.exec(
        select(Registration.person_id, Registration.school_id)
        .where(
            Registration.event_id == event.id,
            col(Registration.person_id).in_(people),
            col(Registration.withdrawn_at).is_(None),
        )
        .order_by(col(Registration.id))
    )
    known: dict[UUID, UUID | None] = dict.fromkeys(await who_sees(db, event.cluster_id, people))
    return known | dict(registered.all()) | await schools_in(db, event.cluster_id, people)


async def who_sees(db: AsyncSession, cluster_id: UUID, people: set[UUID]) -> list[UUID]:
    """Those of these people who may know of the cluster."""
    return [row["person_id"] for row in await (await plain(db)).fetch(WHO_SEES, people, cluster_id)]


async def schools_in(db: AsyncSession, cluster_id: UUID, people: set[UUID]) -> dict[UUID, UUID]:
    """The school of each of these people in the cluster; who is nobody of it is missing."""
    rows = await db.exec(
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


async def placed_at(db: AsyncSession, event_id: UUID) -> dict[UUID, UUID]:
    """Where each registered person was placed."""
    rows = await db.exec(
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


async def came_by_school(pool: asyncpg.Pool, event_id: UUID, language: str) -> list[dict[str, Any]]:
    return [dict(row) for row in in_order(await pool.fetch(SUMMARY, event_id), language, "school")]

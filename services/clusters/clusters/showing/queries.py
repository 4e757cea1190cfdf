from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from kit.collation import in_order
from services.clusters.directory.schools.queries import NUMBERS

COMPOSITION = f"""
select membership.id as membership_id, school.id as school_id, school.name, school.town, school.address,
  school.website, school.latitude, school.longitude, {NUMBERS},
  membership.role,
  newest.year, newest.students, newest.teachers,
  (select count(distinct person_id) from staff where staff.school_id = school.id and staff.ended_at is null) as people
from membership join school on school.id = membership.school_id
left join lateral (
  select year, students, teachers from headcount where school_id = school.id order by year desc limit 1
) newest on true
where membership.cluster_id = $1 and membership.ended_at is null
order by membership.role desc, school.id limit 200
"""
PEOPLE = """
select staff.id as staff_id, person.id as person_id, person.name, school.id as school_id, school.name as school,
  staff.role, staff.began_at, unreached.reason, unreached.since
from membership
join staff on staff.school_id = membership.school_id and staff.ended_at is null
join person on person.id = staff.person_id
join school on school.id = staff.school_id
left join unreached on unreached.person_id = person.id and unreached.reason <> 'junk'
where membership.cluster_id = $1 and membership.ended_at is null
order by staff.id
"""


async def composition(pool: asyncpg.Pool | asyncpg.Connection, cluster_id: UUID, language: str) -> list[dict[str, Any]]:
    """The schools of a cluster, the mentor first, then by name as this language sorts."""
    schools = in_order(await pool.fetch(COMPOSITION, cluster_id), language, "name")
    return [dict(row) for row in sorted(schools, key=lambda school: school["role"], reverse=True)]


async def begun_at(pool: asyncpg.Pool | asyncpg.Connection, cluster_id: UUID) -> datetime | None:
    begun: datetime | None = await pool.fetchval("select begun_at from beginning where cluster_id = $1", cluster_id)
    return begun


async def people_of(pool: asyncpg.Pool, cluster_id: UUID) -> list[dict[str, Any]]:
    """Everybody who works at a school of the cluster."""
    return [dict(row) for row in await pool.fetch(PEOPLE, cluster_id)]

from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from kit.collation import in_order
from services.clusters.clusters.support.levels import SUPPORT, USUAL, level_on
from services.clusters.directory.schools.queries import NEWEST, NUMBERS
from services.roster.standing import LAB, MENTOR

COMPOSITION = f"""
select membership.id as membership_id, school.id as school_id, school.name, school.town, school.address,
  school.website, school.latitude, school.longitude, {NUMBERS},
  membership.role,
  newest.year, newest.students, newest.teachers,
  (select count(distinct person_id) from staff where staff.school_id = school.id and staff.ended_at is null) as people
from membership join school on school.id = membership.school_id {NEWEST}
where membership.cluster_id = $1 and membership.ended_at is null
order by school.id limit 200
"""
SUMMED_UP = """
select (select array[light_touch_from, on_request_from] from support where country = $2) as support,
  exists (select from office where kind = 'national_coordinator' and country = $2 and ended_at is null) as is_led,
  (select begun_at from beginning where cluster_id = $1) as begun_at, count(distinct staff.person_id) as people
from membership join staff on staff.school_id = membership.school_id and staff.ended_at is null
where membership.cluster_id = $1 and membership.ended_at is null
"""


async def composition(pool: asyncpg.Pool | asyncpg.Connection, cluster_id: UUID, language: str) -> list[dict[str, Any]]:
    """The schools of a cluster, those that mentor it first, then by name as this language sorts."""
    schools = in_order(await pool.fetch(COMPOSITION, cluster_id), language, "name")
    return [dict(row) for row in sorted(schools, key=lambda school: (school["role"] != MENTOR, school["role"] != LAB))]


async def summed_up(
    pool: asyncpg.Pool | asyncpg.Connection, cluster_id: UUID, country: str, day: date
) -> dict[str, Any]:
    """`begun_at`, how many `people` there are (who works at two of its schools is one), and what is `offer`ed them."""
    row = await pool.fetchrow(SUMMED_UP, cluster_id, country)
    assert row
    level = level_on(day, *(row["support"] or USUAL))
    return dict(row) | {"offer": SUPPORT[level].offer if row["is_led"] else None}

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from kit.pages import LEAST_ID
from services.roster.standing import Member
from services.roster.year import month, school_year

YEAR = """
with member as (select distinct school_id from membership where cluster_id = any($1::uuid[]) and ended_at is null),
held as (
  select id from event where cluster_id = any($1::uuid[]) and ends_at between $2 and $3
    and not exists (select from cancellation where event_id = event.id))
select
  (select count(*) from held) as held,
  (select count(distinct attendance.school_id) from held
    join attendance on attendance.event_id = held.id and attendance.undone_at is null
    join member on member.school_id = attendance.school_id) as took_part,
  (select count(*) from member) as schools
"""
# Each cluster is asked for its last, its next and its month by an index, so that no page reads all events.
CLUSTERS = """
select cluster.id as cluster_id, cluster.name, cluster.country,
  (select ends_at from event where cluster_id = cluster.id and ends_at <= $5
    and not exists (select from cancellation where event_id = event.id) order by ends_at desc, id limit 1) as last_at,
  (select starts_at from event where cluster_id = cluster.id and starts_at > $5
    and not exists (select from cancellation where event_id = event.id) order by starts_at, id limit 1) as next_at,
  (select count(*) from event where cluster_id = cluster.id and ends_at between $4 and $5
    and not exists (select from cancellation where event_id = event.id)) as held
from cluster
where cluster.id in (select cluster_id from clusters_in_sight($1, $2, $3)) and cluster.closed_at is null
  and (cluster.name, cluster.id) > ($6, $7)
order by cluster.name, cluster.id limit $8
"""

# For offices alone: a month of a whole programme is some thousand rows of one index.
MONTH = """
with counted as materialized (
  select cluster_id, count(*) as held from event where ends_at between $4 and $5
    and not exists (select from cancellation where event_id = event.id)
  group by cluster_id)
select cluster.country, sum(counted.held)::int as held
from clusters_in_sight($1, $2, $3) within join counted on counted.cluster_id = within.cluster_id
join cluster on cluster.id = within.cluster_id
group by cluster.country order by cluster.country limit 300
"""

FIRST_STEPS = """
select exists (select from event where organiser_id = $1) as plan_meeting,
  exists (select from registration where person_id = $1) as register
"""


async def first_steps(pool: asyncpg.Pool, person_id: UUID) -> list[str]:
    """What of the guide of the first weeks this person has done here."""
    row = await pool.fetchrow(FIRST_STEPS, person_id)
    assert row
    return [step for step, done in row.items() if done]


async def year_so_far(pool: asyncpg.Pool, clusters: list[UUID], at: datetime) -> dict[str, Any]:
    """Of these clusters since the school year began: meetings held, schools that took part, and of how many."""
    row = await pool.fetchrow(YEAR, clusters, school_year(at), at)
    assert row
    return dict(row) | {"since": school_year(at)}


async def clusters_of_office(
    pool: asyncpg.Pool, actor: Member, at: datetime, after: tuple[str, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """The clusters of an office by name: when each met last and meets next, and how often it met this month."""
    asked = (*actor.sight_of_offices, month(at), at, *(after or ("", LEAST_ID)), limit + 1)
    return [dict(row) for row in await pool.fetch(CLUSTERS, *asked)]


async def held_by_country(pool: asyncpg.Pool, actor: Member, at: datetime) -> list[dict[str, Any]]:
    """How many meetings were held this month in each country of an office."""
    return [dict(row) for row in await pool.fetch(MONTH, *actor.sight_of_offices, month(at), at)]

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from kit.collation import in_order
from kit.ids import least_id
from kit.pages import LEAST_ID
from services.roster.standing import Member
from services.roster.year import month, school_year

# Ids are moments, and each cluster's are in an index.
WRITTEN = """
with written as (
  select entry.school_id, count(*) as entries from unnest($1::uuid[]) within(cluster_id)
  join publication on publication.cluster_id = within.cluster_id and publication.retracted_at is null
    and publication.id >= $2
  join entry on entry.id = publication.entry_id
  group by entry.school_id)
select school.id as school_id, school.name as school, coalesce(written.entries, 0) as entries
from (select distinct school_id from membership where cluster_id = any($1::uuid[]) and ended_at is null) member
join school on school.id = member.school_id
left join written on written.school_id = school.id
order by school.id
"""
# Each cluster is asked for its last and its month by an index, so that no page reads all publications.
CLUSTERS = """
select cluster.id as cluster_id, cluster.name,
  (select published_at from publication where cluster_id = cluster.id and retracted_at is null
    order by id desc limit 1) as last_at,
  (select count(*) from publication
    where cluster_id = cluster.id and retracted_at is null and published_at >= $4) as entries
from cluster
where cluster.id in (select cluster_id from clusters_in_sight($1, $2, $3)) and cluster.closed_at is null
  and (cluster.name, cluster.id) > ($5, $6)
order by cluster.name, cluster.id limit $7
"""

# For offices alone: a month of a whole programme is some ten thousand rows of one index.
MONTH = """
with counted as materialized (
  select cluster_id, count(*) as entries from publication where retracted_at is null and published_at >= $4
  group by cluster_id)
select cluster.country, sum(counted.entries)::int as entries
from clusters_in_sight($1, $2, $3) within join counted on counted.cluster_id = within.cluster_id
join cluster on cluster.id = within.cluster_id
group by cluster.country order by cluster.country limit 300
"""

# Also what was taken back since.
HAS_PUBLISHED = """
exists (select from entry join publication on publication.entry_id = entry.id where entry.author_id = $1)
"""
HAS_ANSWERED = "exists (select from comment where author_id = $1)"
FIRST_STEPS = f"select {HAS_PUBLISHED} as write_entry, {HAS_ANSWERED} as answer"
FIRST_SHARE = f"""
select id from cluster where id = any($2::uuid[]) and closed_at is null and not {HAS_PUBLISHED} and not {HAS_ANSWERED}
"""


async def first_share_in(pool: asyncpg.Pool, person_id: UUID, clusters: list[UUID]) -> set[UUID]:
    """Those of these clusters in which this person could share something for the first time; none if they ever did."""
    return {row["id"] for row in await pool.fetch(FIRST_SHARE, person_id, clusters)}


async def first_steps(pool: asyncpg.Pool, person_id: UUID) -> list[str]:
    """What of the guide of the first weeks this person has done here."""
    row = await pool.fetchrow(FIRST_STEPS, person_id)
    assert row
    return [step for step, done in row.items() if done]


async def written_this_year(
    pool: asyncpg.Pool, clusters: list[UUID], at: datetime, language: str
) -> list[dict[str, Any]]:
    """Every school of these clusters as this language sorts them, with what it published since the year began."""
    return [
        dict(row)
        for row in in_order(await pool.fetch(WRITTEN, clusters, least_id(school_year(at))), language, "school")
    ]


async def clusters_of_office(
    pool: asyncpg.Pool, actor: Member, at: datetime, after: tuple[str, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """The clusters of an office by name: when each published last, and how much this month."""
    asked = (*actor.sight_of_offices, month(at), *(after or ("", LEAST_ID)), limit + 1)
    return [dict(row) for row in await pool.fetch(CLUSTERS, *asked)]


async def published_by_country(pool: asyncpg.Pool, actor: Member, at: datetime) -> list[dict[str, Any]]:
    """How many entries were published this month in each country of an office."""
    return [dict(row) for row in await pool.fetch(MONTH, *actor.sight_of_offices, month(at))]

"""What pages show of entries, from all that hangs on them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from kit.db import Reader
from kit.pages import GREATEST_ID
from services.diaries.entries.queries import OF_ENTRY, READABLE, STATE, VisibleEntry, asked_by, in_sight
from services.roster.standing import CurrentMember, Member, Sight

LISTED = """
select entry.id, entry.cluster_id, cluster.name as cluster, entry.title, entry.html, entry.language, entry.started_at,
  coalesce(person.name, '') as author, coalesce(school.name, '') as school, publication.reach, publication.published_at,
  publication.id as publication_id,
  coalesce(publication.id, entry.id) as since,
  (select count(*) from comment where entry_id = entry.id
    and not exists (select from comment_removal where comment_id = comment.id)) as comments
from entry
join cluster on cluster.id = entry.cluster_id
left join publication on publication.entry_id = entry.id and publication.retracted_at is null
left join person on person.id = entry.author_id
left join school on school.id = entry.school_id
"""
NOT_REMOVED = "not exists (select from entry_removal where entry_id = entry.id)"
# Ids are moments: an entry stands where it was published, a draft of mine where I began it. Each cluster's newest come
# from an index, so that no page reads a whole diary; who holds an office over 1,500 clusters waits 12 ms for it.
PUBLISHED = """
select newest.entry_id as id, newest.id as since from clusters_in_sight($1, $2, $3) within cross join lateral (
  select entry_id, id from publication
  where cluster_id = within.cluster_id and retracted_at is null and id < $4
  order by id desc limit $5
) newest
"""
DRAFTS = f"""
select entry.id, entry.id as since from entry
where entry.author_id = $6 and entry.cluster_id in (select cluster_id from clusters_in_sight($1, $2, $3))
  and entry.id < $4
  and not exists (select from publication where entry_id = entry.id and retracted_at is null) and {NOT_REMOVED}
order by entry.id desc limit $5
"""
OF_CLUSTERS = f"""{LISTED}
where entry.id in (
  select id from ({PUBLISHED} union all ({DRAFTS})) both_kinds order by since desc limit $5)
order by since desc
"""
NEWEST = f"""{LISTED}
where entry.id in (select id from ({PUBLISHED}) published order by since desc limit $5)
order by since desc
"""
OF_SCHOOL = f"""{LISTED}
where entry.school_id = $6 and publication.id < $4
  and entry.cluster_id in (select cluster_id from clusters_in_sight($1, $2, $3))
order by publication.id desc limit $5
"""
PUBLIC = f"""{LISTED}
where entry.id in (
  select entry_id from publication
  where retracted_at is null and reach = 'everyone' and id < $1 order by id desc limit $2)
order by publication.id desc
"""
PUBLIC_OF_CLUSTER = f"""{LISTED}
where entry.id in (
  select entry_id from publication
  where retracted_at is null and reach = 'everyone' and id < $1 and cluster_id = $3 order by id desc limit $2)
order by publication.id desc
"""
FOUND = f"""
select entry.*, cluster.name as cluster, cluster.country, cluster.approach, {STATE}, publication.published_at,
  coalesce(person.name, '') as author, coalesce(school.name, '') as school,
  (select coalesce(jsonb_agg(jsonb_build_object(
      'id', id, 'description', description, 'width', width, 'height', height) order by id), '[]')
    from picture where entry_id = entry.id) as pictures
{OF_ENTRY}
left join person on person.id = entry.author_id
left join school on school.id = entry.school_id
{READABLE}
"""
MY_DRAFTS = f"""{LISTED}
where entry.author_id = $1 and publication.id is null and cluster.closed_at is null
  and {NOT_REMOVED} and ($2::uuid is null or entry.cluster_id = $2)
order by entry.id desc limit $3
"""


@dataclass(frozen=True)
class ShownEntry(VisibleEntry):
    """An entry in sight, and the whole row as it is shown."""

    shown: dict[str, Any]


async def shown_entry(entry_id: UUID, pool: Reader, actor: CurrentMember) -> ShownEntry:
    """As `visible_entry`."""
    row = await pool.fetchrow(FOUND, *asked_by(entry_id, actor))
    return ShownEntry(*in_sight(entry_id, row), dict(row or {}))


async def entries_of(
    pool: asyncpg.Pool, sight: Sight, actor: Member, before: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """What is published in clusters in sight, newest published first; my own drafts stand where they were begun."""
    return [dict(row) for row in await pool.fetch(OF_CLUSTERS, *sight, before or GREATEST_ID, limit + 1, actor.id)]


async def entries_of_school(
    pool: asyncpg.Pool, sight: Sight, school_id: UUID, before: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """What those who worked at the school when they wrote published in clusters in sight, newest published first."""
    return [dict(row) for row in await pool.fetch(OF_SCHOOL, *sight, before or GREATEST_ID, limit + 1, school_id)]


async def newest_of(pool: asyncpg.Pool, clusters: list[UUID], limit: int) -> list[dict[str, Any]]:
    """The newest that is published in these clusters."""
    return [dict(row) for row in await pool.fetch(NEWEST, *Sight(clusters), GREATEST_ID, limit)]


async def public_entries(
    pool: asyncpg.Pool, cluster_id: UUID | None, before: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """What is published to everyone, newest publication first."""
    asked = before or GREATEST_ID, limit + 1
    rows = await (pool.fetch(PUBLIC_OF_CLUSTER, *asked, cluster_id) if cluster_id else pool.fetch(PUBLIC, *asked))
    return [dict(row) for row in rows]


async def drafts_of(pool: asyncpg.Pool, actor: Member, limit: int) -> list[dict[str, Any]]:
    return [dict(row) for row in await pool.fetch(MY_DRAFTS, actor.id, actor.bound_to, limit + 1)]

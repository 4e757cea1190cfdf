from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg

from kit.db import Database, columns
from kit.own_facts import REACHED
from services.roster.activity.models import ActivityKind

Cell: TypeAlias = tuple[UUID, date]
"""A cluster and the first day of a month."""

# What is counted ({counted}) takes the place of what was: what is not there any more is nought. A clock that goes back
# makes no count older than the one before.
KEPT = """
with counted as materialized ({counted}),
kept as (
  insert into activity (cluster_id, month, kind, school_id, count, last_on, counted_at, told)
  select cluster_id, month, kind, coalesce(school_id, '00000000-0000-0000-0000-000000000000'), count, last_on,
    clock_timestamp(), false from counted order by 1, 2, 3, 4
  on conflict (cluster_id, month, kind, school_id) do update set count = excluded.count, last_on = excluded.last_on,
    counted_at = greatest(excluded.counted_at, activity.counted_at + interval '1 microsecond'), told = false
  where (activity.count, activity.last_on) is distinct from (excluded.count, excluded.last_on)
  returning cluster_id, month),
emptied as (
  update activity set count = 0, told = false,
    counted_at = greatest(clock_timestamp(), activity.counted_at + interval '1 microsecond')
  from unnest($1::uuid[], $2::date[]) cell(cluster_id, month)
  where activity.cluster_id = cell.cluster_id and activity.month = cell.month and activity.kind = any($3::text[])
    and activity.count > 0 and not exists (
      select from counted where counted.cluster_id = activity.cluster_id and counted.month = activity.month
        and counted.kind = activity.kind
        and coalesce(counted.school_id, '00000000-0000-0000-0000-000000000000') = activity.school_id)
  returning activity.cluster_id, activity.month)
select cluster_id, month from kept union select cluster_id, month from emptied
"""
CELLS = "select distinct cluster_id, month from activity where cluster_id = any($1::uuid[])"
TO_TELL = """
select cluster_id, month, kind, school_id, count, last_on, counted_at from activity where not told
order by counted_at limit $1
"""
UP_TO_DATE = """
select coalesce((select place from cursor where source = $1), 0) + $2 > coalesce((select max(place) from fact), 0)
"""
NEARLY = 1_000  # facts
# What was counted anew meanwhile is told once more.
TOLD = """
update activity set told = true from unnest($1::uuid[], $2::date[], $3::text[], $4::uuid[], $5::timestamptz[])
  said(cluster_id, month, kind, school_id, counted_at)
where activity.cluster_id = said.cluster_id and activity.month = said.month and activity.kind = said.kind
  and activity.school_id = said.school_id and activity.counted_at = said.counted_at
"""


async def keep_counted(
    connection: asyncpg.Connection, counted: str, kinds: Collection[ActivityKind], cells: Iterable[Cell]
) -> set[Cell]:
    """Count these kinds anew in these cells, of which there is one at least; those in which something is otherwise.

    `counted` is a statement over the cells ($1, $2): cluster_id, month, kind, school_id, count, last_on.
    """
    clusters, months = columns(sorted(cells))
    rows = await connection.fetch(KEPT.format(counted=counted), clusters, months, list(kinds))
    return {(row["cluster_id"], row["month"]) for row in rows}


async def cells_of(connection: asyncpg.Connection, clusters: Collection[UUID]) -> set[Cell]:
    """All that was ever counted in these clusters."""
    return {(row["cluster_id"], row["month"]) for row in await connection.fetch(CELLS, list(clusters))}


async def to_tell(pool: asyncpg.Pool, limit: int) -> list[dict[str, Any]]:
    """Sums that clusters has not heard yet, in the order in which they were counted."""
    return [dict(row) for row in await pool.fetch(TO_TELL, limit)]


async def note_told(database: Database, source: str, sums: list[dict[str, Any]]) -> None:
    """These were heard; what `source` counts waits meanwhile, so that both do not lock the same rows in two orders."""
    names = ("cluster_id", "month", "kind", "school_id", "counted_at")
    async with database.writing() as connection:
        # Locked where it is there: only who counts begins it.
        await connection.fetchval(REACHED, source)
        await connection.execute(TOLD, *columns([[each[name] for name in names] for each in sums]))


async def is_up_to_date(pool: asyncpg.Pool, source: str) -> bool:
    """Whether all but the last of the facts are counted."""
    return bool(await pool.fetchval(UP_TO_DATE, source, NEARLY))

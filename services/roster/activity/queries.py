from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg

from kit.db import Plain, columns
from services.roster.activity.models import ActivityKind

Cell: TypeAlias = tuple[UUID, date]
"""A cluster and the first day of a month."""

# What is counted ({counted}) takes the place of what was: what is not there any more is nought.
KEPT = """
with counted as materialized ({counted}),
kept as (
  insert into activity (cluster_id, month, kind, school_id, count, last_on, counted_at, told)
  select cluster_id, month, kind, coalesce(school_id, '00000000-0000-0000-0000-000000000000'), count, last_on,
    clock_timestamp(), false from counted order by 1, 2, 3, 4
  on conflict (cluster_id, month, kind, school_id) do update set count = excluded.count, last_on = excluded.last_on,
    counted_at = excluded.counted_at, told = false
  where (activity.count, activity.last_on) is distinct from (excluded.count, excluded.last_on)
  returning cluster_id, month),
emptied as (
  update activity set count = 0, counted_at = clock_timestamp(), told = false
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
AFTER = """
select distinct cluster_id, month from activity where (cluster_id, month) > ($1, $2)
order by cluster_id, month limit $3
"""
AGAIN = """
update activity set told = false from unnest($1::uuid[], $2::date[]) cell(cluster_id, month)
where activity.cluster_id = cell.cluster_id and activity.month = cell.month
"""
TO_TELL = """
select cluster_id, month, kind, school_id, count, last_on, counted_at from activity where not told
order by counted_at limit $1
"""
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


async def tell_again(connection: asyncpg.Connection, cells: Iterable[Cell]) -> None:
    """Whatever was told of these cells."""
    await connection.execute(AGAIN, *columns(sorted(cells)))


async def cells_after(connection: Plain, after: Cell, limit: int) -> list[Cell]:
    return [(row["cluster_id"], row["month"]) for row in await connection.fetch(AFTER, *after, limit)]


async def to_tell(pool: asyncpg.Pool, limit: int) -> list[dict[str, Any]]:
    """Sums that clusters has not heard yet, in the order in which they were counted."""
    return [dict(row) for row in await pool.fetch(TO_TELL, limit)]


async def note_told(pool: asyncpg.Pool, sums: list[dict[str, Any]]) -> None:
    names = ("cluster_id", "month", "kind", "school_id", "counted_at")
    await pool.execute(TOLD, *columns([[each[name] for name in names] for each in sums]))

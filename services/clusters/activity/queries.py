from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

import asyncpg

from kit.db import columns
from kit.telling import kinds_of
from services.clusters import year_facts as told
from services.clusters.activity.models import Source
from services.clusters.activity.schemas import SumIn
from services.roster.activity.queries import Cell

LOCK = 7_008
NO_SCHOOL = "'00000000-0000-0000-0000-000000000000'"

STEPS = kinds_of(
    told.PlanBegun, told.PlanChanged, told.PlanHandedIn, told.PlanApproved, told.PlanPartDone, told.TodoTicked,
    told.ProposalMade, told.ProposalDecided,
)  # fmt: skip
# The kinds are words of ours, and stand in the statement as such.
PLANNED = f"""
select cell.cluster_id, cell.month, 'planning' as kind, null::uuid as school_id, count(*),
  max((fact.at at time zone 'UTC')::date) as last_on
from unnest($1::uuid[], $2::date[]) cell(cluster_id, month)
join cluster on cluster.id = cell.cluster_id
join fact on fact.cluster_id = cell.cluster_id and fact.place is not null
  and fact.kind in ({", ".join(f"'{kind}'" for kind in sorted(STEPS))})
  and fact.at >= cell.month::timestamp at time zone 'UTC'
  and fact.at < (cell.month + interval '1 month') at time zone 'UTC'
group by cell.cluster_id, cell.month
"""
EVERYTHING = f"""
select distinct cluster_id, date_trunc('month', at at time zone 'UTC')::date as month from fact
where cluster_id = any($1::uuid[]) and kind in ({", ".join(f"'{kind}'" for kind in sorted(STEPS))})
"""
# A cluster that is not known here is passed over; an older count does not take the place of a newer one.
KEPT = """
insert into activity (cluster_id, month, kind, school_id, count, last_on, counted_at, told)
select distinct on (said.cluster_id, said.month, said.kind, said.school_id)
  said.cluster_id, said.month, said.kind, said.school_id, said.count, said.last_on, said.counted_at, true
from unnest($1::uuid[], $2::date[], $3::text[], $4::uuid[], $5::int[], $6::date[], $7::timestamptz[])
  said(cluster_id, month, kind, school_id, count, last_on, counted_at)
join cluster on cluster.id = said.cluster_id
order by said.cluster_id, said.month, said.kind, said.school_id, said.counted_at desc
on conflict (cluster_id, month, kind, school_id) do update set count = excluded.count, last_on = excluded.last_on,
  counted_at = excluded.counted_at where activity.counted_at <= excluded.counted_at
returning cluster_id, month
"""
OF_CLUSTERS = """
insert into cluster_activity (cluster_id, month, kind, count)
select activity.cluster_id, activity.month, activity.kind, sum(activity.count)
from unnest($1::uuid[], $2::date[]) cell(cluster_id, month)
join activity on activity.cluster_id = cell.cluster_id and activity.month = cell.month
group by activity.cluster_id, activity.month, activity.kind
on conflict (cluster_id, month, kind) do update set count = excluded.count
"""
OF_COUNTRIES = """
insert into country_activity (country, month, kind, count)
select touched.country, touched.month, each.kind, sum(each.count)
from (select distinct cluster.country, cell.month from unnest($1::uuid[], $2::date[]) cell(cluster_id, month)
  join cluster on cluster.id = cell.cluster_id) touched
join cluster on cluster.country = touched.country
join cluster_activity each on each.cluster_id = cluster.id and each.month = touched.month
group by touched.country, touched.month, each.kind
on conflict (country, month, kind) do update set count = excluded.count
"""
LATEST = """
insert into latest_activity (cluster_id, school_id, last_on)
select cluster_id, coalesce(school_id, '00000000-0000-0000-0000-000000000000'),
  max(last_on) filter (where count > 0)
from activity where cluster_id = any($1::uuid[]) and month <= $2
  and (school_id <> '00000000-0000-0000-0000-000000000000' or kind in ('meetings', 'planning'))
group by grouping sets ((cluster_id), (cluster_id, school_id))
having grouping(school_id) = 1 or school_id <> '00000000-0000-0000-0000-000000000000'
on conflict (cluster_id, school_id) do update set last_on = excluded.last_on
"""


COMPLETE = """
insert into activity_source (source, complete_at) values ($1, $2)
on conflict (source) do update set complete_at = excluded.complete_at
"""
# Before that, whoever is not counted yet would be taken for quiet.
ALL_TOLD = "(select count(*) = 2 from activity_source)"
NEAR = """
select distinct cluster_id from cluster_activity
where month between $1 and $2 and kind = 'meetings' and count > 0 and not exists (
  select from latest_activity latest where latest.cluster_id = cluster_activity.cluster_id
    and latest.school_id = '00000000-0000-0000-0000-000000000000' and latest.last_on >= cluster_activity.month)
"""


async def lock_sums(connection: asyncpg.Connection) -> None:
    """Until the commit: of two sets that are added up at once, the second sees the first."""
    await connection.execute("select pg_advisory_xact_lock($1)", LOCK)


async def keep_told(connection: asyncpg.Connection, sums: Sequence[SumIn]) -> set[Cell]:
    """The cells in which something was kept."""
    rows = [
        (each.cluster_id, each.month, each.kind, each.school_id, each.count, each.last_on, each.counted_at)
        for each in sums
    ]
    return {(row["cluster_id"], row["month"]) for row in await connection.fetch(KEPT, *columns(rows))}


async def add_up(connection: asyncpg.Connection, cells: set[Cell]) -> None:
    """Over the schools of each cluster, and over the clusters of each country."""
    clusters, months = columns(sorted(cells))
    await connection.execute(OF_CLUSTERS, clusters, months)
    await connection.execute(OF_COUNTRIES, clusters, months)


async def keep_latest(connection: asyncpg.Connection, clusters: Iterable[UUID], until: date) -> None:
    """When something last happened or is planned, as far as this month."""
    await connection.execute(LATEST, sorted(clusters), until)


async def note_complete(connection: asyncpg.Connection, source: Source, at: datetime) -> None:
    await connection.execute(COMPLETE, source, at)


async def clusters_with_meetings_near(pool: asyncpg.Pool, months: tuple[date, date]) -> list[UUID]:
    """Those of which it is not kept yet that they meet in these months."""
    return [row["cluster_id"] for row in await pool.fetch(NEAR, *months)]


async def touched(connection: asyncpg.Connection, facts: Sequence[asyncpg.Record]) -> set[Cell]:
    return {(fact["cluster_id"], fact["at"].date().replace(day=1)) for fact in facts if fact["cluster_id"]}

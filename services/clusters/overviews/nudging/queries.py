from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from kit.dates import FIRST_MONTH, school_year_of
from kit.db import Plain, columns
from services.clusters.activity.queries import ALL_TOLD, NO_SCHOOL
from services.clusters.clusters.support.levels import SUPPORT, Level
from services.clusters.overviews.nudging.quiet import quiet_before

OF_EACH = 3
PLANS_FROM, PLANS_UNTIL = 10, 5  # months: before and after them no plan is missed
SETTLED_IN = timedelta(days=30)
MET_OFTEN, ENTRY_EVERY = 5, 3
RESTS = """
exists (select from nudge_rest where person_id = $1 and nudge_rest.cluster_id = {cluster}
  and nudge_rest.school_id = {school} and until > $2)
"""
# What each level means comes as columns, beside its countries.
NUDGES = f"""
with level as (
  select * from unnest($3::text[], $4::date[], $5::bool[], $6::bool[], $7::bool[], $8::bool[])
    level(country, quiet_before, quiet_schools, few_entries, no_plan, late)),
seen as (
  select cluster.id, cluster.name, level.*, cluster.zone,
    (cluster.formed_at at time zone cluster.zone)::date as formed_on,
    latest.last_on
  from level join cluster on cluster.country = level.country and cluster.closed_at is null
  left join latest_activity latest on latest.cluster_id = cluster.id and latest.school_id = {NO_SCHOOL}
  where not {RESTS.format(cluster="cluster.id", school=NO_SCHOOL)})
(select 'quiet' as why, id as cluster_id, name as cluster, null::uuid as school_id, '' as school,
    greatest(last_on, formed_on) as since, 0 as count, 0 as entries
  from seen where greatest(last_on, formed_on) < quiet_before and {ALL_TOLD} order by since, id limit {OF_EACH})
union all
(select 'no_plan', id, name, null, '', null, 0, 0 from seen
  where no_plan and $9 and formed_on < $10 and not exists (select from plan where cluster_id = seen.id and year = $11)
  order by name, id limit {OF_EACH})
union all
(select 'late', seen.id, seen.name, null, '', overdue.since, overdue.count::int, 0
  from seen cross join lateral (
    select count(*) as count, min(part.ends) as since from plan join plan_part part on part.plan_id = plan.id
    where plan.cluster_id = seen.id and plan.year = $11 and part.kind = 'milestone' and part.removed_at is null
      and part.done_at is null and part.ends < $2) overdue
  where seen.late and overdue.count > 0 order by overdue.since, seen.id limit {OF_EACH})
union all
(select 'quiet_school', seen.id, seen.name, school.id, school.name, quiet.since, 0, 0
  from seen join membership on membership.cluster_id = seen.id and membership.ended_at is null
  join school on school.id = membership.school_id
  left join latest_activity latest on latest.cluster_id = seen.id and latest.school_id = membership.school_id
  cross join lateral (
    select greatest(latest.last_on, (membership.begun_at at time zone seen.zone)::date) as since) quiet
  where seen.quiet_schools and quiet.since < seen.quiet_before and {ALL_TOLD}
    and greatest(seen.last_on, seen.formed_on) >= seen.quiet_before
    and not {RESTS.format(cluster="seen.id", school="school.id")}
  order by quiet.since, school.id limit {OF_EACH})
union all
(select 'few_entries', seen.id, seen.name, null, '', null, sums.meetings::int, sums.entries::int
  from seen cross join lateral (
    select coalesce(sum(count) filter (where kind = 'meetings'), 0) as meetings,
      coalesce(sum(count) filter (where kind = 'entries'), 0) as entries
    from cluster_activity where cluster_id = seen.id and month >= $12 and month < date_trunc('month', $2::date)) sums
  where seen.few_entries and {ALL_TOLD}
    and sums.meetings >= {MET_OFTEN} and sums.entries * {ENTRY_EVERY} < sums.meetings
  order by sums.meetings - sums.entries desc, seen.id limit {OF_EACH})
"""
RESTED = """
insert into nudge_rest (person_id, cluster_id, school_id, until) values ($1, $2, $3, $4)
on conflict (person_id, cluster_id, school_id) do update set until = excluded.until
"""
ENDED = "delete from nudge_rest where person_id = $1 and cluster_id = $2 and school_id = $3"
BELONGED = "select exists (select from membership where cluster_id = $1 and school_id = $2)"
PAST = "delete from nudge_rest where until <= $1"
QUIET_SCHOOLS = f"""
select membership.school_id, quiet.since
from membership join cluster on cluster.id = membership.cluster_id
left join latest_activity latest on latest.cluster_id = membership.cluster_id
  and latest.school_id = membership.school_id
cross join lateral (
  select greatest(latest.last_on, (membership.begun_at at time zone cluster.zone)::date) as since) quiet
where membership.cluster_id = $3 and membership.ended_at is null and quiet.since < $4
  and {ALL_TOLD}
  and not {RESTS.format(cluster="membership.cluster_id", school="membership.school_id")}
"""


async def nudges(pool: asyncpg.Pool, person_id: UUID, levels: Mapping[str, Level], day: date) -> list[dict[str, Any]]:
    """Of the countries whose levels these are, what a look might help with; at most three of each kind."""
    year = school_year_of(day)
    misses_plans = not PLANS_UNTIL < day.month < PLANS_FROM
    behaviours = [(country, SUPPORT[level]) for country, level in levels.items()]
    rows = [
        (
            country,
            quiet_before(day, each.quiet_weeks) if each.quiet_weeks else None,
            each.quiet_schools,
            each.few_entries,
            each.no_plan,
            each.late,
        )
        for country, each in behaviours
    ]
    if not rows:
        return []
    asked = (misses_plans, day - SETTLED_IN, year, date(year, FIRST_MONTH, 1))
    return [dict(row) for row in await pool.fetch(NUDGES, person_id, day, *columns(rows), *asked)]


async def quiet_schools(
    pool: asyncpg.Pool, person_id: UUID | None, cluster_id: UUID, day: date, weeks: int
) -> dict[UUID, date]:
    """Since when schools of a cluster have been quiet, but for those that this person wants to rest."""
    rows = await pool.fetch(QUIET_SCHOOLS, person_id, day, cluster_id, quiet_before(day, weeks))
    return {row["school_id"]: row["since"] for row in rows}


async def belonged(connection: Plain, cluster_id: UUID, school_id: UUID) -> bool:
    """Whether a school is or was in a cluster."""
    return bool(await connection.fetchval(BELONGED, cluster_id, school_id))


async def rest(connection: Plain, person_id: UUID, cluster_id: UUID, school_id: UUID, until: date | None) -> None:
    if until is None:
        await connection.execute(ENDED, person_id, cluster_id, school_id)
    else:
        await connection.execute(RESTED, person_id, cluster_id, school_id, until)


async def forget_past(pool: asyncpg.Pool, day: date) -> None:
    await pool.execute(PAST, day)

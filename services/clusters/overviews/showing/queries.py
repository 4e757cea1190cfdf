from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from kit.dates import FIRST_MONTH, school_year_of
from kit.db import columns
from services.clusters.activity.queries import ALL_TOLD, NO_SCHOOL
from services.clusters.clusters.support.levels import SUPPORT, Level
from services.clusters.directory.schools.queries import NEWEST
from services.clusters.overviews.nudging.quiet import quiet_before
from services.clusters.overviews.showing.schemas import Only
from services.clusters.year.todos.queries import CONCERNED
from services.roster.activity.models import ActivityKind
from services.roster.standing import Member

MOST_NAMED = 3
LEVELS = """
level as (select * from unnest({countries}::text[], {quiet}::date[]) level(country, quiet_before))
"""
SINCE = "greatest(latest.last_on, (cluster.formed_at at time zone cluster.zone)::date)"
QUIET = f"({SINCE} < level.quiet_before and cluster.closed_at is null and {ALL_TOLD})"
LATEST = f"left join latest_activity latest on latest.cluster_id = cluster.id and latest.school_id = {NO_SCHOOL}"
# As the policy has `help.see`: the country's, and the programme's once they climbed.
ASKS_HELP = """
(select count(*) from help_request where help_request.cluster_id = cluster.id and help_request.due_at is not null
  and (cluster.country = any({countries}) or help_request.climbed_at is not null))
"""
LATE = f"""
(select count(*) from plan join plan_part part on part.plan_id = plan.id
  where plan.cluster_id = cluster.id and plan.year = $9 and cluster.closed_at is null
    and part.kind = 'milestone' and part.removed_at is null
    and part.done_at is null and part.ends < ($1::timestamptz at time zone cluster.zone)::date)
+ (select count(*) from ({CONCERNED}) concerned join todo on todo.id = concerned.todo_id
  where concerned.cluster_id = cluster.id and concerned.late and todo.due between $5 and $6::date + 30)
"""
# As it is now, whatever the year; a closed cluster has none any more.
IN_DEVELOPMENT_PLANS = """
cross join lateral (
  select count(*) as schools, count(development_plan.since) as in_development_plans
  from membership left join development_plan on development_plan.school_id = membership.school_id
  where membership.cluster_id = cluster.id and membership.ended_at is null and cluster.closed_at is null) there
"""
# $1 the moment, $2 countries of a national coordinator, $3 and $4 countries and when their clusters are quiet,
# $5 the first month, $6 the last, $7 the kind, $8 the present month, $9 the year, $10 the clusters, $11 countries in
# which quiet schools are named.
ROWS = f"""
with {LEVELS.format(countries="$3", quiet="$4")}
select cluster.id as cluster_id, cluster.name, cluster.country, cluster.approach,
  (select coalesce(json_object_agg(to_char(month, 'YYYY-MM'), count), '{{}}') from cluster_activity
    where cluster_id = cluster.id and month between $5 and $8 and kind = $7 and count > 0) as months,
  (select coalesce(json_object_agg(to_char(month, 'YYYY-MM'), count), '{{}}') from cluster_activity
    where cluster_id = cluster.id and month > $8 and month <= $6 and kind = 'meetings' and count > 0) as planned,
  {ASKS_HELP.format(countries="$2")} as asks_help,
  {LATE} as late, there.*, cluster.closed_at is not null as is_closed,
  case when {QUIET} then {SINCE} end as quiet_since,
  array(select school.name from membership join school on school.id = membership.school_id
    left join latest_activity of_school on of_school.cluster_id = cluster.id
      and of_school.school_id = membership.school_id
    where cluster.country = any($11) and {ALL_TOLD}
      and membership.cluster_id = cluster.id and membership.ended_at is null
      and greatest(of_school.last_on, (membership.begun_at at time zone cluster.zone)::date) < level.quiet_before
    order by school.name limit {MOST_NAMED}) as quiet_schools
from level join cluster on cluster.country = level.country {LATEST} {IN_DEVELOPMENT_PLANS}
where cluster.id = any($10::uuid[])
"""
# The names of all of them, so that a page is put in the order of the reader's language; each is told what any asks for.
NAMED = {
    only: f"""
with {LEVELS.format(countries="$3", quiet="$4")},
asked as (select $1::timestamptz, $2::text[], $5::date, $6::date, $7::int)
select cluster.id as cluster_id, cluster.name
from level join cluster on cluster.country = level.country {LATEST}
where (cluster.closed_at is null or cluster.closed_at >= $5) {condition}
"""
    for only, condition in {
        None: "",
        Only.help: f"and {ASKS_HELP.format(countries='$2')} > 0",
        Only.late: f"and {LATE.replace('$9', '$7')} > 0",
        Only.quiet: f"and {QUIET}",
    }.items()
}
COUNTRIES = f"""
with {LEVELS.format(countries="$1", quiet="$2")}
select level.country, counted.*, there.*,
  (select coalesce(json_object_agg(to_char(month, 'YYYY-MM'), count), '{{}}') from country_activity
    where country = level.country and month between $4 and $7 and kind = $6 and count > 0) as months,
  (select coalesce(json_object_agg(to_char(month, 'YYYY-MM'), count), '{{}}') from country_activity
    where country = level.country and month > $7 and month <= $5 and kind = 'meetings' and count > 0) as planned
from level cross join lateral (
  select count(*) as clusters, count(*) filter (where {QUIET}) as quiet,
    (select count(*) from help_request join cluster asking on asking.id = help_request.cluster_id
      where help_request.due_at is not null and asking.country = level.country and asking.closed_at is null
        and (level.country = any($3) or help_request.climbed_at is not null)) as asks_help
  from cluster {LATEST}
  where cluster.country = level.country and (cluster.closed_at is null or cluster.closed_at >= $4)) counted
cross join lateral (
  select count(*) as schools, count(development_plan.since) as in_development_plans
  from (select distinct membership.school_id from membership join cluster on cluster.id = membership.cluster_id
    where cluster.country = level.country and cluster.closed_at is null and membership.ended_at is null) here
  left join development_plan on development_plan.school_id = here.school_id) there
order by level.country
"""
# Only kinds that are known here: beside a newer version there may be others.
TOTALS = """
select kind, sum(count)::int as count from country_activity
where country = any($1) and month between $2 and $3 and kind <> 'people' and kind = any($4) group by kind
"""
WITH_CLUSTERS = """
select distinct country from cluster where closed_at is null or closed_at >= $1 order by country limit 300
"""
SCHOOLS = f"""
select school.id as school_id, school.name, here.role, here.ended_at is not null as has_left, newest.teachers,
  case when here.ended_at is null then development_plan.since end as in_development_plan_since,
  (select coalesce(json_object_agg(kind, total), '{{}}') from (
    select kind, sum(count) as total from activity
    where cluster_id = $1 and month between $5 and $6 and activity.school_id = school.id group by kind) sums
  ) as counts,
  (select coalesce(json_object_agg(to_char(month, 'YYYY-MM'), count), '{{}}') from activity
    where cluster_id = $1 and month between $2 and $3 and activity.school_id = school.id and kind = $4 and count > 0
  ) as months
from (select distinct on (school_id) * from membership where cluster_id = $1
    and begun_at < $3::date + interval '1 month' and (ended_at is null or ended_at >= $2)
  order by school_id, ended_at desc nulls first) here
join school on school.id = here.school_id {NEWEST}
left join development_plan on development_plan.school_id = school.id
order by array_position(array['mentor', 'lab', 'mentee'], here.role), school.name, school.id limit 200
"""
OF_CLUSTER = """
select kind, school_id <> all($4::uuid[]) as of_none, month, sum(count)::int as count
from activity where cluster_id = $1 and month between $2 and $3 and kind = any($5) group by kind, of_none, month
"""


class Span(NamedTuple):
    """A school year: its first month, its last, and the present one or its last."""

    first: date
    last: date
    now: date

    @property
    def year(self) -> int:
        return self.first.year

    def has(self, day: date) -> bool:
        return self.year == school_year_of(day)


def span_of(year: int, day: date) -> Span:
    first, last = date(year, FIRST_MONTH, 1), date(year + 1, FIRST_MONTH - 1, 1)
    return Span(first, last, max(first, min(last, day.replace(day=1))))


async def countries_with_clusters(pool: asyncpg.Pool, span: Span) -> list[str]:
    """Those that had one in this school year, or have one now."""
    return [row["country"] for row in await pool.fetch(WITH_CLUSTERS, span.first)]


async def is_complete(pool: asyncpg.Pool) -> bool:
    """Whether every service has told its sums."""
    return bool(await pool.fetchval(f"select {ALL_TOLD}"))


async def countries_summed_up(
    pool: asyncpg.Pool, actor: Member, levels: Mapping[str, Level], span: Span, day: date, kind: ActivityKind
) -> list[dict[str, Any]]:
    if not levels:
        return []
    asked = (*columns(_quiet(levels, day, span)), actor.countries, span.first, span.last, kind, span.now)
    return [dict(row) for row in await pool.fetch(COUNTRIES, *asked)]


async def totals(pool: asyncpg.Pool, countries: list[str], span: Span) -> dict[str, int]:
    """Until now, of each kind; who came in several months is not counted by adding them."""
    rows = await pool.fetch(TOTALS, countries, span.first, span.now, [*ActivityKind])
    return {row["kind"]: row["count"] for row in rows}


async def clusters_named(
    pool: asyncpg.Pool, actor: Member, levels: Mapping[str, Level], span: Span, at: datetime, only: Only | None
) -> list[dict[str, Any]]:
    """All clusters of these countries, or those that stand out by this."""
    if not levels:
        return []
    asked = (at, actor.countries, *columns(_quiet(levels, at.date(), span)), *span[:2], span.year)
    return [dict(row) for row in await pool.fetch(NAMED[only], *asked)]


async def cluster_rows(
    pool: asyncpg.Pool,
    actor: Member,
    levels: Mapping[str, Level],
    span: Span,
    at: datetime,
    kind: ActivityKind,
    clusters: Sequence[UUID],
) -> dict[UUID, dict[str, Any]]:
    """What the overview says of each of these clusters."""
    if not levels:
        return {}
    named = [country for country in actor.countries if country in levels and SUPPORT[levels[country]].quiet_schools]
    asked = (at, actor.countries, *columns(_quiet(levels, at.date(), span)), *span[:2], kind, span.now, span.year)
    return {row["cluster_id"]: dict(row) for row in await pool.fetch(ROWS, *asked, list(clusters), named)}


async def schools_summed_up(
    pool: asyncpg.Pool, cluster_id: UUID, span: Span, kind: ActivityKind, counted: tuple[date, date]
) -> list[dict[str, Any]]:
    """The schools of a cluster in a school year, those that mentor first; those that left in it, too.

    Of the kind by month, and of each kind what is `counted` from one month to another.
    """
    return [dict(row) for row in await pool.fetch(SCHOOLS, cluster_id, span.first, span.now, kind, *counted)]


async def cluster_summed_up(
    pool: asyncpg.Pool, cluster_id: UUID, span: Span, schools: list[UUID]
) -> list[asyncpg.Record]:
    """Of each kind and month, by whether it is of none of these schools."""
    return list(await pool.fetch(OF_CLUSTER, cluster_id, span.first, span.now, schools, [*ActivityKind]))


def _quiet(levels: Mapping[str, Level], day: date, span: Span) -> list[tuple[str, date | None]]:
    """Each country, and when its clusters are quiet: of another school year nobody asks."""
    weeks = [(country, SUPPORT[level].quiet_weeks if span.has(day) else None) for country, level in levels.items()]
    return [(country, quiet_before(day, each) if each else None) for country, each in weeks]

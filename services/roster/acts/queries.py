"""Which facts are acts of a cluster, a school, a country or the programme: the newest first, by index."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import asyncpg
from fastapi import Path

from kit.db import Plain, Reader
from kit.pages import cursor
from kit.problems import NotFound
from services.roster.acts.schemas import Acts
from services.roster.sight import InCluster, cluster_in_sight
from services.roster.standing import CurrentMember

# $1 and $2 are where the page begins, $3 the earliest moment, $4 the kinds, $5 how many, $6 of what, $7 the reader.
WITHIN = """
fact.at >= $3 and (fact.at, fact.seq) < ($1, $2) and (fact.actor_id is not null or fact.client_id is not null)
"""
NEWEST = "order by fact.at desc, fact.seq desc limit $5"
# Of each cluster and each kind no more than a page, so that no list is long to be put in order.
OF_CLUSTERS = """
select fact.* from ({clusters}) the_cluster(id) cross join unnest($4::varchar[]) the_kind(kind) cross join lateral (
  select * from fact
  where fact.cluster_id = the_cluster.id and fact.kind = the_kind.kind and {whose} and {within} {newest}
) fact
"""
OF_SCHOOLS = """
select fact.* from ({schools}) the_school(id, since) cross join lateral (
  select * from fact
  where fact.data ->> 'school_id' = the_school.id::text and fact.kind = any($4::varchar[])
    and fact.at >= the_school.since and {whose} and {within} {newest}
) fact
"""
OF_KINDS = """
select fact.* from unnest($4::varchar[]) the_kind(kind) cross join lateral (
  select * from fact where fact.kind = the_kind.kind and {whose} and {within} {newest}
) fact
"""
ALL, OWN = "true", "fact.actor_id = $7::uuid"
OWN_AND_OFFICES = "(fact.actor_id = $7::uuid or fact.office is not null)"
# No `exists`: the planner would read all facts first, and then ask who are on the staff.
BY_ITS_STAFF = """
(select count(*) from staff where staff.person_id = fact.actor_id and staff.school_id = $6::uuid
  and staff.began_at <= fact.at and (staff.ended_at is null or staff.ended_at >= fact.at)) > 0
"""
IN_NO_OTHER = "(fact.cluster_id is null or fact.cluster_id = $6::uuid)"
OF_THE_COUNTRY = "fact.cluster_id is null and fact.data ->> 'country' = $6::varchar"
# What is of a country and neither of a cluster nor of a school.
OF_COUNTRIES = """
the_kind.kind in ('office.given', 'office.ended', 'import.begun', 'help.promised', 'support.chosen', 'todo.set',
  'todo.changed', 'todo.removed', 'todo.reminded')
"""
SCHOOL = """
select id, country from school where id = $1 and (
  id = any($2) or country = any($4) or $5 or exists (
    select from membership where school_id = $1 and ended_at is null
      and cluster_id in (select cluster_id from clusters_in_sight($3, $4, $5))))
"""


class Whose(StrEnum):
    """Whose acts of a cluster somebody is shown."""

    everybodys = ALL
    own = OWN
    own_and_of_offices = OWN_AND_OFFICES


@dataclass(frozen=True)
class SchoolInSight:
    school_id: UUID
    country: str


@dataclass(frozen=True)
class OfCountry:
    country: str


async def cluster_of_acts(cluster_id: UUID, pool: Reader, actor: CurrentMember) -> InCluster:
    """Raises NotFound."""
    return await cluster_in_sight(pool, actor, cluster_id)


async def school_of_acts(school_id: UUID, pool: Reader, actor: CurrentMember) -> SchoolInSight:
    """A school that I work at, or that is in a cluster within my sight. Raises NotFound."""
    row = await pool.fetchrow(SCHOOL, school_id, list(actor.schools), *actor.sight)
    if row is None:
        raise NotFound
    return SchoolInSight(row["id"], row["country"])


async def country_of_acts(country: Annotated[str, Path(pattern="^[A-Z]{2}$")]) -> OfCountry:
    return OfCountry(country)


def _clusters(clusters: str, whose: str) -> str:
    return OF_CLUSTERS.format(clusters=clusters, whose=whose, within=WITHIN, newest=NEWEST)


def _schools(schools: str, whose: str) -> str:
    return OF_SCHOOLS.format(schools=schools, whose=whose, within=WITHIN, newest=NEWEST)


def _kinds(whose: str) -> str:
    return OF_KINDS.format(whose=whose, within=WITHIN, newest=NEWEST)


ITS_SCHOOLS = "select school_id, begun_at from membership where cluster_id = $6::uuid and ended_at is null"
OF_CLUSTER: Mapping[Whose, tuple[str, ...]] = {
    whose: (_clusters("select $6::uuid", whose), _schools(ITS_SCHOOLS, f"{whose} and {IN_NO_OTHER}")) for whose in Whose
}
OF_SCHOOL = (
    _schools("select $6::uuid, '-infinity'::timestamptz", ALL),
    _clusters("select cluster_id from membership where school_id = $6::uuid and ended_at is null", BY_ITS_STAFF),
)
OF_A_COUNTRY = (
    _clusters("select id from cluster where country = $6::varchar", ALL),
    _schools("select id, '-infinity'::timestamptz from school where country = $6::varchar", ALL),
    _kinds(f"{OF_COUNTRIES} and {OF_THE_COUNTRY}"),
)


def of_programme(acts: Acts) -> tuple[str, ...]:
    whose = "fact.cluster_id is not null" if acts.all_in_clusters else ALL
    return (_kinds(f"$6::varchar is null and {whose}"),)


def statement(acts: Acts, branches: tuple[str, ...]) -> str:
    """A page of acts, with the names of what they are about as these are now: one statement."""
    return f"""
select act.seq, act.at, act.kind, act.office, act.thing_id, act.detail,
  act.actor_id, nullif(coalesce(actor.name, case when act.actor_id = act.cluster_id then cluster.name end), '')
    as actor_name, act.person_id, nullif(whom.name, '') as person_name,
  act.client_id, cluster.id as cluster_id, cluster.name as cluster_name, school.id as school_id,
  school.name as school_name, coalesce(act.data ->> 'country', cluster.country, school.country) as country,
  case when act.thing_id is not null then {acts.thing_name} end as thing_name
from (
  select distinct on (act.at, act.seq) act.seq, act.at, act.kind, act.office, act.cluster_id, act.actor_id, act.data,
    coalesce(act.data ->> 'role', act.data ->> 'kind', act.data ->> 'reach') as detail,
    {acts.thing_id} as thing_id, (act.data ->> 'school_id')::uuid as school_id,
    case when act.kind not like 'invitation.%' then (act.data ->> 'person_id')::uuid end as person_id,
    case when act.actor_id is null or act.said_by is null then act.client_id end as client_id
  from ({" union all ".join(branches)}) act
  order by act.at desc, act.seq desc limit $5
) act
left join person actor on actor.id = act.actor_id
left join person whom on whom.id = act.person_id
left join school on school.id = act.school_id
left join cluster on cluster.id = act.cluster_id
order by act.at desc, act.seq desc
"""


async def acts_in(pool: Plain, asked: str, *values: Any) -> list[dict[str, Any]]:
    return [_shown(row) for row in await pool.fetch(asked, *values)]


def _shown(row: asyncpg.Record) -> dict[str, Any]:
    """What is named by an id and a name is one field of the answer."""
    named = {
        what: {"id": row[f"{what}_id"], "name": row[f"{what}_name"]} if row[f"{what}_id"] else None
        for what in ("actor", "person", "cluster", "school", "thing")
    }
    return dict(row) | named | {"cursor": cursor(row["at"], row["seq"])}

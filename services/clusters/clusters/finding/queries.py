from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from kit.collation import folded
from kit.db import Reader
from kit.languages import FALLBACK, SPOKEN
from kit.pages import LEAST_ID
from kit.problems import NotFound
from services.clusters.clusters.clusters.models import Approach
from services.clusters.clusters.colleagues.queries import WHERE, as_seen
from services.clusters.clusters.finding.schemas import ClusterState, SchoolPageOut
from services.clusters.directory.cards.queries import SAID, WHAT_THEY_SAID
from services.clusters.directory.schools.models import School, SchoolKind
from services.clusters.directory.schools.names import patterns, words_of
from services.clusters.directory.schools.queries import COUNTED, NEWEST, NUMBERS, VisibleSchool
from services.clusters.sight import sight_of
from services.roster.standing import CurrentMember, Member

MOST_ALIKE = 5
FEW = 1_000
ITEM = f"""
select school.id, school.name, school.official_name, {NUMBERS}, school.kind, school.town, school.country,
  newest.year, newest.students, newest.teachers,
  exists (select from membership where school_id = school.id and ended_at is null) as in_cluster
"""
FOUND = f"""
{ITEM}, school_order.key
from school_order join school on school.id = school_order.school_id {NEWEST}
where school_order.language = $1 and (school_order.key, school_order.school_id) > ($2, $3)
"""
IN_ORDER = " order by school_order.key, school_order.school_id limit $4"
OF_COUNTRY = {True: "school.country = {}", False: "school_order.country = {}"}  # searched, or in order
IN_CLUSTER = {
    True: "school.id in (select school_id from membership where ended_at is null)",
    False: "not exists (select from membership where school_id = school.id and ended_at is null)",
}
ALIKE = f"""
{ITEM} from school {NEWEST}
where school.country = $1 and $2 <% school.found_by
order by word_similarity($2, school.found_by) desc, school.id limit 200
"""
PAGE = f"""
select school.*, {NUMBERS},
  (select coalesce(json_agg(json_build_object('year', year, 'students', students, 'teachers', teachers) order by year),
    '[]') from (select year, {COUNTED} from headcount where school_id = school.id) counted) as headcounts,
  (select json_build_object('id', id, 'name', name) from school whole where whole.id = school.branch_of) as whole,
  (select coalesce(json_agg(json_build_object('id', id, 'name', name) order by id), '[]')
     from (select id, name from school branch where branch.branch_of = school.id order by id limit 100) branches
  ) as branches,
  (select coalesce(json_agg(json_build_object('id', cluster.id, 'name', cluster.name, 'role', membership.role,
      'begun_at', membership.begun_at) order by membership.begun_at), '[]')
     from membership join cluster on cluster.id = membership.cluster_id
     where membership.school_id = school.id and membership.ended_at is null
       and cluster.id in (select cluster_id from clusters_in_sight($2, $3, $4))
  ) as clusters,
  (select coalesce(array_agg(cluster_id order by begun_at), '{{}}') from membership
     where school_id = school.id and ended_at is null) as cluster_ids
from school where id = $1
"""
STAFF = f"""
select staff.id as staff_id, person.id as person_id, person.name, staff.role, staff.began_at, {SAID}, {WHERE}
from staff join person on person.id = staff.person_id {WHAT_THEY_SAID}
where staff.school_id = $1 and staff.ended_at is null order by staff.id
"""
CLUSTERS = """
select cluster.id, cluster.name, {} as has_school
from clusters_in_sight($1, $2, $3) within join cluster on cluster.id = within.cluster_id
"""
HAS_SCHOOL = """
cluster.id in (select membership.cluster_id from membership join school on school.id = membership.school_id
  where membership.ended_at is null and {})
"""
HAS_BEGUN = "exists (select from beginning where cluster_id = cluster.id)"
IN_STATE = {
    ClusterState.forming: f"cluster.closed_at is null and not {HAS_BEGUN}",
    ClusterState.active: f"cluster.closed_at is null and {HAS_BEGUN}",
    ClusterState.closed: "cluster.closed_at is not null",
}
WITH_SUMS = """
select cluster.id, cluster.name, cluster.country, cluster.approach, cluster.formed_at, cluster.closed_at,
  (select begun_at from beginning where cluster_id = cluster.id) as begun_at,
  (select count(*) from membership where cluster_id = cluster.id and ended_at is null) as schools,
  (select count(distinct staff.person_id) from membership
     join staff on staff.school_id = membership.school_id and staff.ended_at is null
     where membership.cluster_id = cluster.id and membership.ended_at is null) as people
from cluster where id = any($1) order by array_position($1, id)
"""


class Asked(NamedTuple):
    """What the directory is asked for: words in any of the names, and what narrows it down."""

    words: str = ""
    country: str | None = None
    kind: SchoolKind | None = None
    in_cluster: bool | None = None

    @property
    def is_searched(self) -> bool:
        """Whether more is asked for than what the order of a country knows."""
        return bool(patterns(self.words)) or self.kind is not None


async def found_schools(
    pool: asyncpg.Pool, asked: Asked, language: str, after: tuple[bytes, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """One more than asked, by name as this language sorts; as the fallback does where the house does not speak it.

    Few that are found by words or by their kind are put in order. Of many, the order is walked until the page is full:
    each is asked about by a subquery of its own, as the planner takes the many for few and would sort them all. Of
    30,000 schools, few are found in 1 ms; a word that nearly all have takes up to 20.
    """
    key, school_id = after or (b"", LEAST_ID)
    order: list[Any] = [language if language in SPOKEN else FALLBACK, key, school_id, limit + 1]
    text, values = _narrowed(asked, len(order) + 1)
    if asked.is_searched:
        ids = await _few(pool, asked)
        if len(ids) <= FEW:
            text, values = f"{text} and school.id = any(${len(order) + len(values) + 1})", [*values, ids]
        else:
            text = f"(select {text} from school where id = school_order.school_id)"
    rows = await pool.fetch(" and ".join(filter(None, [FOUND, text])) + IN_ORDER, *order, *values)
    return [dict(row) | {"key": row["key"].hex()} for row in rows]


async def _few(pool: asyncpg.Pool, asked: Asked) -> list[UUID]:
    """The schools that are asked for, at most one more than few are."""
    text, values = _narrowed(asked, 1)
    rows = await pool.fetch(f"select school.id from school where {text} order by school.id limit {FEW + 1}", *values)
    return [row["id"] for row in rows]


def _narrowed(asked: Asked, first: int) -> tuple[str, list[Any]]:
    """The conditions, whose values are counted from `first`, and these values.

    Put together from texts that stand here, with the values apart: as parameters that may be null, each condition would
    be planned for whatever may come, and no index used.
    """
    wanted: list[tuple[str, Any]] = [(f"school.found_by {how} {{}}", what) for how, what in patterns(asked.words)]
    wanted += [(OF_COUNTRY[asked.is_searched], asked.country)] if asked.country else []
    wanted += [("school.kind = {}", asked.kind)] if asked.kind else []
    conditions = [condition.format(f"${n}") for n, (condition, _) in enumerate(wanted, first)]
    conditions += [IN_CLUSTER[asked.in_cluster]] if asked.in_cluster is not None else []
    return " and ".join(conditions), [value for _, value in wanted]


async def schools_alike(pool: asyncpg.Pool, name: str, town: str, country: str) -> list[dict[str, Any]]:
    """Schools of the same town that are called much like this one, at most five."""
    rows = await pool.fetch(ALIKE, country, folded(name))
    return [dict(row) for row in rows if folded(row["town"]) == folded(town)][:MOST_ALIKE]


@dataclass(frozen=True)
class KnownSchool(VisibleSchool):
    """A school as its page shows it; `shows_people` where the reader may know who works there."""

    page: dict[str, Any] | None = None


async def known_school(school_id: UUID, pool: Reader, actor: CurrentMember) -> KnownSchool:
    """Any school, for people and for the house: what a register says is no secret. Raises NotFound.

    A program that a cluster let in knows of those in its sight.
    """
    row = await pool.fetchrow(PAGE, school_id, *sight_of(actor))
    if row is None or (actor.bound_to and not row["clusters"]):
        raise NotFound
    page = dict(row)
    cluster_ids = page.pop("cluster_ids")
    return KnownSchool(School(**{name: page[name] for name in School.model_fields}), cluster_ids, page=page)


def shows_people(found: KnownSchool, actor: Member) -> bool:
    """Whether `visible_school` would find it."""
    above = sight_of(actor).everything or found.country in actor.countries
    return above or found.school_id in actor.schools or bool(found.page and found.page["clusters"])


async def staff_of(pool: asyncpg.Pool, school_id: UUID, reader: Member) -> list[dict[str, Any]]:
    """Who works at a school, as this reader sees them."""
    return as_seen(await pool.fetch(STAFF, school_id), reader)


def page_of_school(found: KnownSchool, actor: Member, can: list[str]) -> SchoolPageOut:
    assert found.page
    return SchoolPageOut.model_validate(found.page | {"can": can, "shows_people": shows_people(found, actor)})


class AskedClusters(NamedTuple):
    """What the list of clusters is asked for: words in its name or in those of a school of it, and what narrows it."""

    words: str = ""
    country: str | None = None
    approach: Approach | None = None
    state: ClusterState | None = None
    formed_since: date | None = None
    formed_before: date | None = None


async def found_clusters(pool: asyncpg.Pool, asked: AskedClusters, actor: Member) -> list[dict[str, Any]]:
    """The names of those within this actor's sight, in no order."""
    values: list[Any] = [*sight_of(actor)]

    def put(condition: str, value: Any) -> str:
        values.append(value)
        return condition.format(f"${len(values)}")

    # Put together from texts that stand here, as for schools.
    words = [put(f"school.found_by {how} {{}}", what) for how, what in patterns(asked.words)]
    conditions = [IN_STATE[asked.state]] if asked.state else []
    conditions += [put("cluster.country = {}", asked.country)] if asked.country else []
    conditions += [put("cluster.approach = {}", asked.approach)] if asked.approach else []
    conditions += [put("cluster.formed_at >= {}", _begins(asked.formed_since))] if asked.formed_since else []
    conditions += [put("cluster.formed_at < {}", _begins(asked.formed_before))] if asked.formed_before else []
    statement = CLUSTERS.format(HAS_SCHOOL.format(" and ".join(words)) if words else "true")
    rows = await pool.fetch(statement + (f" where {' and '.join(conditions)}" if conditions else ""), *values)
    wanted = words_of(asked.words)
    return [dict(row) for row in rows if row["has_school"] or all(word in _folded(row["name"]) for word in wanted)]


@lru_cache(maxsize=10_000)
def _folded(name: str) -> str:
    return folded(name)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


async def with_sums(pool: asyncpg.Pool, cluster_ids: list[UUID]) -> list[dict[str, Any]]:
    return [dict(row) for row in await pool.fetch(WITH_SUMS, cluster_ids)]

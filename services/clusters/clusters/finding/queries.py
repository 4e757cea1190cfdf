from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from kit.collation import folded
from kit.db import Reader
from kit.languages import FALLBACK, SPOKEN
from kit.pages import LEAST_ID
from kit.problems import NotFound
from services.clusters.clusters.finding.schemas import SchoolPageOut
from services.clusters.directory.schools.models import School, SchoolKind
from services.clusters.directory.schools.names import patterns
from services.clusters.directory.schools.queries import NUMBERS, VisibleSchool
from services.clusters.sight import sight_of
from services.roster.standing import CurrentMember, Member

MOST_ALIKE = 5
NEWEST = """
left join lateral (
  select year, students, teachers from headcount where school_id = school.id order by year desc limit 1
) newest on true
"""
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
OF_COUNTRY = {True: "school.country = {}", False: "school_order.country = {}"}  # found by words, or in order
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
    '[]') from headcount where school_id = school.id) as headcounts,
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
STAFF = """
select staff.id as staff_id, person.id as person_id, person.name, staff.role, staff.began_at
from staff join person on person.id = staff.person_id
where staff.school_id = $1 and staff.ended_at is null order by staff.id
"""


class Asked(NamedTuple):
    """What the directory is asked for: words in any of the names, and what narrows it down."""

    words: str = ""
    country: str | None = None
    kind: SchoolKind | None = None
    in_cluster: bool | None = None


async def found_schools(
    pool: asyncpg.Pool, asked: Asked, language: str, after: tuple[bytes, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """One more than asked, by name as this language sorts; as the fallback does where the house does not speak it."""
    key, school_id = after or (b"", LEAST_ID)
    values: list[Any] = [language if language in SPOKEN else FALLBACK, key, school_id, limit + 1]
    # Put together from texts that stand here, with the values apart: as parameters that may be null, each condition
    # would be planned for whatever may come, and no index used.
    words = patterns(asked.words)
    wanted: list[tuple[str, Any]] = [("school.found_by like {}", word) for word in words]
    wanted += [(OF_COUNTRY[bool(words)], asked.country)] if asked.country else []
    wanted += [("school.kind = {}", asked.kind)] if asked.kind else []
    conditions = [condition.format(f"${n}") for n, (condition, _) in enumerate(wanted, len(values) + 1)]
    conditions += [IN_CLUSTER[asked.in_cluster]] if asked.in_cluster is not None else []
    statement = " and ".join([FOUND, *conditions]) + IN_ORDER
    rows = await pool.fetch(statement, *values, *(value for _, value in wanted))
    return [dict(row) | {"key": row["key"].hex()} for row in rows]


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


async def staff_of(pool: asyncpg.Pool, school_id: UUID) -> list[dict[str, Any]]:
    return [dict(row) for row in await pool.fetch(STAFF, school_id)]


def page_of_school(found: KnownSchool, actor: Member, can: list[str]) -> SchoolPageOut:
    assert found.page
    return SchoolPageOut.model_validate(found.page | {"can": can, "shows_people": shows_people(found, actor)})

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from kit.db import Reader
from kit.problems import NotFound
from services.clusters.clusters.colleagues.dividing import Row
from services.clusters.directory.cards.models import Circle, PortraitSize
from services.clusters.directory.cards.queries import SAID, WHAT_THEY_SAID, content_of
from services.clusters.directory.cards.seeing import circle_of, shown_to
from services.clusters.sight import sight_of
from services.roster.standing import CurrentMember, Member

# Where a person stands, which says in whose circles they are; of who has said nothing, nobody asks.
WHERE = """
case when card.person_id is not null then array(
  select school_id from staff works where works.person_id = person.id and works.ended_at is null) end as at_schools,
case when card.person_id is not null then array(
  select cluster_id from staff works
  join membership on membership.school_id = works.school_id and membership.ended_at is null
  where works.person_id = person.id and works.ended_at is null) end as in_clusters
"""
AT_WORK = """
from membership belongs
join staff on staff.school_id = belongs.school_id and staff.ended_at is null
join person on person.id = staff.person_id
join school on school.id = staff.school_id
"""
IN_CLUSTER = "belongs.cluster_id = $1 and belongs.ended_at is null"
NAMES = (
    f"select staff.id as staff_id, person.name, school.name as school {AT_WORK} where {IN_CLUSTER} order by staff.id"
)
PEOPLE = f"""
select staff.id as staff_id, person.id as person_id, person.name, school.id as school_id, school.name as school,
  staff.role, staff.began_at, unreached.reason, unreached.since, {SAID}, {WHERE}
{AT_WORK}
left join unreached on unreached.person_id = person.id and unreached.reason <> 'junk' {WHAT_THEY_SAID}
where {IN_CLUSTER}
"""
EVERYBODY, THESE = f"{PEOPLE} order by staff.id", f"{PEOPLE} and staff.id = any($2) order by staff.id"
PERSON = f"""
select person.id, person.id as person_id, person.name, {SAID}, {WHERE},
  (select coalesce(json_agg(json_build_object('school_id', school.id, 'school', school.name, 'town', school.town,
      'role', staff.role, 'clusters', clusters.seen) order by staff.began_at, staff.id), '[]')
     from staff join school on school.id = staff.school_id
     join lateral (
       select coalesce(json_agg(json_build_object('id', cluster.id, 'name', cluster.name)
           order by cluster.name, cluster.id), '[]') as seen, count(*) as number
       from membership join cluster on cluster.id = membership.cluster_id
       where membership.school_id = school.id and membership.ended_at is null
         and cluster.id in (select cluster_id from clusters_in_sight($2, $3, $4))
     ) clusters on true
     where staff.person_id = person.id and staff.ended_at is null
       and (clusters.number > 0 or $4 or school.country = any($3) or school.id = any($5))
  ) as standings,
  (select coalesce(json_agg(json_build_object('kind', kind, 'country', country) order by kind, country), '[]')
     from office where office.person_id = person.id and office.ended_at is null and ($4 or person.id = $6)
  ) as offices
from person {WHAT_THEY_SAID}
where person.id = $1 and person.left_at is null
"""


@dataclass(frozen=True)
class VisiblePerson:
    """Somebody whom the reader may know of, with what they may see of them."""

    page: dict[str, Any]


@dataclass(frozen=True)
class VisiblePortrait:
    """The picture of somebody that the reader may see."""

    person_id: UUID
    portrait_id: UUID


def as_seen(rows: Iterable[asyncpg.Record], reader: Member) -> list[dict[str, Any]]:
    """People with what this reader may see of what they said, and nothing else of it."""
    people = map(dict, rows)
    return [person | shown_to(_circle(person, reader), person) for person in people]


def _circle(person: dict[str, Any], reader: Member) -> Circle:
    return circle_of(reader, person["person_id"], person["at_schools"] or (), person["in_clusters"] or ())


async def names_of(pool: asyncpg.Pool, cluster_id: UUID) -> list[Row]:
    """Everybody who works at a school of the cluster, by what puts them in order."""
    return [dict(row) for row in await pool.fetch(NAMES, cluster_id)]


async def people_of(pool: asyncpg.Pool, cluster_id: UUID, reader: Member) -> list[Row]:
    """Everybody who works at a school of the cluster, as this reader sees them."""
    return as_seen(await pool.fetch(EVERYBODY, cluster_id), reader)


async def people_among(pool: asyncpg.Pool, cluster_id: UUID, names: Iterable[Row], reader: Member) -> list[Row]:
    """Those of these names who still work there, as this reader sees them, in the order of the names."""
    wanted = [row["staff_id"] for row in names]
    seen = {row["staff_id"]: row for row in as_seen(await pool.fetch(THESE, cluster_id, wanted), reader)}
    return [seen[staff_id] for staff_id in wanted if staff_id in seen]


async def visible_person(person_id: UUID, pool: Reader, actor: CurrentMember) -> VisiblePerson:
    """Oneself, who works at a school whose people I may know, and who holds an office, for the programme.

    Raises NotFound.
    """
    own = None if actor.bound_to else actor.id
    row = await pool.fetchrow(PERSON, person_id, *sight_of(actor), list(actor.schools), own)
    if row is None or not (row["standings"] or row["offices"] or row["id"] == actor.id):
        raise NotFound
    (page,) = as_seen([row], actor)
    return VisiblePerson(page)


async def visible_portrait(person_id: UUID, pool: Reader, actor: CurrentMember) -> VisiblePortrait:
    """Raises NotFound where there is none, or none for this reader."""
    portrait_id = (await visible_person(person_id, pool, actor)).page["portrait_id"]
    if portrait_id is None:
        raise NotFound
    return VisiblePortrait(person_id, portrait_id)


async def portrait_seen(pool: asyncpg.Pool, found: VisiblePortrait, size: PortraitSize) -> bytes:
    """Raises NotFound when it was taken away just now."""
    content = await content_of(pool, found.person_id, found.portrait_id, size)
    if content is None:
        raise NotFound
    return content

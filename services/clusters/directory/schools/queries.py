from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.dates import FIRST_MONTH
from kit.db import Db, Plain
from kit.problems import NotFound
from services.clusters.directory.schools.models import HOST, Headcount, OfficialId, School, SchoolOrder
from services.clusters.directory.schools.schemas import SchoolIn
from services.clusters.sight import clusters_of_school, knows_of_school, sight_of
from services.roster.standing import TEACHER, CurrentMember

NUMBERS = """
(select coalesce(json_agg(json_build_object('country', country, 'scheme', scheme, 'number', number)
  order by country, scheme, number), '[]') from official_id where school_id = school.id) as official_ids
"""
# The numbers of a school as far as they are known.
COUNTED = """
case when unknown is distinct from 'students' then students end as students,
case when unknown is distinct from 'teachers' then teachers end as teachers
"""
# The numbers of the school year that has begun, else of the latest before it; of a later one where there is no other.
NEWEST = f"""
left join lateral (
  select year, students, teachers from (
    select school_id, year, {COUNTED}, year > extract(year from now() - interval '{FIRST_MONTH - 1} months') as comes
    from headcount
  ) counted where school_id = school.id order by comes, year desc limit 1
) newest on true
"""
# Of a host that three schools share it is known that it is not one school's.
AT_HOSTS = f"""
select named.host, there.id, there.name, there.branch_of from unnest($1::text[]) named (host)
cross join lateral (
  select id, name, branch_of from school where {HOST} = named.host order by id limit 3) there
"""


@dataclass(frozen=True)
class SchoolAtHost:
    id: UUID
    name: str
    branch_of: UUID | None


@dataclass(frozen=True)
class SchoolInCountry:
    """A school as it would be in a country."""

    school_id: UUID
    country: str


@dataclass(frozen=True)
class VisibleSchool:
    """A school with the clusters that it belongs to: who coordinates there may invite a teacher."""

    school: School
    cluster_ids: list[UUID]
    role: str = TEACHER
    is_led: bool = True

    @property
    def school_id(self) -> UUID:
        return self.school.id

    @property
    def country(self) -> str:
        return self.school.country


async def visible_school(school_id: UUID, db: Db, actor: CurrentMember) -> VisibleSchool:
    """A school that I work at, or that is in a cluster within my sight. Raises NotFound."""
    school = await db.get(School, school_id)
    if school is None:
        raise NotFound
    above = sight_of(actor).everything or school.country in actor.countries
    if not (above or school.id in actor.schools or await knows_of_school(db, actor, school.id)):
        raise NotFound
    return VisibleSchool(school, await clusters_of_school(db, school.id))


async def school_to_register(new: SchoolIn) -> SchoolIn:
    """What is asked for: the policy asks about its country."""
    return new


async def has_branches(db: AsyncSession, school_id: UUID) -> bool:
    return (await db.exec(select(School.id).where(School.branch_of == school_id).limit(1))).first() is not None


async def official_ids_of(db: AsyncSession, school_id: UUID) -> list[OfficialId]:
    known = select(OfficialId).where(OfficialId.school_id == school_id)
    return list(await db.exec(known.order_by(col(OfficialId.country), col(OfficialId.scheme), col(OfficialId.number))))


async def schools_unsorted(db: AsyncSession, languages: list[str], limit: int) -> list[School]:
    """Some of those that the directory does not find, or not in the order of each of these languages; locked."""
    sorted_in = (
        select(sa.func.count())
        .where(SchoolOrder.school_id == School.id, col(SchoolOrder.language).in_(languages))
        .scalar_subquery()
    )
    unsorted = select(School).where(sa.or_(col(School.found_by).is_(None), sorted_in < len(languages)))
    return list(await db.exec(unsorted.order_by(col(School.id)).limit(limit).with_for_update(skip_locked=True)))


async def headcounts_of(db: AsyncSession, school_id: UUID) -> list[Headcount]:
    return list(await db.exec(select(Headcount).where(Headcount.school_id == school_id).order_by(col(Headcount.year))))


async def some_at_hosts(connection: Plain, hosts: Collection[str]) -> dict[str, list[SchoolAtHost]]:
    """By host, the schools whose websites are there; of many, three."""
    found: dict[str, list[SchoolAtHost]] = {}
    for row in await connection.fetch(AT_HOSTS, hosts):
        found.setdefault(row["host"], []).append(SchoolAtHost(row["id"], row["name"], row["branch_of"]))
    return found

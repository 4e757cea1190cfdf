from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db
from kit.problems import NotFound
from services.clusters.directory.schools.models import Headcount, School
from services.clusters.directory.schools.schemas import SchoolIn
from services.clusters.sight import clusters_of_school, knows_of_school, sight_of
from services.roster.standing import TEACHER, CurrentMember


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


async def headcounts_of(db: AsyncSession, school_id: UUID) -> list[Headcount]:
    return list(await db.exec(select(Headcount).where(Headcount.school_id == school_id).order_by(col(Headcount.year))))

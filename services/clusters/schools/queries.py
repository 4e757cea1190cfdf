from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db
from kit.problems import NotFound
from services.clusters.clusters.queries import sight_of, within_sight
from services.clusters.memberships.models import Membership
from services.clusters.schools.models import Headcount, School
from services.clusters.schools.schemas import SchoolIn
from services.roster.standing import TEACHER, CurrentMember


@dataclass(frozen=True)
class StaffedSchool:
    """A school with the clusters that it belongs to: who coordinates there may invite a teacher."""

    school: School
    cluster_ids: list[UUID]
    role: str = TEACHER
    is_led: bool = True


async def visible_school(school_id: UUID, session: Db, actor: CurrentMember) -> School:
    """A school that I work at, or that is in a cluster within my sight. Raises NotFound."""
    school = await session.get(School, school_id)
    if school is None:
        raise NotFound
    if school.id in actor.schools or sight_of(actor).everything or school.country in actor.countries:
        return school
    in_sight = select(Membership.id).where(
        Membership.school_id == school.id,
        col(Membership.ended_at).is_(None),
        within_sight(actor, col(Membership.cluster_id)),
    )
    if (await session.exec(in_sight.limit(1))).first() is None:
        raise NotFound
    return school


async def lock_school(session: AsyncSession, school_id: UUID) -> School:
    return await session.get_one(School, school_id, with_for_update={"key_share": True}, populate_existing=True)


async def school_to_register(new: SchoolIn) -> SchoolIn:
    """What is asked for: the policy asks about its country."""
    return new


async def staffed_school(school_id: UUID, session: Db, actor: CurrentMember) -> StaffedSchool:
    school = await visible_school(school_id, session, actor)
    return StaffedSchool(school, await clusters_of_school(session, school.id))


async def headcounts_of(session: AsyncSession, school_id: UUID) -> list[Headcount]:
    return list(
        await session.exec(select(Headcount).where(Headcount.school_id == school_id).order_by(col(Headcount.year)))
    )


async def clusters_of_school(session: AsyncSession, school_id: UUID) -> list[UUID]:
    now_in = select(Membership.cluster_id).where(Membership.school_id == school_id, col(Membership.ended_at).is_(None))
    return list(await session.exec(now_in.order_by(col(Membership.begun_at))))

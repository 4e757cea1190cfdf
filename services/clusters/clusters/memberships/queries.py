from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db, Plain
from kit.problems import NotFound
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import OfVisibleCluster
from services.clusters.clusters.memberships.models import Membership
from services.clusters.directory.staff.models import Staff, StaffRole
from services.clusters.sight import within_sight
from services.roster.standing import MENTORS, CurrentMember

# What an office tells goes to who coordinates a mentor school first where the office leads; where the schools do, to
# all at once. Where no mentor school has a coordinator, all others are told.
TOLD_BY_OFFICES = """
select distinct told.cluster_id, told.person_id from (
  select cluster.id as cluster_id, staff.person_id, cluster.approach, membership.role = any($2) as mentors,
    bool_or(membership.role = any($2)) over (partition by cluster.id) as has_mentors
  from cluster join membership on membership.cluster_id = cluster.id and membership.ended_at is null
  join staff on staff.school_id = membership.school_id and staff.role = 'coordinator' and staff.ended_at is null
  where cluster.id = any($1::uuid[])) told
where told.approach = 'bottom_up' or told.mentors or not told.has_mentors order by told.cluster_id, told.person_id
"""
MEMBERS = """
select staff.person_id, array_agg(distinct staff.school_id) as schools
from membership join staff on staff.school_id = membership.school_id
where membership.cluster_id = $1 and membership.ended_at is null and staff.ended_at is null group by staff.person_id
"""


@dataclass(frozen=True)
class VisibleMembership(OfVisibleCluster):
    """A live membership, with the cluster whose rules say who may end it."""

    membership: Membership

    @property
    def school_id(self) -> UUID:
        return self.membership.school_id


async def visible_membership(membership_id: UUID, db: Db, actor: CurrentMember) -> VisibleMembership:
    found = (
        await db.exec(
            select(Cluster, Membership)
            .join(Membership, col(Cluster.id) == Membership.cluster_id)
            .where(
                Membership.id == membership_id,
                col(Membership.ended_at).is_(None),
                within_sight(actor, col(Cluster.id)),
            )
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return VisibleMembership(*found)


async def is_member(db: AsyncSession, cluster_id: UUID, school_id: UUID) -> bool:
    live = select(Membership.id).where(
        Membership.cluster_id == cluster_id, Membership.school_id == school_id, col(Membership.ended_at).is_(None)
    )
    return (await db.exec(live)).first() is not None


async def schools_in(db: AsyncSession, cluster_id: UUID) -> int:
    """How many schools belong to the cluster now."""
    members = select(sa.func.count()).where(Membership.cluster_id == cluster_id, col(Membership.ended_at).is_(None))
    return (await db.exec(members)).one()


async def mentor_coordinators_of(db: AsyncSession, without: Membership) -> list[UUID]:
    """The persons who coordinate another school that mentors the cluster of this one."""
    coordinating = (
        select(Staff.person_id)
        .join(Membership, col(Membership.school_id) == Staff.school_id)
        .where(
            Membership.cluster_id == without.cluster_id,
            Membership.school_id != without.school_id,
            col(Membership.role).in_(MENTORS),
            col(Membership.ended_at).is_(None),
            Staff.role == StaffRole.coordinator,
            col(Staff.ended_at).is_(None),
        )
    )
    return list(await db.exec(coordinating.order_by(col(Staff.id))))


async def told_by_offices(connection: Plain, cluster_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """(cluster, person): whom an office tells what concerns these clusters."""
    rows = await connection.fetch(TOLD_BY_OFFICES, list(cluster_ids), list(MENTORS))
    return [(row["cluster_id"], row["person_id"]) for row in rows]


async def members_of(connection: Plain, cluster_id: UUID) -> Mapping[UUID, Set[UUID]]:
    """The schools of everybody who belongs to the cluster now."""
    return {row["person_id"]: frozenset(row["schools"]) for row in await connection.fetch(MEMBERS, cluster_id)}


async def mentors_of(db: AsyncSession, cluster_id: UUID) -> int:
    """How many schools mentor the cluster now."""
    mentors = select(sa.func.count()).where(
        Membership.cluster_id == cluster_id,
        col(Membership.role).in_(MENTORS),
        col(Membership.ended_at).is_(None),
    )
    return (await db.exec(mentors)).one()

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Db
from kit.pages import GREATEST_ID
from kit.problems import NotFound
from services.clusters.clusters.clusters.models import Approach, Beginning, Cluster
from services.clusters.clusters.clusters.queries import OfVisibleCluster
from services.clusters.clusters.memberships.models import Membership
from services.clusters.doors.joining.models import SchoolInvitation
from services.clusters.sight import within_sight
from services.roster.standing import MENTORS, CurrentMember

SHOWN = """
select invitation.id, invitation.cluster_id, cluster.name as cluster, invitation.school_id, school.name as school,
  school.town, invitation.role, invitation.word, invitation.invited_at,
  coalesce(person.name, case when invitation.invited_by = cluster.id then cluster.name end, '') as by,
  invitation.answer, invitation.answer_word, invitation.answered_at,
  exists (select from staff where school_id = school.id and role <> 'teacher' and ended_at is null) as is_led
from school_invitation invitation join cluster on cluster.id = invitation.cluster_id
join school on school.id = invitation.school_id left join person on person.id = invitation.invited_by
"""
ONE = f"{SHOWN} where invitation.id = $1"
# Those that are open, and what was answered: who said yes stands in the composition.
OF_CLUSTER = f"""{SHOWN}
where invitation.cluster_id = $1 and invitation.id < $2
  and (invitation.answer is null or invitation.answer = 'declined')
order by invitation.id desc limit $3
"""


@dataclass(frozen=True)
class VisibleSchoolInvitation(OfVisibleCluster):
    """An invitation with its cluster: `id`, country and approach are the cluster's, as the policy asks for them."""

    invitation: SchoolInvitation

    @property
    def id(self) -> UUID:
        return self.cluster.id

    @property
    def school_id(self) -> UUID:
        return self.invitation.school_id

    @property
    def answered_at(self) -> Any:
        return self.invitation.answered_at


async def visible_school_invitation(
    school_invitation_id: UUID, db: Db, actor: CurrentMember
) -> VisibleSchoolInvitation:
    """For who leads the school that is asked, and for who sees the cluster. Raises NotFound."""
    led = [school_id for school_id in actor.schools if actor.leads_school(school_id)]
    found = (
        await db.exec(
            select(Cluster, SchoolInvitation)
            .join(SchoolInvitation, col(Cluster.id) == SchoolInvitation.cluster_id)
            .where(
                SchoolInvitation.id == school_invitation_id,
                sa.or_(col(SchoolInvitation.school_id).in_(led), within_sight(actor, col(Cluster.id))),
            )
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return VisibleSchoolInvitation(*found)


async def shown(pool: asyncpg.Pool | asyncpg.Connection, invitation_id: UUID) -> dict[str, Any]:
    row = await pool.fetchrow(ONE, invitation_id)
    return dict(row or {})


async def invitations_of_cluster(
    pool: asyncpg.Pool, cluster_id: UUID, before: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """The schools that are asked, or said no; newest first, one more than asked."""
    return [dict(row) for row in await pool.fetch(OF_CLUSTER, cluster_id, before or GREATEST_ID, limit + 1)]


async def are_asked(db: AsyncSession, cluster_id: UUID) -> int:
    """How many schools have not answered yet."""
    waiting = select(sa.func.count()).where(
        SchoolInvitation.cluster_id == cluster_id, col(SchoolInvitation.answer).is_(None)
    )
    return (await db.exec(waiting)).one()


async def open_invitations(db: AsyncSession, cluster_id: UUID) -> list[SchoolInvitation]:
    """Those that wait for an answer, as the cluster is locked."""
    waiting = select(SchoolInvitation).where(
        SchoolInvitation.cluster_id == cluster_id, col(SchoolInvitation.answer).is_(None)
    )
    return list(await db.exec(waiting.order_by(col(SchoolInvitation.id))))


async def proposals_of(db: AsyncSession, school_id: UUID) -> int:
    """How many clusters that its schools set up, and that have not begun nor been closed, this school mentors."""
    forming = (
        select(sa.func.count())
        .join(Cluster, col(Cluster.id) == Membership.cluster_id)
        .where(
            Membership.school_id == school_id,
            col(Membership.role).in_(MENTORS),
            col(Membership.ended_at).is_(None),
            Cluster.approach == Approach.bottom_up,
            col(Cluster.id).not_in(select(Beginning.cluster_id)),
            col(Cluster.closed_at).is_(None),
        )
        .select_from(Membership)
    )
    return (await db.exec(forming)).one()


async def asked_lately(db: AsyncSession, cluster_id: UUID, school_id: UUID, by: UUID | None, within: timedelta) -> int:
    """How often this school was asked within this time, into this cluster or by this person."""
    times = select(sa.func.count()).where(
        sa.or_(col(SchoolInvitation.cluster_id) == cluster_id, col(SchoolInvitation.invited_by) == by),
        SchoolInvitation.school_id == school_id,
        col(SchoolInvitation.invited_at) > real_now() - within,
    )
    return (await db.exec(times)).one()

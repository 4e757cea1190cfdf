"""Which clusters an actor may know of, and which a school belongs to: below every feature, like the roster."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from services.clusters.scopes import SET_UP
from services.roster.rules import SCHEDULES_EVENTS
from services.roster.sight import InCluster
from services.roster.standing import ClusterInSight, Member, Sight

# The table alone: the feature that keeps it stands above.
MEMBERSHIP = sa.table(
    "membership",
    sa.column("cluster_id", sa.Uuid),
    sa.column("school_id", sa.Uuid),
    sa.column("begun_at"),
    sa.column("ended_at"),
)


def sight_of(actor: Member) -> Sight:
    """What somebody sees, and the house while it is set up: everything."""
    sets_up = SET_UP in actor.scopes and actor.id is None
    return actor.sight._replace(everything=True) if sets_up else actor.sight


def within_sight(actor: Member, cluster_id: Any) -> sa.ColumnElement[bool]:
    """Whether this actor may know of the cluster."""
    own, countries, everything = sight_of(actor)
    within = sa.func.clusters_in_sight(
        sa.literal(own, sa.ARRAY(sa.Uuid)), sa.literal(countries, sa.ARRAY(sa.String)), everything
    ).table_valued("cluster_id")
    condition: sa.ColumnElement[bool] = cluster_id.in_(sa.select(within.c.cluster_id))
    return condition


def schedules(actor: Member, cluster: ClusterInSight) -> bool:
    """Whether events would let this actor plan a meeting of the cluster."""
    thing = InCluster(cluster)
    return SCHEDULES_EVENTS.lets_in(actor, thing) is not None and SCHEDULES_EVENTS.closed_by(thing) is None


async def clusters_of_school(db: AsyncSession, school_id: UUID) -> list[UUID]:
    """Those that the school belongs to now, in the order in which it came."""
    return list(await db.exec(_memberships_of(school_id).order_by(MEMBERSHIP.c.begun_at)))


async def knows_of_school(db: AsyncSession, actor: Member, school_id: UUID) -> bool:
    """Whether the school is in a cluster within this actor's sight."""
    seen = _memberships_of(school_id).where(within_sight(actor, MEMBERSHIP.c.cluster_id)).limit(1)
    return (await db.exec(seen)).first() is not None


def _memberships_of(school_id: UUID) -> SelectOfScalar[UUID]:
    return select(MEMBERSHIP.c.cluster_id).where(MEMBERSHIP.c.school_id == school_id, MEMBERSHIP.c.ended_at.is_(None))

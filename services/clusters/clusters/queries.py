from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.collation import in_order
from kit.db import Db
from kit.problems import NotFound
from services.clusters.clients.models import SET_UP
from services.clusters.clusters.models import Cluster
from services.clusters.clusters.schemas import ClusterIn
from services.roster.standing import CurrentMember, Member, Sight

COMPOSITION = """
select membership.id as membership_id, school.id as school_id, school.name, school.town, school.address,
  school.website,
  membership.role,
  newest.year, newest.students, newest.teachers,
  (select count(distinct person_id) from staff where staff.school_id = school.id and staff.ended_at is null) as people
from membership join school on school.id = membership.school_id
left join lateral (
  select year, students, teachers from headcount where school_id = school.id order by year desc limit 1
) newest on true
where membership.cluster_id = $1 and membership.ended_at is null
order by membership.role desc, school.id limit 200
"""
MINE = """
select cluster.id, cluster.name, cluster.country, cluster.approach,
  (select count(*) from membership where cluster_id = cluster.id and ended_at is null) as schools
from clusters_in_sight($1, $2, $3) within join cluster on cluster.id = within.cluster_id
order by cluster.id
"""


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


async def visible_cluster(cluster_id: UUID, session: Db, actor: CurrentMember) -> Cluster:
    cluster = (
        await session.exec(select(Cluster).where(Cluster.id == cluster_id, within_sight(actor, col(Cluster.id))))
    ).one_or_none()
    if cluster is None:
        raise NotFound
    return cluster


async def lock_cluster(session: AsyncSession, cluster_id: UUID) -> Cluster:
    return await session.get_one(Cluster, cluster_id, with_for_update=True, populate_existing=True)


async def cluster_to_form(new: ClusterIn) -> ClusterIn:
    """What is asked for: the policy asks about its country."""
    return new


async def composition(pool: asyncpg.Pool, cluster_id: UUID, language: str) -> list[dict[str, Any]]:
    """The schools of a cluster, the mentor first, then by name as this language sorts."""
    schools = in_order(await pool.fetch(COMPOSITION, cluster_id), language, "name")
    return [dict(row) for row in sorted(schools, key=lambda school: school["role"], reverse=True)]


async def clusters_in_sight(pool: asyncpg.Pool, actor: Member) -> list[dict[str, Any]]:
    return [dict(row) for row in await pool.fetch(MINE, *sight_of(actor))]

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.collation import in_order
from kit.db import Db
from kit.problems import NotFound
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import OfVisibleCluster
from services.clusters.clusters.memberships.models import Membership
from services.clusters.clusters.tools.models import Lockout, Tool
from services.clusters.sight import within_sight
from services.roster.standing import CurrentMember, Member

# Lockouts only of schools that belong to the cluster, and only what was said since they do.
TOOLS = """
select tool.id, tool.cluster_id, tool.kind, tool.name, tool.address, tool.note, tool.version,
  (select coalesce(json_agg(json_build_object('school_id', lockout.school_id, 'school', school.name,
      'word', lockout.word, 'begun_at', lockout.begun_at) order by lockout.id), '[]')
     from lockout join school on school.id = lockout.school_id
     join membership on membership.cluster_id = tool.cluster_id and membership.school_id = lockout.school_id
       and membership.ended_at is null and membership.begun_at <= lockout.begun_at
     where lockout.tool_id = tool.id and lockout.ended_at is null
  ) as lockouts,
  array(select school_id from membership
     where cluster_id = tool.cluster_id and school_id = any($2) and ended_at is null order by school_id
  ) as mine
from tool where tool.cluster_id = $1 and tool.removed_at is null order by tool.id limit 200
"""


@dataclass(frozen=True)
class VisibleTool(OfVisibleCluster):
    """A tool with its cluster: `id` is the cluster's, as the policy asks for it."""

    tool: Tool

    @property
    def id(self) -> UUID:
        return self.cluster.id


@dataclass(frozen=True)
class SchoolAtTool(VisibleTool):
    """A tool, and a school of its cluster that gets in or does not."""

    school_id: UUID


async def visible_tool(tool_id: UUID, db: Db, actor: CurrentMember) -> VisibleTool:
    """Raises NotFound, also for one that was removed."""
    found = (
        await db.exec(
            select(Cluster, Tool)
            .join(Tool, col(Cluster.id) == Tool.cluster_id)
            .where(Tool.id == tool_id, col(Tool.removed_at).is_(None), within_sight(actor, col(Cluster.id)))
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return VisibleTool(*found)


async def school_at_tool(tool_id: UUID, school_id: UUID, db: Db, actor: CurrentMember) -> SchoolAtTool:
    """Raises NotFound where the school does not belong to the cluster."""
    found = await visible_tool(tool_id, db, actor)
    await membership_of(db, found.cluster.id, school_id)
    return SchoolAtTool(found.cluster, found.tool, school_id)


async def membership_of(db: AsyncSession, cluster_id: UUID, school_id: UUID) -> Membership:
    """The one that a school has now. Raises NotFound."""
    live = select(Membership).where(
        Membership.cluster_id == cluster_id, Membership.school_id == school_id, col(Membership.ended_at).is_(None)
    )
    membership = (await db.exec(live)).one_or_none()
    if membership is None:
        raise NotFound
    return membership


async def tools_in(db: AsyncSession, cluster_id: UUID) -> int:
    """How many tools the cluster has now."""
    live = select(sa.func.count()).where(Tool.cluster_id == cluster_id, col(Tool.removed_at).is_(None))
    return (await db.exec(live)).one()


async def lockout_of(db: AsyncSession, tool_id: UUID, school_id: UUID) -> Lockout | None:
    live = select(Lockout).where(
        Lockout.tool_id == tool_id, Lockout.school_id == school_id, col(Lockout.ended_at).is_(None)
    )
    return (await db.exec(live)).one_or_none()


async def tools_of(pool: asyncpg.Pool | asyncpg.Connection, cluster_id: UUID, actor: Member) -> list[dict[str, Any]]:
    """Its tools, with the schools that cannot get in, by name; and at which schools of the cluster the actor works."""
    rows = [dict(row) for row in await pool.fetch(TOOLS, cluster_id, list(actor.schools))]
    return [row | {"lockouts": in_order(row["lockouts"], actor.language, "school")} for row in rows]

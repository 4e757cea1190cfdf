from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.facts import record
from kit.locking import lock, lock_live
from kit.policy import hold
from kit.problems import Problem
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.tools.models import Lockout, Tool
from services.clusters.clusters.tools.queries import lockout_of, membership_of, tools_in
from services.clusters.clusters.tools.schemas import ToolIn
from services.clusters.facts import (
    LockoutBegun,
    LockoutEnded,
    LockoutFact,
    ToolAdded,
    ToolChanged,
    ToolFact,
    ToolRemoved,
)
from services.clusters.policy import RULES

MOST_TOOLS = 30  # the page of a cluster shows them all


class TooManyTools(Problem):
    status, title = 409, f"A cluster names at most {MOST_TOOLS} tools: remove one first"


async def add_tool(db: AsyncSession, cluster: Cluster, new: ToolIn, by: UUID | None) -> Tool:
    """Raises TooManyTools, ClusterClosed."""
    # Locked, so that tools are counted one after the other.
    cluster = await _open(db, cluster.id, "cluster.add_tool")
    if await tools_in(db, cluster.id) >= MOST_TOOLS:
        raise TooManyTools
    tool = Tool(**new.model_dump(), cluster_id=cluster.id, added_by=by)
    db.add(tool)
    await db.flush()
    _tell(db, tool, ToolAdded, by)
    return tool


async def open_tool(db: AsyncSession, tool: Tool) -> Tool:
    """The tool as it is now, locked, in a cluster that stays open meanwhile. Raises ClusterClosed, NotFound."""
    await _open(db, tool.cluster_id, "tool.change")
    return await lock_live(db, Tool, tool.id)


def change_tool(db: AsyncSession, tool: Tool, said: ToolIn, by: UUID | None) -> Tool:
    """Whoever calls has opened it."""
    tool.kind, tool.name, tool.address, tool.note = said.kind, said.name, said.address, said.note
    tool.version += 1
    tool.changed_at, tool.changed_by = now(), by
    _tell(db, tool, ToolChanged, by)
    return tool


async def remove_tool(db: AsyncSession, tool: Tool, by: UUID | None) -> None:
    """The cluster works with it no more; what schools said of it is shown no more. Raises ClusterClosed, NotFound."""
    tool = await open_tool(db, tool)
    tool.removed_at, tool.removed_by = now(), by
    _tell(db, tool, ToolRemoved, by)


async def begin_lockout(db: AsyncSession, tool: Tool, school_id: UUID, word: str, by: UUID | None) -> None:
    """The school cannot get in; said again in the same words, it changes nothing. Raises ClusterClosed, NotFound."""
    # Locked, as by who lets the school go.
    await _open(db, tool.cluster_id, "lockout.say")
    await lock_live(db, Tool, tool.id)
    membership = await membership_of(db, tool.cluster_id, school_id)
    lockout = await lockout_of(db, tool.id, school_id)
    if lockout and lockout.word == word and lockout.begun_at >= membership.begun_at:
        return
    if lockout:
        lockout.ended_at, lockout.ended_by = now(), by
        await db.flush()
    db.add(Lockout(tool_id=tool.id, school_id=school_id, word=word, begun_by=by))
    _tell_lockout(db, tool, school_id, LockoutBegun, by)


async def end_lockout(db: AsyncSession, tool: Tool, school_id: UUID, by: UUID | None) -> None:
    """The school can get in again; said again, it changes nothing. Raises ClusterClosed."""
    await _open(db, tool.cluster_id, "lockout.say")
    if lockout := await lockout_of(db, tool.id, school_id):
        lockout.ended_at, lockout.ended_by = now(), by
        _tell_lockout(db, tool, school_id, LockoutEnded, by)


async def _open(db: AsyncSession, cluster_id: UUID, action: str) -> Cluster:
    """The cluster as it is now, locked, as by who closes it. Raises ClusterClosed."""
    cluster = await lock(db, Cluster, cluster_id)
    hold(RULES, action, cluster)
    return cluster


def _tell(db: AsyncSession, tool: Tool, kind: type[ToolFact], by: UUID | None) -> None:
    record(db, kind(tool_id=tool.id, kind=tool.kind, name=tool.name), cluster_id=tool.cluster_id, actor_id=by)


def _tell_lockout(db: AsyncSession, tool: Tool, school_id: UUID, kind: type[LockoutFact], by: UUID | None) -> None:
    record(db, kind(tool_id=tool.id, school_id=school_id), cluster_id=tool.cluster_id, actor_id=by)

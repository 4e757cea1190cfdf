from typing import Annotated, Any

import asyncpg
from fastapi import Request

from kit.db import Db, plain
from kit.policy import allowed, can
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, located, matched, router, versioned
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import visible_cluster
from services.clusters.clusters.tools import actions, queries
from services.clusters.clusters.tools.models import Tool, ToolKind
from services.clusters.clusters.tools.queries import SchoolAtTool, VisibleTool, school_at_tool, visible_tool
from services.clusters.clusters.tools.schemas import LockoutIn, ToolIn, ToolOut
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember, Member

routes = router("/v1", "clusters")
refused = documented(Forbidden, NotFound)
ChangedTool = Annotated[VisibleTool, allowed(RULES, "tool.change", visible_tool)]
AtTool = Annotated[SchoolAtTool, allowed(RULES, "lockout.say", school_at_tool)]


@routes.post("/clusters/{cluster_id}/tools", status_code=201, responses=refused | documented(actions.TooManyTools))
@located("/v1/tools/{id}")
async def add_tool(
    cluster: Annotated[Cluster, allowed(RULES, "cluster.add_tool", visible_cluster)],
    new: ToolIn,
    db: Db,
    actor: CurrentMember,
) -> ToolOut:
    """Name something that the cluster works with."""
    tool = await actions.add_tool(db, cluster, new, actor.id)
    return await one_shown(db, cluster, tool, actor)


@routes.get("/tools/{tool_id}", responses=refused)
async def show_tool(
    found: Annotated[VisibleTool, allowed(RULES, "tool.see", visible_tool)],
    db: Db,
    actor: CurrentMember,
    request: Request,
) -> ToolOut:
    """A tool of a cluster, and which of its schools cannot get in."""
    versioned(request, found.tool.version)
    return await one_shown(db, found.cluster, found.tool, actor)


@routes.put("/tools/{tool_id}", responses=refused | documented(Changed, PreconditionRequired))
async def change_tool(
    found: ChangedTool, said: ToolIn, db: Db, actor: CurrentMember, if_match: IfMatch = None
) -> ToolOut:
    """Say anew what it is. `If-Match` names the version that you read."""
    tool = await actions.open_tool(db, found.tool)
    matched(tool.version, if_match)
    return await one_shown(db, found.cluster, actions.change_tool(db, tool, said, actor.id), actor)


@routes.delete("/tools/{tool_id}", status_code=204, responses=refused)
async def remove_tool(found: ChangedTool, db: Db, actor: CurrentMember) -> None:
    """The cluster works with it no more; what its schools said of it is shown no more."""
    await actions.remove_tool(db, found.tool, actor.id)


@routes.put("/tools/{tool_id}/lockouts/{school_id}", status_code=204, responses=refused)
async def begin_lockout(found: AtTool, said: LockoutIn, db: Db, actor: CurrentMember) -> None:
    """Say for a school of yours that it cannot get in, with a word why."""
    await actions.begin_lockout(db, found.tool, found.school_id, said.word, actor.id)


@routes.delete("/tools/{tool_id}/lockouts/{school_id}", status_code=204, responses=refused)
async def end_lockout(found: AtTool, db: Db, actor: CurrentMember) -> None:
    """Say for a school of yours that it can get in again; said again, it changes nothing."""
    await actions.end_lockout(db, found.tool, found.school_id, actor.id)


async def one_shown(db: Db, cluster: Cluster, tool: Tool, actor: Member) -> ToolOut:
    await db.flush()
    return next(one for one in await shown(await plain(db), cluster, actor) if one.id == tool.id)


async def shown(pool: asyncpg.Pool | asyncpg.Connection, cluster: Cluster, actor: Member) -> list[ToolOut]:
    """In the order of their kinds."""
    rows = await queries.tools_of(pool, cluster.id, actor)
    return sorted((out(row, cluster, actor) for row in rows), key=lambda item: list(ToolKind).index(item.kind))


def out(row: dict[str, Any], cluster: Cluster, actor: Member) -> ToolOut:
    tool = Tool(**{name: row[name] for name in ("id", "cluster_id", "kind", "name")})
    mine = [SchoolAtTool(cluster, tool, school_id) for school_id in row["mine"]]
    speaks_for = [one.school_id for one in mine if "say" in can(RULES, actor, "lockout", one)]
    return ToolOut.model_validate(
        row | {"speaks_for": speaks_for, "can": can(RULES, actor, "tool", VisibleTool(cluster, tool))}
    )

from typing import Annotated

import asyncpg
from fastapi import Request

from kit.clock import now
from kit.db import Db, Reader
from kit.locking import lock
from kit.policy import allowed, can, hold
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, located, matched, router, versioned
from services.clusters.clusters.clusters import actions
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import cluster_to_form, seen_cluster, visible_cluster
from services.clusters.clusters.clusters.schemas import AimsIn, ClusterIn
from services.clusters.clusters.showing import queries
from services.clusters.clusters.showing.schemas import ClusterOut, MemberSchoolOut
from services.clusters.clusters.showing.things import MemberSchool, MembershipOf
from services.clusters.clusters.tools.routes import shown as shown_tools
from services.clusters.directory.programme.actions import CountryNotTakingPart
from services.clusters.policy import RULES
from services.clusters.sight import schedules
from services.roster.standing import ClusterInSight, CurrentMember, Member

routes = router("/v1/clusters", "clusters")
refused = documented(Forbidden, NotFound)
SeenCluster = Annotated[Cluster, allowed(RULES, "cluster.see", seen_cluster)]


async def shown(pool: asyncpg.Pool | asyncpg.Connection, cluster: Cluster, actor: Member) -> ClusterOut:
    schools = [
        MemberSchoolOut(
            **row,
            can=[
                *can(RULES, actor, "school", MemberSchool(row["school_id"], [cluster.id], cluster.country)),
                *can(RULES, actor, "membership", MembershipOf(cluster, row["school_id"])),
            ],
        )
        for row in await queries.composition(pool, cluster.id, actor.language)
    ]
    tools = await shown_tools(pool, cluster, actor)
    mine = {
        "schedules": schedules(actor, ClusterInSight(cluster.id, cluster.country, cluster.approach, cluster.closed_at)),
        "can": can(RULES, actor, "cluster", cluster),
    }
    more = await queries.summed_up(pool, cluster.id, cluster.country, now().date()) | mine
    return ClusterOut.model_validate(cluster.model_dump() | {"schools": schools, "tools": tools} | more)


@routes.post(
    "",
    status_code=201,
    dependencies=[allowed(RULES, "cluster.form", cluster_to_form)],
    responses=documented(Forbidden, CountryNotTakingPart),
)
@located("/v1/clusters/{id}")
async def form_cluster(new: ClusterIn, db: Db, pool: Reader, actor: CurrentMember) -> ClusterOut:
    """Form a cluster of one country; its schools come afterwards, the mentor first."""
    return await shown(pool, await actions.form_cluster(db, new, actor.id), actor)


@routes.get("/{cluster_id}", responses=refused)
async def show_cluster(cluster: SeenCluster, pool: Reader, actor: CurrentMember, request: Request) -> ClusterOut:
    """A cluster with its composition (schools, roles and numbers), and where it works."""
    versioned(request, cluster.version)
    return await shown(pool, cluster, actor)


@routes.put("/{cluster_id}/aims", responses=refused | documented(Changed, PreconditionRequired))
async def change_aims(
    cluster: Annotated[Cluster, allowed(RULES, "cluster.change_aims", visible_cluster)],
    aims: AimsIn,
    db: Db,
    pool: Reader,
    actor: CurrentMember,
    if_match: IfMatch = None,
) -> ClusterOut:
    """Say anew what the cluster is for. `If-Match` names the version that you read."""
    cluster = await lock(db, Cluster, cluster.id)
    hold(RULES, "cluster.change_aims", cluster)
    matched(cluster.version, if_match)
    return await shown(pool, actions.change_aims(db, cluster, aims, actor.id), actor)

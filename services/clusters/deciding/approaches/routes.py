from typing import Annotated

from kit.clock import now
from kit.db import Db, plain
from kit.policy import allowed, can
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import visible_cluster
from services.clusters.deciding.approaches import actions, queries
from services.clusters.deciding.approaches.schemas import ClusterApproachIn, ClusterApproachOut
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember, Member

routes = router("/v1/clusters/{cluster_id}/approach", "clusters")
refused = documented(Forbidden, NotFound)
Changing = Annotated[Cluster, allowed(RULES, "cluster.change_approach", visible_cluster)]


@routes.get("", responses=refused)
async def show_approach(cluster: Changing, db: Db, actor: CurrentMember) -> ClusterApproachOut:
    """How a cluster is led, and what becomes of what waits in it if that is changed."""
    return await shown(db, cluster, actor)


@routes.put("", responses=refused)
async def change_approach(
    cluster: Changing, said: ClusterApproachIn, db: Db, actor: CurrentMember
) -> ClusterApproachOut:
    """Have it led by its ministry, or by its schools, from now on; said again, it changes nothing."""
    return await shown(db, await actions.change_approach(db, cluster, said, actor.id), actor)


async def shown(db: Db, cluster: Cluster, actor: Member) -> ClusterApproachOut:
    await db.flush()
    proposals = await queries.proposals_with_deeds(db, cluster.id)
    return ClusterApproachOut(
        approach=cluster.approach,
        plans=[each.model_dump(include={"id", "year"}) for each in await queries.plans_handed_in(db, cluster.id)],
        proposals=[each.model_dump(include={"id", "title", "language"}) for each in proposals],
        todos=await queries.undone_todos(await plain(db), cluster.id, now()),
        can=[verb for verb in can(RULES, actor, "cluster", cluster) if verb == "change_approach"],
    )

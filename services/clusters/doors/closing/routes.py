from typing import Annotated

from kit.db import Db, plain
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import visible_cluster
from services.clusters.clusters.showing.routes import shown
from services.clusters.clusters.showing.schemas import ClusterOut
from services.clusters.doors.closing import actions
from services.clusters.doors.closing.schemas import ClosingIn
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/clusters/{cluster_id}/closure", "clusters")
refused = documented(Forbidden, NotFound)


@routes.put("", responses=refused)
async def close_cluster(
    cluster: Annotated[Cluster, allowed(RULES, "cluster.close", visible_cluster)],
    said: ClosingIn,
    db: Db,
    actor: CurrentMember,
) -> ClusterOut:
    """Close the cluster: what it did can be read, nothing is added, and its coming events are cancelled."""
    return await shown(await plain(db), await actions.close_cluster(db, cluster, said.word, actor.id), actor)


@routes.delete("", responses=refused)
async def reopen_cluster(
    cluster: Annotated[Cluster, allowed(RULES, "cluster.reopen", visible_cluster)], db: Db, actor: CurrentMember
) -> ClusterOut:
    """Open it again: it goes on with the schools that it has. Events that were cancelled stay cancelled."""
    return await shown(await plain(db), await actions.reopen_cluster(db, cluster, actor.id), actor)

from typing import Annotated

from kit.clock import now
from kit.db import Db, plain
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented, field_invalid
from kit.routing import router
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import visible_cluster
from services.clusters.overviews.nudging import queries
from services.clusters.overviews.nudging.models import LONGEST_REST
from services.clusters.overviews.nudging.schemas import RestIn
from services.clusters.policy import RULES
from services.roster.activity.models import NO_SCHOOL
from services.roster.standing import CurrentMember

routes = router("/v1", "overviews")


@routes.post("/clusters/{cluster_id}/nudge-rests", status_code=204, responses=documented(Forbidden, NotFound))
async def rest_nudges(
    cluster: Annotated[Cluster, allowed(RULES, "cluster_overview.rest_nudges", visible_cluster)],
    said: RestIn,
    db: Db,
    actor: CurrentMember,
) -> None:
    """Do not nudge me about this cluster, or a school in it, before a day; nobody else is told."""
    today = now().date()
    if said.until and not today < said.until <= today + LONGEST_REST:
        raise field_invalid("until", "rest_out_of_bounds")
    assert actor.id
    connection, school_id = await plain(db), said.school_id or NO_SCHOOL
    if said.school_id and not await queries.belonged(connection, cluster.id, said.school_id):
        raise field_invalid("school_id", "school_not_in_cluster")
    await queries.rest(connection, actor.id, cluster.id, school_id, said.until)

from kit.db import Writer
from kit.policy import allowed
from kit.problems import Forbidden, documented
from kit.routing import router
from services.clusters.activity import actions
from services.clusters.activity.schemas import SumsIn
from services.clusters.policy import RULES

routes = router("/v1", "overviews")


@routes.post(
    "/activity", status_code=204, dependencies=[allowed(RULES, "activity.tell")], responses=documented(Forbidden)
)
async def tell_activity(told: SumsIn, connection: Writer) -> None:
    """Sums of what happened, each in the place of the older one; for the other services."""
    await actions.keep_told(connection, told)

from fastapi import Request

from kit.clock import real_now
from kit.db import Reader
from kit.policy import allowed
from kit.problems import Forbidden, documented
from kit.routing import router
from services.clusters.policy import RULES
from services.clusters.post.bounces.schemas import BounceCountOut, BouncesOut
from services.clusters.post.unreached.actions import BOUNCES_KEPT
from services.clusters.post.unreached.queries import bounces_by_meaning, how_many_unreached

routes = router("/v1", "operations")


@routes.get("/bounces", dependencies=[allowed(RULES, "bounces.count")], responses=documented(Forbidden))
async def count_bounces(pool: Reader, request: Request) -> BouncesOut:
    """How many letters came back lately, and why; for who looks after the house."""
    counted = await bounces_by_meaning(pool, real_now() - BOUNCES_KEPT)
    bounces = [BounceCountOut(meaning=meaning, times=times) for meaning, times in counted.items()]
    come_back = bool(request.app.state.settings.bounces_to)
    return BouncesOut(unreached=await how_many_unreached(pool), bounces=bounces, come_back=come_back)

"""`GET /v1/approaches` of every service: where it matters how a cluster is led, and who may do it then."""

from typing import Any

from pydantic import BaseModel, Field

from kit.policy import Rules, allowed
from kit.problems import Forbidden, documented
from kit.routing import router
from services.roster.approaches.marks import by_approach


class ApproachOut(BaseModel):
    """An action, and the rules that let somebody do it in a cluster of either approach."""

    action: str = Field(examples=["cluster.begin"])
    top_down: list[str]
    bottom_up: list[str] = Field(examples=[["mentor_coordinator_in_a_bottom_up_cluster", "programme_coordinator"]])


class ApproachesOut(BaseModel):
    actions: list[ApproachOut]


def approach_router(rules: Rules) -> Any:
    """What of these rules depends on the approach, in the order of their table."""
    routes = router("/v1", "policy")
    found = ApproachesOut(actions=[ApproachOut(action=action, **who) for action, who in by_approach(rules).items()])

    @routes.get("/approaches", dependencies=[allowed(rules, "approaches.see")], responses=documented(Forbidden))
    async def list_approaches() -> ApproachesOut:
        """What depends on whether a ministry has set a cluster up or its schools have; all else is the same in both."""
        return found

    return routes

from typing import Annotated

from kit.db import Db
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.clusters.memberships import actions
from services.clusters.clusters.memberships.models import Membership
from services.clusters.clusters.memberships.queries import VisibleMembership, visible_membership
from services.clusters.clusters.memberships.schemas import MembershipOut
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1", "memberships")


@routes.delete(
    "/memberships/{membership_id}",
    response_model=MembershipOut,
    responses=documented(Forbidden, NotFound, actions.LastMentor),
)
async def end_membership(
    found: Annotated[VisibleMembership, allowed(RULES, "membership.end", visible_membership)],
    actor: CurrentMember,
    db: Db,
) -> Membership:
    """Release a school from the cluster; one of a bottom-up cluster leaves it by who leads it."""
    return await actions.end_membership(db, found.membership, actor.id)

from typing import Annotated

from fastapi import Request

from kit.clock import now
from kit.db import Db
from kit.locking import lock_if_there
from kit.policy import allowed, can
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, matched, router, versioned
from services.clusters.clusters.support import actions
from services.clusters.clusters.support.levels import SUPPORT
from services.clusters.clusters.support.models import Support
from services.clusters.clusters.support.queries import SupportOf, support_of
from services.clusters.clusters.support.schemas import BehaviourOut, SupportIn, SupportOut
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember, Member

routes = router("/v1", "overviews")
refused = documented(Forbidden, NotFound)


@routes.get("/countries/{country}/support", responses=refused)
async def show_support(
    found: Annotated[SupportOf, allowed(RULES, "support.see", support_of)], actor: CurrentMember, request: Request
) -> SupportOut:
    """How closely the clusters of a country are accompanied, and what each level means."""
    versioned(request, found.support.version if found.support else 0)
    return shown(found, actor)


@routes.put("/countries/{country}/support", responses=refused | documented(Changed, PreconditionRequired))
async def choose_support(
    found: Annotated[SupportOf, allowed(RULES, "support.choose", support_of)],
    said: SupportIn,
    db: Db,
    actor: CurrentMember,
    if_match: IfMatch = None,
) -> SupportOut:
    """Accompany them otherwise, from now on and each school year. `If-Match` names the version that you read."""
    known = await lock_if_there(db, Support, found.country)
    matched(known.version if known else 0, if_match)
    assert actor.id
    await actions.choose(db, found.country, said, known, actor.id)
    return shown(await support_of(found.country, db), actor)


def shown(found: SupportOf, actor: Member) -> SupportOut:
    return SupportOut(
        country=found.country,
        light_touch_from=found.light_touch_from,
        on_request_from=found.on_request_from,
        level=found.level(now().date()),
        levels=[BehaviourOut(level=level, **vars(behaviour)) for level, behaviour in SUPPORT.items()],
        version=found.support.version if found.support else 0,
        can=can(RULES, actor, "support", found),
    )

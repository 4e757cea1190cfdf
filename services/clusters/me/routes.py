from typing import Annotated, Any

from kit.db import Reader
from kit.policy import allowed
from kit.problems import Forbidden, documented
from kit.routing import router
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.queries import myself
from services.clusters.me import queries
from services.clusters.me.schemas import MeOut
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/me", "people")
SeenMyself = Annotated[Person, allowed(RULES, "profile.see", myself)]


@routes.get("", response_model=MeOut, responses=documented(Forbidden))
async def show_me(_: SeenMyself, actor: CurrentMember, pool: Reader) -> Any:
    """Who I am, where I stand, and how many notices I have not seen."""
    assert actor.id
    return await queries.me(pool, actor.id, actor.bound_to)

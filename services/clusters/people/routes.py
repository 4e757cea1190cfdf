from typing import Annotated, Any

from kit.db import Db, Reader, Whole
from kit.policy import allowed
from kit.problems import Forbidden, documented
from kit.routing import router
from services.clusters.people import actions, queries
from services.clusters.people.models import Person
from services.clusters.people.schemas import MeOut, PasswordIn, PersonOut, ProfileIn
from services.clusters.policy import RULES
from services.clusters.tries.actions import TooManyTries
from services.roster.standing import CurrentMember

routes = router("/v1/me", "people")
refused = documented(Forbidden)
SeenMyself = Annotated[Person, allowed(RULES, "profile.see", queries.myself)]
Myself = Annotated[Person, allowed(RULES, "profile.change", queries.myself)]


@routes.get("", response_model=MeOut, responses=refused)
async def show_me(_: SeenMyself, actor: CurrentMember, pool: Reader) -> Any:
    """Who I am, where I stand, and how many notices I have not seen."""
    assert actor.id
    return await queries.me(pool, actor.id, actor.reach)


@routes.put("", response_model=PersonOut, responses=refused)
async def change_profile(person: Myself, profile: ProfileIn, session: Db) -> Any:
    """Change my name, language and time zone."""
    return await actions.change_profile(session, person, **profile.model_dump())


@routes.put(
    "/password",
    status_code=204,
    dependencies=[allowed(RULES, "profile.change")],
    responses=refused | documented(TooManyTries),
)
async def set_password(new: PasswordIn, database: Whole, actor: CurrentMember) -> None:
    """Set or replace my password (10 characters at least); every other session and every open mail link ends."""
    assert actor.id
    await actions.set_password(database, actor.id, new.password, new.old_password, new.session)

from kit.db import Whole
from kit.policy import allowed
from kit.problems import Forbidden, documented
from kit.routing import router
from services.clusters.doors.passwords import actions
from services.clusters.doors.passwords.schemas import PasswordIn
from services.clusters.doors.tries.actions import TooManyTries
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/me", "people")


@routes.put(
    "/password",
    status_code=204,
    dependencies=[allowed(RULES, "profile.change")],
    responses=documented(Forbidden, TooManyTries),
)
async def set_password(new: PasswordIn, database: Whole, actor: CurrentMember) -> None:
    """Set or replace my password: 10 characters at least, and none that others would soon guess.

    Every other session and every open mail link ends.
    """
    assert actor.id
    await actions.set_password(database, actor.id, new.password, new.old_password, new.session)

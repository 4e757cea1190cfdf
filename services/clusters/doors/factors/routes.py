from typing import Any

from kit.db import Db, Reader, Whole
from kit.idempotency import SecretTold, tells_secret
from kit.outside import network
from kit.pages import After, IdKeys, Limit, Page, keys_of, page_of
from kit.policy import allowed
from kit.problems import Forbidden, documented
from kit.routing import router
from services.clusters.doors.factors import actions, queries
from services.clusters.doors.factors.schemas import (
    FactorConfirmedOut,
    MyFactorOut,
    NewFactorIn,
    NewFactorOut,
    SecondStepIn,
    SecondStepOut,
    Trying,
)
from services.clusters.doors.sessions.schemas import OpenSessionOut
from services.clusters.doors.tries.actions import Origin
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1", "sessions")
signing_in = allowed(RULES, "session.begin")
PROVING = (actions.NoFactor, actions.TooManyWrongCodes, actions.CodesShut)
SETTING_UP = (Forbidden, actions.SignedOut, actions.CameLongAgo, actions.FactorThere, actions.PasskeyFirst, SecretTold)


@routes.post(
    "/sessions/second-step",
    dependencies=[signing_in],
    responses=documented(Forbidden, actions.SignedOut, *PROVING, SecretTold),
)
@tells_secret
async def take_second_step(step: SecondStepIn, database: Whole) -> SecondStepOut:
    """Prove a session that waits for its second step; for clients with the scope `sign_in`."""
    origin = Origin(network(step.source), step.device)
    return SecondStepOut(device=await actions.take_step(database, step.session, step.code, origin))


@routes.post("/second-factors", status_code=201, dependencies=[signing_in], responses=documented(*SETTING_UP))
@tells_secret
async def begin_second_factor(new: NewFactorIn, db: Db) -> NewFactorOut:
    """A key for an app of whose session this is; for clients with the scope `sign_in`. It is used once confirmed."""
    key, address = await actions.begin_factor(db, new.session)
    return NewFactorOut(key=key, address=address)


@routes.post(
    "/second-factors/confirmation",
    dependencies=[signing_in],
    responses=documented(*SETTING_UP, actions.TooManyWrongCodes),
)
@tells_secret
async def confirm_second_factor(step: SecondStepIn, database: Whole) -> FactorConfirmedOut:
    """Confirm the key by a code of the app: from now on signing in asks for one."""
    origin = Origin(network(step.source))
    return FactorConfirmedOut(recovery_codes=await actions.confirm_factor(database, step.session, step.code, origin))


@routes.get(
    "/me/second-factor",
    response_model=MyFactorOut,
    dependencies=[allowed(RULES, "second_factor.see_own")],
    responses=documented(Forbidden),
)
async def show_second_factor(pool: Reader, actor: CurrentMember) -> Any:
    """My second step, and whether the programme asks for it."""
    assert actor.id
    return await queries.factor_shown(pool, actor.id)


@routes.post(
    "/me/second-factor/removal",
    status_code=204,
    dependencies=[allowed(RULES, "second_factor.remove")],
    responses=documented(Forbidden, *PROVING),
)
async def remove_second_factor(step: Trying, database: Whole, actor: CurrentMember) -> None:
    """Remove it, by a code of it: signing in has one step again, and a mail tells me so."""
    assert actor.id
    origin = Origin(network(step.source), step.device)
    await actions.remove_factor(database, actor.id, step.code, origin)


@routes.get("/me/sessions", dependencies=[allowed(RULES, "session.see_own")], responses=documented(Forbidden))
async def list_open_sessions(
    pool: Reader, actor: CurrentMember, after: After = None, limit: Limit = 20
) -> Page[OpenSessionOut]:
    """The browsers that I am signed in with, the newest first."""
    assert actor.id
    keys = keys_of(after, IdKeys)
    rows = await queries.sessions_shown(pool, actor.id, keys.id if keys else None, limit)
    return Page[OpenSessionOut].model_validate(page_of(rows, limit, "id"))

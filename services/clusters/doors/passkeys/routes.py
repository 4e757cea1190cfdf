from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request

from kit.db import Db, Reader, Whole
from kit.idempotency import SecretTold, tells_secret
from kit.outside import network
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.doors.factors.actions import CameLongAgo, SignedOut
from services.clusters.doors.passkeys import actions, queries
from services.clusters.doors.passkeys.answers import PasskeyInvalid, RelyingParty
from services.clusters.doors.passkeys.schemas import (
    NewPasskeyChallengeIn,
    PasskeyChallengeIn,
    PasskeyIn,
    PasskeyOptionsOut,
    PasskeyOut,
)
from services.clusters.doors.sessions.models import Passkey
from services.clusters.doors.tries.actions import Origin
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1", "sessions")
adding = allowed(RULES, "passkey.add")


def relying_party(request: Request) -> RelyingParty:
    return RelyingParty.at(request.app.state.settings.public_url)


ThisHouse = Annotated[RelyingParty, Depends(relying_party)]


@routes.post(
    "/passkey-challenges",
    status_code=201,
    dependencies=[allowed(RULES, "session.begin")],
    responses=documented(Forbidden, SecretTold),
)
@tells_secret
async def ask_for_passkey(new: PasskeyChallengeIn, database: Whole, house: ThisHouse) -> PasskeyOptionsOut:
    """What a browser asks its passkeys to sign; for clients with the scope `sign_in`. The answer begins a session."""
    origin = Origin(network(new.source))
    return PasskeyOptionsOut(options=await actions.ask_to_sign(database, house, origin, offered=new.offered))


@routes.post(
    "/me/passkey-challenges",
    status_code=201,
    dependencies=[adding],
    responses=documented(Forbidden, SignedOut, CameLongAgo, actions.TooManyPasskeys, SecretTold),
)
@tells_secret
async def ask_for_new_passkey(
    new: NewPasskeyChallengeIn, database: Whole, house: ThisHouse, actor: CurrentMember
) -> PasskeyOptionsOut:
    """What my browser makes a passkey by, in the hour after I came in. Its answer is sent to `/v1/me/passkeys`."""
    assert actor.id
    return PasskeyOptionsOut(options=await actions.ask_to_make(database, house, actor.id, new.session))


@routes.get(
    "/me/passkeys",
    response_model=list[PasskeyOut],
    dependencies=[allowed(RULES, "passkey.see_own")],
    responses=documented(Forbidden),
)
async def list_passkeys(pool: Reader, actor: CurrentMember) -> Any:
    """The passkeys that let me in, twenty at most, the oldest first."""
    assert actor.id
    return await queries.passkeys_shown(pool, actor.id)


@routes.post(
    "/me/passkeys",
    status_code=201,
    response_model=PasskeyOut,
    dependencies=[adding],
    responses=documented(
        Forbidden, actions.PasskeyUnexpected, PasskeyInvalid, actions.PasskeyKnown, actions.TooManyPasskeys
    ),
)
async def add_passkey(new: PasskeyIn, database: Whole, house: ThisHouse, actor: CurrentMember) -> Passkey:
    """Add the passkey that my device made: it lets me in from now on, and a mail tells me so."""
    assert actor.id
    return await actions.add_passkey(database, house, actor.id, new.name, new.answer)


@routes.delete(
    "/me/passkeys/{passkey_id}",
    status_code=204,
    dependencies=[allowed(RULES, "passkey.remove")],
    responses=documented(Forbidden, NotFound),
)
async def remove_passkey(passkey_id: UUID, db: Db, actor: CurrentMember) -> None:
    """Remove a passkey of mine: it lets nobody in any more, and a mail tells me so."""
    assert actor.id
    await actions.remove_passkey(db, actor.id, passkey_id)

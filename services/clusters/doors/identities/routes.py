from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from kit.db import Db, Whole
from kit.idempotency import SecretTold, tells_secret
from kit.outside import network
from kit.policy import allowed, anyone
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.doors.identities import actions
from services.clusters.doors.identities.claims import AnswerInvalid
from services.clusters.doors.identities.providers import ProviderAway, Providers, ProviderUnknown
from services.clusters.doors.identities.queries import identities_of
from services.clusters.doors.identities.requests import (
    AnswerUnexpected,
    ProviderRefused,
    TooManyAnswers,
    TooManyBegun,
    begin_request,
)
from services.clusters.doors.identities.schemas import (
    AuthenticationRequestIn,
    AuthenticationRequestOut,
    IdentityOut,
    OwnProviderAnswerIn,
    ProviderOut,
)
from services.clusters.doors.tries.actions import Origin
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1", "sessions")
connecting = allowed(RULES, "identity.connect")
BEGINNING = (Forbidden, ProviderUnknown, ProviderAway, TooManyAnswers, TooManyBegun, SecretTold)
ANSWERED = (ProviderUnknown, ProviderRefused, ProviderAway, AnswerUnexpected, AnswerInvalid, TooManyAnswers)


def providers_of(request: Request) -> Providers:
    providers: Providers = request.app.state.providers
    return providers


TheProviders = Annotated[Providers, Depends(providers_of)]


@routes.get("/identity-providers", dependencies=[anyone("the page to sign in on shows them")])
async def list_identity_providers(providers: TheProviders) -> list[ProviderOut]:
    """With whose accounts (OpenID Connect) people sign in here."""
    return [ProviderOut(key=provider.key, name=provider.name) for provider in providers.all.values()]


@routes.post(
    "/authentication-requests",
    status_code=201,
    dependencies=[allowed(RULES, "session.begin")],
    responses=documented(*BEGINNING),
)
@tells_secret
async def begin_authentication(
    new: AuthenticationRequestIn, database: Whole, providers: TheProviders
) -> AuthenticationRequestOut:
    """Send a browser to a provider; for clients with the scope `sign_in`. Its answer begins a session."""
    origin = Origin(network(new.source))
    address, secret = await begin_request(database, providers, new.provider, origin)
    return AuthenticationRequestOut(address=address, secret=secret)


@routes.post(
    "/me/authentication-requests", status_code=201, dependencies=[connecting], responses=documented(*BEGINNING)
)
@tells_secret
async def begin_connecting(
    new: AuthenticationRequestIn, database: Whole, providers: TheProviders, actor: CurrentMember
) -> AuthenticationRequestOut:
    """Send my browser to a provider, to connect an account of mine. Its answer is sent to `/v1/me/identities`."""
    origin = Origin(network(new.source))
    address, secret = await begin_request(database, providers, new.provider, origin, actor.id)
    return AuthenticationRequestOut(address=address, secret=secret)


@routes.get("/me/identities", dependencies=[allowed(RULES, "identity.see_own")], responses=documented(Forbidden))
async def list_identities(db: Db, providers: TheProviders, actor: CurrentMember) -> list[IdentityOut]:
    """The accounts elsewhere that let me in here, the oldest first."""
    assert actor.id
    return [
        IdentityOut(id=known.id, name=providers.name_of(known.issuer), connected_at=known.connected_at)
        for known in await identities_of(db, actor.id)
    ]


@routes.post(
    "/me/identities",
    status_code=204,
    dependencies=[connecting],
    responses=documented(Forbidden, *ANSWERED, actions.IdentityTaken),
)
async def connect_identity(
    answer: OwnProviderAnswerIn, database: Whole, providers: TheProviders, actor: CurrentMember
) -> None:
    """Connect the account that a provider vouches for: it lets me in from now on."""
    assert actor.id
    await actions.connect(database, providers, answer, Origin(network(answer.source)), actor.id)


@routes.delete(
    "/me/identities/{identity_id}",
    status_code=204,
    dependencies=[allowed(RULES, "identity.disconnect")],
    responses=documented(Forbidden, NotFound),
)
async def disconnect_identity(identity_id: UUID, db: Db, providers: TheProviders, actor: CurrentMember) -> None:
    """Disconnect an account of mine: it lets nobody in here any more."""
    assert actor.id
    await actions.disconnect(db, providers, actor.id, identity_id)

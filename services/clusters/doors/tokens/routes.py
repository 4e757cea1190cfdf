from typing import Any

from fastapi import Request, Response

from kit.db import Plain, Whole
from kit.idempotency import SecretTold, tells_secret
from kit.outside import source_of
from kit.policy import anyone
from kit.problems import documented
from kit.routing import FORM, router, takes_basic
from services.clusters.doors.tokens import actions, queries, refusals
from services.clusters.doors.tokens.asking import WhatIsAsked
from services.clusters.doors.tokens.schemas import Asked, GrantIn, KeysOut, ServerOut, TokenErrorOut, TokenOut
from services.clusters.scopes import SIGN_IN
from services.roster.rules import ACT_FOR_PEOPLE, WEBHOOKS

routes = router("", "tokens")
REFUSALS = documented(*refusals.TokenRefused.__subclasses__(), SecretTold)
REFUSALS[401]["model"] = TokenErrorOut
FORM_BODY = {
    "requestBody": {"required": True, "content": {FORM: {"schema": GrantIn.model_json_schema()}}},
    "security": [{"client": []}, {}],
}


@routes.post(
    "/v1/tokens",
    response_model_exclude_none=True,
    responses=REFUSALS,
    openapi_extra=FORM_BODY,
    dependencies=[anyone("a client proves itself by its secret")],
)
@tells_secret
@takes_basic
async def issue_token(request: Request, response: Response, asked: WhatIsAsked, database: Whole) -> TokenOut:
    """A token of five minutes for a client, for a person that it may act for, or for a browser's session."""
    response.headers.update(refusals.NOT_KEPT)
    client = await actions.authenticate(database, asked.client_id, asked.client_secret, source_of(request))
    claims, scope = await _granted(database.pool, client, asked)
    signer: actions.Signer = request.app.state.signer
    token = await signer.sign(database, request.app.state.settings.public_url, claims)
    return TokenOut(access_token=token, expires_in=int(actions.LIFETIME.total_seconds()), scope=scope)


async def _granted(pool: Plain, client: queries.AskingClient, asked: Asked) -> tuple[dict[str, Any], str | None]:
    """The claims of the token, and its scope."""
    if asked.grant_type == "session":
        return await _for_session(pool, client, asked), None
    if asked.grant_type != "client_credentials":
        raise refusals.UnsupportedGrantType
    scopes = _scopes(client, asked.scope)
    if asked.person_id is None:
        return actions.claims_of_client(client, scopes), " ".join(scopes)
    if ACT_FOR_PEOPLE not in client.scopes:
        raise refusals.UnauthorizedClient
    if ACT_FOR_PEOPLE not in scopes:
        raise refusals.InvalidScope
    person = await queries.bearer_in_its_cluster(pool, client, asked.person_id)
    if person is None:
        raise refusals.InvalidGrant
    return actions.claims_of_person(person, client), ACT_FOR_PEOPLE


async def _for_session(pool: Plain, client: queries.AskingClient, asked: Asked) -> dict[str, Any]:
    if SIGN_IN not in client.scopes:
        raise refusals.UnauthorizedClient
    if asked.scope:
        raise refusals.InvalidScope
    person = await queries.bearer_of_session(pool, asked.session) if asked.session else None
    if person is None:
        raise refusals.InvalidGrant
    if person.awaited == "second_step":
        raise refusals.SecondStepWanted
    if person.awaited == "second_factor":
        raise refusals.SecondFactorWanted
    return actions.claims_of_person(person)


def _scopes(client: queries.AskingClient, wanted: str | None) -> list[str]:
    """Those that are asked for, or all that the client has. Raises InvalidScope."""
    if wanted is None:
        return client.scopes
    scopes = wanted.split()
    if not scopes or not set(scopes) <= set(client.scopes):
        raise refusals.InvalidScope
    return [scope for scope in client.scopes if scope in scopes]


@routes.get("/v1/keys", dependencies=[anyone("public keys are public")])
async def list_keys(request: Request) -> KeysOut:
    """The JWKS that checks our tokens: the key that signs now, and those whose tokens may still be on their way."""
    return KeysOut.model_validate(await queries.public_keys(request.app.state.database))


@routes.get("/.well-known/oauth-authorization-server", dependencies=[anyone("how to get a token is no secret")])
async def describe_server(request: Request) -> ServerOut:
    """Where programs get tokens, and how (RFC 8414); web answers the same at the issuer's address."""
    settings = request.app.state.settings
    here = settings.reached_at("clusters")
    return ServerOut(
        issuer=settings.public_url,
        token_endpoint=f"{here}/v1/tokens",
        jwks_uri=f"{here}/v1/keys",
        scopes_supported=[ACT_FOR_PEOPLE, WEBHOOKS],
    )

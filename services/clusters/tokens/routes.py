from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Form, Request
from pydantic import BaseModel, Field

from kit.db import Db
from kit.idempotency import SecretTold, tells_secret
from kit.policy import anyone
from kit.problems import Problem, documented
from kit.routing import router
from services.clusters.clients.models import SIGN_IN, Client
from services.clusters.clients.queries import authenticated_client, person_within_reach
from services.clusters.sessions.queries import person_of_session
from services.clusters.tokens import actions, queries
from services.roster.rules import ACT_FOR_PEOPLE

routes = router("/v1", "tokens")


class InvalidClient(Problem):
    status, title = 401, "No such client, or not its secret"


class InvalidGrant(Problem):
    status, title = 400, "This grant is not valid, or ended"


class GrantIn(BaseModel):
    """OAuth 2 client credentials; `person_id` asks for a token that acts for a person, `session` for a browser's."""

    grant_type: Literal["client_credentials", "session"]
    client_id: str = Field(max_length=60)
    client_secret: str = Field(max_length=200)
    person_id: UUID | None = None
    session: str | None = Field(default=None, max_length=200)


class TokenOut(BaseModel):
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: int = Field(description="Seconds")


@routes.post(
    "/tokens",
    responses=documented(InvalidClient, InvalidGrant, SecretTold),
    dependencies=[anyone("a client proves itself by its secret")],
)
@tells_secret
async def issue_token(request: Request, form: Annotated[GrantIn, Form()], session: Db) -> TokenOut:
    """A token of five minutes for a client, for a person that it may act for, or for a browser's session."""
    client = await authenticated_client(session, form.client_id, form.client_secret)
    if client is None:
        raise InvalidClient
    claims = await _claims(session, client, form)
    key = await actions.signing_key(session)
    token = actions.sign(key, request.app.state.settings.public_url, claims)
    return TokenOut(access_token=token, expires_in=int(actions.LIFETIME.total_seconds()))


async def _claims(session: Db, client: Client, form: GrantIn) -> dict[str, Any]:
    if form.grant_type == "session" and SIGN_IN in client.scopes and form.session:
        person = await person_of_session(session, form.session)
        if person:
            return actions.claims_of_person(person)
    elif form.grant_type == "client_credentials" and form.person_id and ACT_FOR_PEOPLE in client.scopes:
        person = await person_within_reach(session, client, form.person_id)
        if person:
            return actions.claims_of_person(person, client)
    elif form.grant_type == "client_credentials" and not form.person_id:
        return actions.claims_of_client(client)
    raise InvalidGrant


class KeysOut(BaseModel):
    keys: list[dict[str, Any]]


@routes.get("/keys", dependencies=[anyone("public keys are public")])
async def list_keys(request: Request) -> KeysOut:
    """The JWKS that checks our tokens: the key that signs now, and those whose tokens may still be on their way."""
    return KeysOut.model_validate(await queries.public_keys(request.app.state.database))

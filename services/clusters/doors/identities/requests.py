"""A browser is sent to a provider, and comes back with one answer: whom the provider vouches for.

No connection is held while a provider is asked.
"""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc.errors import InvalidKeyIdError, JoseError
from sqlmodel import col, delete

from kit.clock import real_now
from kit.db import Database, plain
from kit.logs import log
from kit.problems import Problem, TooMany
from services.clusters.doors.identities.claims import (
    AnswerInvalid,
    Place,
    believed_mail,
    claims_in,
    name_in,
    place_in,
    subject_in,
)
from services.clusters.doors.identities.models import REQUEST_LASTS, AuthenticationRequest
from services.clusters.doors.identities.providers import Description, ProviderAway, Providers, patience
from services.clusters.doors.identities.queries import begun_from, make_room, take_request
from services.clusters.doors.identities.schemas import ProviderAnswerIn
from services.clusters.doors.tries.actions import Origin, TooManyTries, keep_wrong_try, refuse_after_many
from services.clusters.doors.tries.models import digest, new_secret
from services.clusters.doors.tries.queries import lock_tries
from services.clusters.settings import Provider

MOST_WRONG = 60  # of a whole staff room behind one address
MOST_BEGUN_HERE, MOST_BEGUN = 60, 20_000


class ProviderRefused(Problem):
    status, title = 409, "The provider did not let you in: try again there, or use a mail link"


class AnswerUnexpected(Problem):
    status, title = 410, "This was begun in another browser, used already, or took too long: begin again"


class TooManyAnswers(TooMany):
    status, title = 429, "Too many wrong answers came from here: use a mail link, or wait a quarter of an hour"
    headers: ClassVar[dict[str, str]] = TooManyTries.headers


class TooManyBegun(TooMany):
    status, title = 429, "Too many sign-ins were begun from here, and not finished: use a mail link, or wait"
    headers: ClassVar[dict[str, str]] = {"Retry-After": str(int(REQUEST_LASTS.total_seconds()))}


@dataclass(frozen=True)
class Account:
    """Whom a provider vouches for; `mail` is the address that it says is theirs, if that is believed.

    `place`: where they work, of a provider that says so; `is_half_heard`: it was asked for that, and did not answer.
    """

    issuer: str
    subject: str
    mail: str | None
    name: str = ""
    place: Place | None = None
    is_half_heard: bool = False


async def begin_request(
    database: Database, providers: Providers, key: str, origin: Origin, person_id: UUID | None = None
) -> tuple[str, str]:
    """(the address to send the browser to, the secret that it keeps); to connect an account when a person is named.

    Raises ProviderUnknown, ProviderAway, TooManyAnswers, TooManyBegun.
    """
    provider = providers.named(key)
    await _refuse_after_many(database, origin)
    async with patience(provider):
        description = await providers.description(provider)
    secret, state = new_secret(), new_secret()
    begun = AuthenticationRequest(
        secret_digest=digest(secret),
        state_digest=digest(state),
        provider=key,
        person_id=person_id,
        from_digest=digest(origin.key),
    )
    await _keep(database, begun)
    address: str = prepare_grant_uri(
        description.authorization_endpoint,
        provider.client_id,
        "code",
        redirect_uri=providers.way_back(provider),
        scope=provider.scopes,
        state=state,
        nonce=begun.nonce,
        code_challenge=create_s256_code_challenge(begun.verifier),
        code_challenge_method="S256",
    )
    return address, secret


async def _keep(database: Database, begun: AuthenticationRequest) -> None:
    """So many of one network, so many in all. Raises TooManyBegun."""
    async with database.transaction() as db:
        # Locked, so that those of one network that come at once are counted to the last.
        await lock_tries(db, f"begun from {begun.from_digest}")
        here = col(AuthenticationRequest.from_digest) == begun.from_digest
        await db.exec(delete(AuthenticationRequest).where(here, col(AuthenticationRequest.ends_at) < real_now()))
        if await begun_from(db, begun.from_digest) >= MOST_BEGUN_HERE:
            raise TooManyBegun
        db.add(begun)
        await db.flush()
        await make_room(db, MOST_BEGUN)


async def account_of(
    database: Database, providers: Providers, answer: ProviderAnswerIn, origin: Origin, person_id: UUID | None = None
) -> Account:
    """Whom the provider vouches for. One that is wrong counts as a try from this origin.

    Raises ProviderUnknown, ProviderRefused, ProviderAway, AnswerUnexpected, AnswerInvalid, TooManyAnswers.
    """
    provider = providers.named(answer.provider)
    await _refuse_after_many(database, origin)
    try:
        begun = await _begun(database, answer, person_id)
        async with patience(provider):
            return await _ask(providers, provider, begun, answer)
    except (AnswerUnexpected, AnswerInvalid):
        try:
            async with database.transaction() as db:
                await keep_wrong_try(db, _whose(origin), origin, MOST_WRONG)
        except TooManyTries as many:
            raise TooManyAnswers from many
        raise


async def _begun(database: Database, answer: ProviderAnswerIn, person_id: UUID | None) -> AuthenticationRequest:
    """What this browser began; it is used up whether the answer is right or not. Raises AnswerUnexpected."""
    async with database.transaction() as db:
        begun = await take_request(db, answer.request)
    if begun is None or begun.ends_at < real_now() or digest(answer.state) != begun.state_digest:
        raise AnswerUnexpected
    if begun.provider != answer.provider or begun.person_id != person_id:
        raise AnswerUnexpected
    return begun


async def _ask(
    providers: Providers, provider: Provider, begun: AuthenticationRequest, answer: ProviderAnswerIn
) -> Account:
    description = await providers.description(provider)
    names_itself = description.authorization_response_iss_parameter_supported
    if (answer.iss or names_itself) and answer.iss != provider.issuer:
        raise AnswerInvalid
    if answer.error or not answer.code:
        raise ProviderRefused
    tokens = await _tokens(providers, provider, description, begun, answer.code)
    claims = await _claims(providers, provider, begun, tokens)
    subject = subject_in(claims)
    access_token = str(tokens.get("access_token", ""))
    by, more = provider.school, {}
    wanted = {"email", by.claim, by.staff_claim} if by else {"email"}
    asks_more = begun.person_id is None and not wanted <= claims.keys()
    if asks_more and description.userinfo_endpoint and access_token:
        told = await providers.userinfo(provider, description.userinfo_endpoint, access_token)
        more = told if told.get("sub") == subject else {}
    mail, said = believed_mail(claims if "email" in claims else more, provider.mail), more | claims
    place = place_in(said, by) if by else None
    return Account(provider.issuer, subject, mail, name_in(said), place, bool(by and asks_more and not more))


async def _tokens(
    providers: Providers, provider: Provider, description: Description, begun: AuthenticationRequest, code: str
) -> dict[str, Any]:
    """Raises AnswerUnexpected for a code that is too old, used or not for us; ProviderAway."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": providers.way_back(provider),
        "code_verifier": begun.verifier,
    }
    tokens: dict[str, Any] = await providers.exchange(provider, description, form)
    if tokens.get("error") == "invalid_grant":
        raise AnswerUnexpected
    if "error" in tokens:
        log.error("a provider does not take this house: look at its id and secret", provider=provider.key)
        raise ProviderAway
    return tokens


async def _claims(
    providers: Providers, provider: Provider, begun: AuthenticationRequest, tokens: dict[str, Any]
) -> dict[str, Any]:
    """Those of the ID token; keys are fetched once more when it names one that is new. Raises AnswerInvalid."""
    token, access_token = str(tokens.get("id_token", "")), str(tokens.get("access_token", ""))
    for again in (False, True):
        keys = await providers.keys(provider, again=again)
        try:
            return claims_in(token, keys, provider, begun.nonce, access_token, real_now())
        except InvalidKeyIdError as error:
            if again:
                raise AnswerInvalid from error
        except (JoseError, ValueError, TypeError) as error:
            why, claim = type(error).__name__, getattr(error, "claim", "")
            log.warning("what a provider says does not hold", provider=provider.key, why=why, claim=claim)
            raise AnswerInvalid from error
    raise AnswerInvalid


async def _refuse_after_many(database: Database, origin: Origin) -> None:
    try:
        async with database.transaction() as db:
            await refuse_after_many(await plain(db), _whose(origin), origin, MOST_WRONG)
    except TooManyTries as many:
        raise TooManyAnswers from many


def _whose(origin: Origin) -> str:
    """By origin alone: whoever tries on and on keeps no other visitor out."""
    return f"an answer of a provider, from {origin.key}"

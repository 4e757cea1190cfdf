import json
import time
from datetime import timedelta
from functools import lru_cache
from typing import Any

from joserfc import jwt
from joserfc.jwk import OKPKey
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Database
from kit.happened import SAY_WHEN
from kit.identity import ALGORITHM, AUDIENCE
from kit.locking import lock_number
from kit.logs import log
from services.clusters.directory.people.models import Person
from services.clusters.doors.tokens.models import SigningKey, without_algorithm
from services.clusters.doors.tokens.queries import AskingClient, Bearer, asking_client, newest_key
from services.clusters.doors.tokens.refusals import InvalidClient, TooManySecrets
from services.clusters.doors.tries.actions import Origin, TooManyTries, keep_wrong_try, refuse_after_many
from services.clusters.doors.tries.models import digest

LIFETIME = timedelta(minutes=5)
KEPT_FOR = 60.0
KEY_LOCK = 7_002


async def signing_key(db: AsyncSession) -> SigningKey:
    """The key that signs now; a new one when the newest has signed long enough."""
    key = await newest_key(db)
    if key is None or not key.signs:
        # One new key, however many processes find the old one too old.
        await lock_number(db, KEY_LOCK)
        key = await newest_key(db)
        if key is None or not key.signs:
            jwk = OKPKey.generate_key("Ed25519", {"use": "sig"})
            jwk.ensure_kid()
            key = SigningKey(jwk=jwk.as_dict(private=True))
            db.add(key)
            await db.flush()
    return key


class Signer:
    """The key that signs now, looked for again every minute."""

    def __init__(self) -> None:
        self._key: SigningKey | None = None
        self._until = 0.0

    async def sign(self, database: Database, issuer: str, claims: dict[str, Any]) -> str:
        if self._key is None or not self._key.signs or time.monotonic() > self._until:
            async with database.transaction() as db:
                self._key = await signing_key(db)
            self._until = time.monotonic() + KEPT_FOR
        return sign(self._key, issuer, claims)


async def authenticate(database: Database, client_id: str, secret: str, source: str) -> AskingClient:
    """The client that proves itself. Raises InvalidClient, TooManySecrets.

    After many wrong secrets from one network none from there is looked at for a while; from elsewhere they are.
    """
    origin = Origin(source)
    client = await asking_client(database.pool, client_id, secret)
    try:
        if client is not None:
            await refuse_after_many(database.pool, _tries_of(client), origin)
            if client.proven:
                return client
        log.warning("client refused", client=digest(client_id)[:16], source=source)
        if client is not None:
            async with database.transaction() as db:
                await keep_wrong_try(db, _tries_of(client), origin)
    except TooManyTries as error:
        raise TooManySecrets from error
    raise InvalidClient


def _tries_of(client: AskingClient) -> str:
    return f"client {client.id}"


def sign(key: SigningKey, issuer: str, claims: dict[str, Any]) -> str:
    at = int(real_now().timestamp())
    claims = {"iss": issuer, "aud": AUDIENCE, "iat": at, "exp": at + int(LIFETIME.total_seconds())} | claims
    header = {"alg": ALGORITHM, "kid": key.jwk["kid"]}
    return jwt.encode(header, claims, _taken_apart(json.dumps(key.jwk)), algorithms=[ALGORITHM])


@lru_cache(maxsize=8)
def _taken_apart(jwk: str) -> OKPKey:
    return OKPKey.import_key(without_algorithm(json.loads(jwk)))


def claims_of_person(person: Person | Bearer, client: AskingClient | None = None) -> dict[str, Any]:
    """A client that acts for a person may do what the person may in its own cluster, and nothing as itself."""
    claims: dict[str, Any] = {
        "sub": str(person.id),
        "kind": "person",
        "lang": person.language,
        "zone": person.zone,
    }
    return claims | (_bound(client) | _saying_when(client) if client else {})


def claims_of_client(client: AskingClient, scopes: list[str]) -> dict[str, Any]:
    claims = {
        "sub": str(client.id),
        "kind": "client",
        "scope": " ".join(scopes),
    }
    return claims | _bound(client)


def _saying_when(client: AskingClient) -> dict[str, str]:
    """Of all its scopes, the only one that a client of the house keeps while it acts for a person."""
    return {"scope": SAY_WHEN} if client.cluster_id is None and SAY_WHEN in client.scopes else {}


def _bound(client: AskingClient) -> dict[str, str]:
    """Which client it is, and the only cluster that it is bound to (`reach` in the token)."""
    return {"client": str(client.id)} | ({"reach": str(client.cluster_id)} if client.cluster_id else {})

"""Who is asking: access tokens signed with Ed25519 and checked against public keys, without a call per request."""

import asyncio
import time
import warnings
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from fastapi import Depends, Request
from joserfc import jwt
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import KeySet

from kit.problems import Unauthenticated

AUDIENCE = "staffroom"
ALGORITHM = "EdDSA"
ALGORITHMS = [ALGORITHM, "Ed25519"]  # one signature under two names: RFC 8037 and RFC 9864
KEPT_TOKENS = 4096
RELOAD_AFTER = 5.0

# It is about the older name, the only one that the libraries of our clients know.
warnings.filterwarnings("ignore", ".*EdDSA", SecurityWarning)

Loader: TypeAlias = Callable[[], Awaitable[dict[str, Any]]]
"""Answers a JWKS document."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, an API client acting for itself (`id` is None) or for a person, or a guest (neither).

    `bound_to` is the only cluster that a client hears and speaks of, also while it acts for a person; the house's own
    clients have no such bound.
    """

    id: UUID | None = None
    client: UUID | None = None
    language: str = "en"
    zone: str = "UTC"
    scopes: frozenset[str] = field(default_factory=frozenset)
    bound_to: UUID | None = None

    @property
    def is_guest(self) -> bool:
        return self.id is None and self.client is None

    def may_be_in(self, cluster_id: UUID) -> bool:
        return self.bound_to is None or self.bound_to == cluster_id

    def office_over(self, cluster_id: UUID) -> str | None:
        """The office by which somebody acts in a cluster that they do not belong to; a service knows who holds one."""
        return None

    @property
    def key(self) -> str:
        """What names this actor in logs and idempotency keys."""
        return f"{self.client or ''}/{self.id or ''}"


@dataclass(frozen=True, slots=True)
class Acting:
    """Who was let do what a request asks for, and by which office, where it was by one."""

    actor: Actor
    office: str | None = None


GUEST = Actor()
acting: ContextVar[Acting | None] = ContextVar("acting", default=None)
acting_client: ContextVar[UUID | None] = ContextVar("acting_client", default=None)
"""The program that makes this request, for itself or for a person: facts name it."""


def office_of_act(actor_id: UUID | None, cluster_id: UUID | None) -> str | None:
    """The office by which this actor does what is done now; None for who does it for themselves, or by belonging."""
    said = acting.get()
    if said is None or said.actor.id != actor_id:
        return None
    return said.office or (said.actor.office_over(cluster_id) if cluster_id else None)


class Keyring:
    """Checks tokens; asks `load` for public keys at first use and when a token names a key it does not know."""

    def __init__(self, load: Loader, issuer: str) -> None:
        self._load, self._issuer = load, issuer
        self._keys: KeySet | None = None
        self._loaded_at = float("-inf")
        self._lock = asyncio.Lock()
        self._seen: OrderedDict[str, tuple[float, Actor]] = OrderedDict()

    async def actor(self, token: str) -> Actor:
        """Who the token speaks for. Raises Unauthenticated when it is not ours, old, or not for this house."""
        if (kept := self._seen.get(token)) and kept[0] > time.time():
            return kept[1]
        claims = await self._claims(token)
        actor = _actor_from(claims)
        self._seen[token] = (claims["exp"], actor)
        if len(self._seen) > KEPT_TOKENS:
            self._seen.popitem(last=False)
        return actor

    async def _claims(self, token: str) -> dict[str, Any]:
        for again in (False, True):
            keys = await self._key_set(again)
            try:
                claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
                jwt.JWTClaimsRegistry(
                    iss={"essential": True, "value": self._issuer},
                    aud={"essential": True, "value": AUDIENCE},
                    exp={"essential": True},
                    sub={"essential": True},
                ).validate(claims)
                return claims
            except (JoseError, ValueError) as error:
                unknown_key = isinstance(error, ValueError) or "key" in type(error).__name__.lower()
                if again or not unknown_key:
                    raise Unauthenticated from error
        raise Unauthenticated

    async def _key_set(self, again: bool) -> KeySet:
        async with self._lock:
            if self._keys is None or (again and time.monotonic() - self._loaded_at > RELOAD_AFTER):
                self._keys = KeySet.import_key_set(await self._load())  # type: ignore[arg-type]
                self._loaded_at = time.monotonic()
            return self._keys


def _actor_from(claims: dict[str, Any]) -> Actor:
    try:
        subject, client, reach = UUID(claims["sub"]), claims.get("client"), claims.get("reach")
        return Actor(
            id=subject if claims.get("kind") == "person" else None,
            client=UUID(client) if client else None,
            language=claims.get("lang", "en"),
            zone=claims.get("zone", "UTC"),
            scopes=frozenset(claims.get("scope", "").split()),
            bound_to=UUID(reach) if reach else None,
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise Unauthenticated from error


async def identify(request: Request) -> Actor:
    """The actor of the request's bearer token; a guest when there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if not scheme:
        return GUEST
    if scheme.lower() != "bearer" or not token.isascii():
        raise Unauthenticated
    keyring: Keyring = request.app.state.keyring
    return await keyring.actor(token)


async def current_actor(request: Request) -> Any:
    """The actor, with where they stand in this service (`app.state.stand` says that)."""
    return await request.app.state.stand(request.state.actor, request.app.state.database)


CurrentActor = Annotated[Actor, Depends(current_actor)]

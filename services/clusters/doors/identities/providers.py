"""The providers of this house: what each says of itself and its keys, kept for a while; the calls to them are short."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote_plus

import httpx
import orjson
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, Field, ValidationError

from kit.logs import log
from kit.problems import Problem
from services.clusters.settings import Provider

KEPT_FOR, KEYS_AGAIN_AFTER = 3_600.0, 10.0
WITHIN = 8.0  # seconds for all calls of one sign-in: web waits ten
MOST_BYTES = 300_000
DISCOVERY = "/.well-known/openid-configuration"


class ProviderUnknown(Problem):
    status, title = 404, "This house knows no such provider"


class ProviderAway(Problem):
    status, title = 502, "The provider does not answer as it should just now: use a mail link, or try again later"


class Description(BaseModel):
    """What a provider publishes of itself (OpenID Connect Discovery), as far as it is used here."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    token_endpoint_auth_methods_supported: list[str] = Field(default_factory=lambda: ["client_secret_basic"])
    authorization_response_iss_parameter_supported: bool = False

    @property
    def endpoints(self) -> list[str]:
        return [self.authorization_endpoint, self.token_endpoint, self.jwks_uri, self.userinfo_endpoint or self.issuer]

    @property
    def takes_secret_in_form(self) -> bool:
        ways = self.token_endpoint_auth_methods_supported
        return "client_secret_post" in ways and "client_secret_basic" not in ways


class Providers:
    """`http` answers the client for calls to our own network, or to everywhere else."""

    def __init__(
        self, configured: Sequence[Provider], public_url: str, http: Callable[[bool], httpx.AsyncClient]
    ) -> None:
        self.all = {provider.key: provider for provider in configured}
        self._public_url, self._http = public_url, http
        self._described: dict[str, tuple[float, Description]] = {}
        self._keys: dict[str, tuple[float, KeySet]] = {}

    def named(self, key: str) -> Provider:
        """Raises ProviderUnknown."""
        if key not in self.all:
            raise ProviderUnknown
        return self.all[key]

    def name_of(self, issuer: str) -> str:
        return next((provider.name for provider in self.all.values() if provider.issuer == issuer), issuer)

    def way_back(self, provider: Provider) -> str:
        """Where it sends browsers back to: an address for each, so that none answers for another."""
        return f"{self._public_url}/sign-in/with/{provider.key}/answer"

    async def description(self, provider: Provider) -> Description:
        """Raises ProviderAway."""
        kept = self._described.get(provider.key)
        if kept and kept[0] > time.monotonic() - KEPT_FOR:
            return kept[1]
        try:
            found = Description.model_validate(await self._get(provider, provider.issuer.rstrip("/") + DISCOVERY))
        except ValidationError as error:
            raise _away(provider, "description") from error
        if found.issuer != provider.issuer or not all(map(provider.may_be_at, found.endpoints)):
            raise _away(provider, "description")
        self._described[provider.key] = time.monotonic(), found
        return found

    async def keys(self, provider: Provider, *, again: bool = False) -> KeySet:
        """`again`: after a token named one that is not among them. Raises ProviderAway."""
        kept = self._keys.get(provider.key)
        if kept and kept[0] > time.monotonic() - (KEYS_AGAIN_AFTER if again else KEPT_FOR):
            return kept[1]
        description = await self.description(provider)
        try:
            found = KeySet.import_key_set(await self._get(provider, description.jwks_uri))  # type: ignore[arg-type]
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise _away(provider, "keys") from error
        self._keys[provider.key] = time.monotonic(), found
        return found

    async def exchange(self, provider: Provider, description: Description, form: dict[str, str]) -> Any:
        """What the token endpoint answers, be it tokens or the word for why not. Raises ProviderAway."""
        secret, auth = provider.secret.get_secret_value(), None
        if secret and not description.takes_secret_in_form:
            auth = httpx.BasicAuth(quote_plus(provider.client_id), quote_plus(secret))
        else:
            form = form | {"client_id": provider.client_id} | ({"client_secret": secret} if secret else {})
        status, told = await self._call(provider, "POST", description.token_endpoint, data=form, auth=auth)
        if not isinstance(told, dict) or (status != 200 and "error" not in told):
            raise _away(provider, "tokens")
        return told

    async def userinfo(self, provider: Provider, address: str, access_token: str) -> dict[str, Any]:
        """More claims of the subject; none where there are none to be had."""
        try:
            return await self._get(provider, address, authorization=f"Bearer {access_token}")
        except ProviderAway:
            return {}

    async def _get(self, provider: Provider, url: str, **headers: str) -> dict[str, Any]:
        status, told = await self._call(provider, "GET", url, headers=headers)
        if status != 200 or not isinstance(told, dict):
            raise _away(provider, "status")
        return told

    async def _call(self, provider: Provider, method: str, url: str, **sent: Any) -> tuple[int, Any]:
        """(status, what its JSON says). Raises ProviderAway."""
        sent["headers"] = {"accept": "application/json", "accept-encoding": "identity"} | sent.get("headers", {})
        content = b""
        try:
            async with self._http(provider.inside).stream(method, url, **sent) as answer:
                async for part in answer.aiter_bytes():
                    content += part
                    if len(content) > MOST_BYTES:
                        raise _away(provider, "size")
            return answer.status_code, orjson.loads(content)
        except (httpx.HTTPError, httpx.InvalidURL, orjson.JSONDecodeError) as error:
            raise _away(provider, type(error).__name__) from error


@asynccontextmanager
async def patience(provider: Provider) -> AsyncIterator[None]:
    """The time that a provider has for one sign-in. Raises ProviderAway."""
    try:
        async with asyncio.timeout(WITHIN):
            yield
    except TimeoutError as error:
        raise _away(provider, "time") from error


def _away(provider: Provider, why: str) -> ProviderAway:
    log.warning("provider away", provider=provider.key, why=why)
    return ProviderAway()

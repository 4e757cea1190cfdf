from datetime import datetime
from typing import Any
from uuid import UUID

from web.clients.base import Answer, ServiceClient


class Provider(Answer):
    """Somebody with whose accounts people sign in here."""

    key: str
    name: str


class SentOn(Answer):
    """Where a browser is sent to, and the secret that it keeps meanwhile."""

    address: str
    secret: str


class Identity(Answer):
    """An account of mine at a provider of this name."""

    id: UUID
    name: str
    connected_at: datetime


class Providers(ServiceClient):
    service = "clusters"

    async def index(self) -> list[Provider]:
        return [Provider.model_validate(each) for each in await self.ask("GET", "/v1/identity-providers")]


class AuthenticationRequests(ServiceClient):
    service = "clusters"
    as_web = True  # nobody is signed in yet

    async def begin(self, provider: str, source: str | None) -> SentOn:
        begun = {"provider": provider, "source": source}
        return SentOn.model_validate(await self.ask("POST", "/v1/authentication-requests", json=begun))


class MyIdentities(ServiceClient):
    service = "clusters"

    async def index(self) -> list[Identity]:
        return [Identity.model_validate(each) for each in await self.ask("GET", "/v1/me/identities")]

    async def begin(self, provider: str, source: str | None) -> SentOn:
        begun = {"provider": provider, "source": source}
        return SentOn.model_validate(await self.ask("POST", "/v1/me/authentication-requests", json=begun))

    async def connect(self, **answer: Any) -> None:
        await self.ask("POST", "/v1/me/identities", json=answer)

    async def disconnect(self, identity_id: UUID) -> None:
        await self.delete(f"/v1/me/identities/{identity_id}")

from datetime import datetime
from typing import Any
from uuid import UUID

from web.clients.base import Answer, ServiceClient


class Passkey(Answer):
    """A passkey of mine, as I called it."""

    id: UUID
    name: str
    added_at: datetime
    used_at: datetime | None


class AskedOfPasskeys(Answer):
    """What a browser's own part of passkeys is asked."""

    options: dict[str, Any]


class Passkeys(ServiceClient):
    service = "clusters"
    as_web = True  # nobody is signed in yet

    async def begin(self, source: str | None, offered: bool) -> AskedOfPasskeys:
        asked = await self.post("/v1/passkey-challenges", {"source": source, "offered": offered})
        return AskedOfPasskeys.model_validate(asked)


class MyPasskeys(ServiceClient):
    service = "clusters"

    async def index(self) -> list[Passkey]:
        return [Passkey.model_validate(each) for each in await self.ask("GET", "/v1/me/passkeys")]

    async def begin(self, session: str) -> AskedOfPasskeys:
        return AskedOfPasskeys.model_validate(await self.post("/v1/me/passkey-challenges", {"session": session}))

    async def add(self, name: str, answer: dict[str, Any]) -> None:
        await self.post("/v1/me/passkeys", {"name": name, "answer": answer})

    async def remove(self, passkey_id: UUID) -> None:
        await self.delete(f"/v1/me/passkeys/{passkey_id}")

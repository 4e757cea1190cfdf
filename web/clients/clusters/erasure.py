from uuid import UUID

from web.clients.base import Answer, ServiceClient


class LedAlone(Answer):
    """A school whose last coordinator I am."""

    id: UUID
    name: str


class BeforeErasure(Answer):
    """Where somebody has to follow me first."""

    schools: list[LedAlone]
    is_last_programme_coordinator: bool


class Erasure(ServiceClient):
    service = "clusters"

    async def before(self) -> BeforeErasure:
        return await self.get(BeforeErasure, "/v1/me/erasure")

    async def leave(self, writings: str, session: str) -> None:
        await self.ask("POST", "/v1/me/erasure", json={"writings": writings, "session": session})

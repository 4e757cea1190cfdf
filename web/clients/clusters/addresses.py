from datetime import datetime
from uuid import UUID

from kit.clock import real_now
from web.clients.base import Answer, ServiceClient
from web.clients.clusters.invitations import Unreached


class MyAddress(Answer):
    """A mail address of mine; letters go to the one that says since when."""

    id: UUID
    mail: str
    added_at: datetime
    confirmed_at: datetime | None
    letters_since: datetime | None
    unreached: Unreached | None
    can: frozenset[str]


class WaitingAddress(Answer):
    """One that is mine once I open the link that was mailed there."""

    mail: str
    ends_at: datetime

    @property
    def has_run_out(self) -> bool:
        return self.ends_at <= real_now()


class MyAddresses(Answer):
    addresses: list[MyAddress]
    waiting: WaitingAddress | None


class Addresses(ServiceClient):
    service = "clusters"

    async def index(self) -> MyAddresses:
        return await self.get(MyAddresses, "/v1/me/addresses")

    async def add(self, mail: str, session: str, source: str | None) -> None:
        await self.post("/v1/me/addresses", {"mail": mail, "session": session, "source": source})

    async def send_again(self, source: str | None) -> None:
        await self.post("/v1/me/addresses/waiting/letters", {"source": source})

    async def drop(self) -> None:
        await self.delete("/v1/me/addresses/waiting")

    async def confirm(self, key: str) -> None:
        await self.post("/v1/me/addresses/confirmation", {"key": key})

    async def choose(self, address_id: UUID, session: str) -> None:
        await self.put(f"/v1/me/addresses/{address_id}/letters", {"session": session})

    async def remove(self, address_id: UUID, session: str) -> None:
        await self.post(f"/v1/me/addresses/{address_id}/removal", {"session": session})

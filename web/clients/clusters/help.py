from datetime import datetime
from uuid import UUID

from web.clients.base import Answer, Page, ServiceClient


class HelpItem(Answer):
    """A request for help in a list; while it has a `due_at`, it waits for an answer."""

    id: UUID
    cluster_id: UUID
    cluster: str
    about: str
    language: str
    readers: str
    asked_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    climbed_at: datetime | None
    settled_at: datetime | None


class HelpPage(Page):
    items: list[HelpItem]


class HelpAnswer(Answer):
    """What somebody wrote under a request; `office`: the one by which they answered it."""

    id: UUID
    written_by: UUID
    name: str
    office: str | None
    text: str
    language: str
    written_at: datetime


class HelpReader(Answer):
    name: str
    reads_as: str


class HelpRequest(HelpItem):
    """A request with all that was written under it."""

    text: str
    asked_by: UUID
    name: str
    answers: list[HelpAnswer]
    read_by: list[HelpReader]
    can: frozenset[str]


class HelpOffer(Answer):
    """Whom a request would reach now, and until when an answer would be promised."""

    to: list[str]
    to_programme: bool
    due_at: datetime


class HelpPromise(Answer):
    country: str
    days: int
    version: int
    can: frozenset[str]


class Helping(ServiceClient):
    service = "clusters"

    async def offer(self, cluster_id: UUID) -> HelpOffer:
        return await self.get(HelpOffer, f"/v1/clusters/{cluster_id}/help-offer")

    async def of_cluster(self, cluster_id: UUID, after: str | None = None) -> HelpPage:
        return await self.get(HelpPage, f"/v1/clusters/{cluster_id}/help-requests", after=after)

    async def index(self, after: str | None = None, *, waiting: bool = False, limit: int = 20) -> HelpPage:
        return await self.get(HelpPage, "/v1/help-requests", after=after, waiting=waiting, limit=limit)

    async def ask_for(self, cluster_id: UUID, once: str, **said: str) -> UUID:
        return UUID((await self.post(f"/v1/clusters/{cluster_id}/help-requests", dict(said), once))["id"])

    async def show(self, request_id: UUID) -> HelpRequest:
        return await self.get(HelpRequest, f"/v1/help-requests/{request_id}")

    async def answer(self, request_id: UUID, once: str, text: str, *, settled: bool) -> None:
        await self.post(f"/v1/help-requests/{request_id}/answers", {"text": text, "settled": settled}, once)

    async def settle(self, request_id: UUID) -> None:
        await self.put(f"/v1/help-requests/{request_id}/settlement", {})

    async def climb(self, request_id: UUID) -> None:
        await self.put(f"/v1/help-requests/{request_id}/climb", {})

    async def promise(self, country: str) -> HelpPromise:
        return await self.get(HelpPromise, f"/v1/countries/{country}/help-promise")

    async def change_promise(self, country: str, version: int, days: int | str) -> None:
        await self.put(f"/v1/countries/{country}/help-promise", {"days": days}, version)

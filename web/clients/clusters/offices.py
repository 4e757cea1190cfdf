from datetime import datetime
from uuid import UUID

from web.clients.base import Page, ServiceClient, optional
from web.clients.clusters.invitations import InvitationPage
from web.clients.clusters.people import Named


class HeldOffice(Named):
    """An office, and who holds it."""

    id: UUID
    person_id: UUID
    kind: str
    country: str | None
    began_at: datetime
    can: list[str]


class OfficePage(Page):
    items: list[HeldOffice]


class Offices(ServiceClient):
    service = "clusters"

    async def index(self, after: str | None = None) -> OfficePage:
        return await self.get(OfficePage, "/v1/offices", after=after)

    async def invitations(self, after: str | None = None) -> InvitationPage:
        return await self.get(InvitationPage, "/v1/offices/invitations", after=after)

    async def invite(self, once: str, **who: str) -> None:
        await self.post(
            "/v1/offices/invitations", {name: value for name, value in who.items() if optional(value)}, once
        )

    async def end(self, office_id: UUID) -> None:
        await self.delete(f"/v1/offices/{office_id}")

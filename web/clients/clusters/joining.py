from datetime import datetime
from uuid import UUID

from web.clients.base import Answer, Page, ServiceClient

MOST_ASKED = 100


class SchoolInvitation(Answer):
    """A school is asked into a cluster; `answer` is None while it has said nothing."""

    id: UUID
    cluster_id: UUID
    cluster: str
    school_id: UUID
    school: str
    town: str
    role: str
    word: str
    by: str
    is_led: bool
    invited_at: datetime
    answer: str | None
    answer_word: str
    can: list[str]


class SchoolInvitationPage(Page):
    items: list[SchoolInvitation]


class Joining(ServiceClient):
    service = "clusters"

    async def form(self, once: str, **said: str) -> UUID:
        return UUID((await self.post("/v1/clusters", dict(said), once))["id"])

    async def propose(self, school_id: UUID, once: str, **said: str) -> UUID:
        return UUID((await self.post(f"/v1/schools/{school_id}/clusters", dict(said), once))["id"])

    async def begin(self, cluster_id: UUID) -> None:
        await self.post(f"/v1/clusters/{cluster_id}/beginning", {})

    async def of_cluster(self, cluster_id: UUID, after: str | None = None) -> SchoolInvitationPage:
        path = f"/v1/clusters/{cluster_id}/school-invitations"
        return await self.get(SchoolInvitationPage, path, after=after, limit=MOST_ASKED)

    async def show(self, invitation_id: UUID) -> SchoolInvitation:
        return await self.get(SchoolInvitation, f"/v1/school-invitations/{invitation_id}")

    async def ask_school(self, cluster_id: UUID, once: str, **said: str) -> None:
        await self.post(f"/v1/clusters/{cluster_id}/school-invitations", dict(said), once)

    async def accept(self, invitation_id: UUID, word: str) -> None:
        await self.post(f"/v1/school-invitations/{invitation_id}/acceptance", {"word": word})

    async def decline(self, invitation_id: UUID, word: str) -> None:
        await self.post(f"/v1/school-invitations/{invitation_id}/refusal", {"word": word})

    async def withdraw(self, invitation_id: UUID) -> None:
        await self.delete(f"/v1/school-invitations/{invitation_id}")

from datetime import datetime
from uuid import UUID

from web.clients.base import Answer, Page, ServiceClient, optional


class Unreached(Answer):
    """Why mails do not reach somebody, and since when."""

    reason: str
    since: datetime


class Invitation(Answer):
    """Somebody is asked into a school, or (`office`) into an office."""

    id: UUID
    name: str
    mail: str
    school_id: UUID | None
    school: str | None
    role: str | None
    office: str | None
    country: str | None
    by: str
    by_code: bool = False
    by_account: str = ""
    account_name: str = ""
    mail_typed: bool = False
    state: str
    sent_at: datetime | None
    ends_at: datetime | None
    unreached: Unreached | None = None
    mailed: bool = True
    for_me: bool = False
    can: list[str]


class InvitedOne(Answer):
    """What becomes of somebody who is to be invited."""

    mail: str
    name: str
    becomes: str
    of_school: str = ""

    @property
    def can_be_asked(self) -> bool:
        return self.becomes in ("invited", "proposed")


class InvitedSeveral(Answer):
    people: list[InvitedOne]


class InvitationPage(Page):
    items: list[Invitation]


class Invitations(ServiceClient):
    service = "clusters"

    async def of_cluster(self, cluster_id: UUID, after: str | None = None) -> InvitationPage:
        return await self.get(InvitationPage, f"/v1/clusters/{cluster_id}/invitations", after=after)

    async def of_school(self, school_id: UUID, after: str | None = None) -> InvitationPage:
        return await self.get(InvitationPage, f"/v1/schools/{school_id}/invitations", after=after)

    async def show(self, invitation_id: UUID) -> Invitation:
        return await self.get(Invitation, f"/v1/invitations/{invitation_id}")

    async def invite(self, school_id: UUID, once: str, *, works_at_both: str = "", **who: str) -> Invitation:
        body: dict[str, object] = {name: value for name, value in who.items() if optional(value)}
        body["works_at_both"] = bool(works_at_both)
        return Invitation.model_validate(await self.post(f"/v1/schools/{school_id}/invitations", body, once))

    async def preview(self, school_id: UUID, people: list[dict[str, object]], **all_of_them: str) -> InvitedSeveral:
        body = {"people": people, **all_of_them}
        return InvitedSeveral.model_validate(await self.post(f"/v1/schools/{school_id}/invitations/preview", body))

    async def invite_several(
        self, school_id: UUID, once: str, people: list[dict[str, object]], **all_of_them: str
    ) -> InvitedSeveral:
        body = {"people": people, **all_of_them}
        answer = await self.post(f"/v1/schools/{school_id}/invitations/several", body, once)
        return InvitedSeveral.model_validate(answer)

    async def accept(self, invitation_id: UUID) -> None:
        await self.ask("POST", f"/v1/invitations/{invitation_id}/acceptance")

    async def decline(self, invitation_id: UUID) -> None:
        await self.ask("POST", f"/v1/invitations/{invitation_id}/refusal")

    async def confirm(self, invitation_id: UUID) -> None:
        await self.put(f"/v1/invitations/{invitation_id}/confirmation", {})

    async def send_again(self, invitation_id: UUID) -> None:
        await self.ask("POST", f"/v1/invitations/{invitation_id}/sending")

    async def withdraw(self, invitation_id: UUID) -> None:
        await self.delete(f"/v1/invitations/{invitation_id}")

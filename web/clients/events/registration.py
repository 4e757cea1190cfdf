from uuid import UUID

from web.clients.base import MOST_NAMES_IN_PAGE, Answer, Page, ServiceClient
from web.clients.events.events import Mine


class Registered(Answer):
    person_id: UUID
    name: str
    school: str
    placed: UUID | None
    waits_for: UUID | None


class RegisteredPage(Page):
    items: list[Registered]


class Attended(Answer):
    person_id: UUID
    name: str
    school: str


class Attendance(Answer):
    came: list[Attended]
    version: int


class Registration(ServiceClient):
    service = "events"

    async def register(self, event_id: UUID, person_id: UUID, place_id: str, meanwhile_online: bool) -> Mine:
        body = {"place_id": place_id, "meanwhile_online": meanwhile_online}
        return Mine.model_validate(await self.put(f"/v1/events/{event_id}/registrations/{person_id}", body))

    async def withdraw(self, event_id: UUID, person_id: UUID) -> None:
        await self.delete(f"/v1/events/{event_id}/registrations/{person_id}")

    async def leave_line(self, event_id: UUID, person_id: UUID) -> None:
        await self.delete(f"/v1/events/{event_id}/registrations/{person_id}/wait")

    async def registered(self, event_id: UUID, after: str | None = None) -> RegisteredPage:
        return await self.get(RegisteredPage, f"/v1/events/{event_id}/registrations", after=after)

    async def everybody(self, event_id: UUID) -> list[Registered]:
        """All who are registered."""
        pages = self.pages(RegisteredPage, f"/v1/events/{event_id}/registrations", limit=MOST_NAMES_IN_PAGE)
        return [person async for page in pages for person in page.items]

    async def attendance(self, event_id: UUID) -> Attendance:
        return await self.get(Attendance, f"/v1/events/{event_id}/attendance")

    async def mark_attendance(self, event_id: UUID, version: int, came: list[str]) -> None:
        await self.put(f"/v1/events/{event_id}/attendance", {"came": came}, version)

from uuid import UUID

from web.clients.base import ServiceClient


class Registration(ServiceClient):
    async def register(self, event_id: UUID, person_id: UUID, place_id: str, meanwhile_online: bool) -> None:
        body = {"place_id": place_id, "meanwhile_online": meanwhile_online}
        await self.put(f"/v1/events/{event_id}/registrations/{person_id}", body)

    async def withdraw(self, event_id: UUID, person_id: UUID) -> None:
        await self.delete(f"/v1/events/{event_id}/registrations/{person_id}")

    async def mark_attendance(self, event_id: UUID, came: list[str]) -> None:
        await self.put(f"/v1/events/{event_id}/attendance", {"came": came})

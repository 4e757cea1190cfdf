from uuid import UUID

from web.clients.base import ServiceClient


class Staff(ServiceClient):
    service = "clusters"

    async def lead_no_longer(self, staff_id: UUID) -> None:
        await self.put(f"/v1/staff/{staff_id}/role", {"role": "teacher"})

    async def end(self, staff_id: UUID) -> None:
        await self.delete(f"/v1/staff/{staff_id}")

from datetime import datetime
from uuid import UUID

from web.clients.base import Answer, ServiceClient

PATIENCE = 30.0  # seconds; a part may have 32 MB


class Archive(Answer):
    """All that is kept about me, packed in so many `parts`."""

    id: UUID
    asked_at: datetime
    made_at: datetime | None
    ends_at: datetime
    parts: int
    bytes: int


class MyArchives(Answer):
    items: list[Archive]


class Archives(ServiceClient):
    service = "diaries"

    async def mine(self) -> list[Archive]:
        return (await self.get(MyArchives, "/v1/me/archives")).items

    async def ask_for(self) -> None:
        await self.ask("POST", "/v1/me/archives", timeout=PATIENCE)

    async def part(self, archive_id: UUID, part: int) -> bytes:
        answer = await self.send("GET", f"/v1/me/archives/{archive_id}/parts/{part}", timeout=PATIENCE)
        return answer.content

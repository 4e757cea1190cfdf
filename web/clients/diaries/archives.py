from datetime import datetime, timedelta
from uuid import UUID

from kit.clock import real_now
from web.clients.base import Answer, ServiceClient

GIVEN_UP_AFTER = timedelta(hours=1)
PATIENCE = 30.0  # seconds; a part may have 32 MB


class Archive(Answer):
    """All that is kept about me, packed in so many `parts`."""

    id: UUID
    asked_at: datetime
    made_at: datetime | None
    ends_at: datetime
    parts: int
    bytes: int

    @property
    def is_being_made(self) -> bool:
        """Not made, and not given up: after an hour another can be asked for."""
        return self.made_at is None and self.asked_at > real_now() - GIVEN_UP_AFTER


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

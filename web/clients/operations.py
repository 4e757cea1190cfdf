from datetime import datetime
from typing import Any

from web.clients.base import Answer, ServiceClient


class DeadLetter(Answer):
    """A job of one service that failed for good."""

    id: int
    name: str
    payload: dict[str, Any]
    attempts: int
    failed_at: datetime


class Operations(ServiceClient):
    async def dead_letters(self) -> list[DeadLetter]:
        return [DeadLetter.model_validate(letter) for letter in await self.ask("GET", "/v1/dead-letters")]

    async def replay(self, job_id: int) -> None:
        await self.ask("POST", f"/v1/dead-letters/{job_id}/replay")

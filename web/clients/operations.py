from datetime import datetime
from typing import Any

from web.clients.base import Answer, Page, ServiceClient


class DeadLetter(Answer):
    """A job of one service that failed for good."""

    id: int
    name: str
    payload: dict[str, Any] | None
    attempts: int
    failed_at: datetime


class DeadLetters(Page):
    items: list[DeadLetter]


class BounceCount(Answer):
    """How often letters came back lately with this meaning."""

    meaning: str
    times: int


class Bounces(Answer):
    """How the mail of the house does."""

    unreached: int
    bounces: list[BounceCount]
    come_back: bool


class PostOffice(ServiceClient):
    service = "clusters"

    async def bounces(self) -> Bounces:
        return await self.get(Bounces, "/v1/bounces")


class Operations(ServiceClient):
    async def dead_letters(self, after: str | None = None) -> DeadLetters:
        return await self.get(DeadLetters, "/v1/dead-letters", after=after)

    async def replay(self, job_id: int) -> None:
        await self.ask("POST", f"/v1/dead-letters/{job_id}/replay")

    async def drop(self, job_id: int) -> None:
        await self.delete(f"/v1/dead-letters/{job_id}")

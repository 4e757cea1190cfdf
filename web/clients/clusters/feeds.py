from datetime import datetime

from web.clients.base import Answer, ServiceClient


class CalendarFeed(Answer):
    """`address`: what a calendar subscribes to; None while there is none."""

    address: str | None
    made_at: datetime | None


class Feeds(ServiceClient):
    service = "clusters"

    async def mine(self) -> CalendarFeed:
        return await self.get(CalendarFeed, "/v1/me/calendar-feed")

    async def make(self) -> None:
        await self.put("/v1/me/calendar-feed", {})

    async def end(self) -> None:
        await self.delete("/v1/me/calendar-feed")


class OpenFeeds(ServiceClient):
    service = "clusters"
    as_web = True  # a calendar reads it that is signed in nowhere

    async def read(self, key: str) -> bytes:
        return (await self.send("GET", f"/v1/calendar-feeds/{key}")).content

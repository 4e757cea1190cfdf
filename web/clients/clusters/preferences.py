from typing import Any

from web.clients.base import Answer, ServiceClient


class KindOfNews(Answer):
    """How it comes to me, and how it could."""

    kind: str
    family: str
    way: str
    ways: list[str]
    for_leaders: bool = False


class MyPreferences(Answer):
    """What I hear of, and when my digest goes out; `weekday`: 0 is Monday."""

    kinds: list[KindOfNews]
    every: str
    weekday: int
    hour: int
    without_content: bool


class Preferences(ServiceClient):
    service = "clusters"

    async def mine(self) -> MyPreferences:
        return await self.get(MyPreferences, "/v1/me/preferences")

    async def choose(self, **chosen: Any) -> None:
        await self.put("/v1/me/preferences", chosen)


class Unsubscriptions(ServiceClient):
    service = "clusters"
    as_web = True  # whoever has the mail is not signed in

    async def stop(self, kind: str, key: str) -> None:
        await self.ask("POST", "/v1/unsubscriptions", json={"kind": kind, "key": key})

from typing import Any
from uuid import UUID

from web.clients.base import UPLOADING, Answer, File, ServiceClient, form_of


class Introduced(Answer):
    """What somebody says of themselves, as far as a reader may see it."""

    subjects: list[str]
    languages: list[str]
    shows: str
    portrait_id: UUID | None

    @property
    def says_something(self) -> bool:
        return bool(self.subjects or self.languages or self.shows)


class MyCard(Introduced):
    """All of it, who sees what, and how people of my clusters see it."""

    subjects_for: str
    shows_for: str
    portrait_for: str
    seen_by_my_clusters: Introduced
    subjects_of_my_schools: list[str]


class Cards(ServiceClient):
    service = "clusters"

    async def show(self) -> MyCard:
        return await self.get(MyCard, "/v1/me/card")

    async def change(self, said: dict[str, Any]) -> None:
        await self.put("/v1/me/card", said)

    async def set_portrait(self, file: File | None) -> None:
        await self.ask("PUT", "/v1/me/portrait", form=form_of(file), timeout=UPLOADING)

    async def remove_portrait(self) -> None:
        await self.delete("/v1/me/portrait")

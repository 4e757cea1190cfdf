from uuid import UUID

from web.clients.base import ServiceClient
from web.clients.diaries.entries import CommentPage


class Comments(ServiceClient):
    service = "diaries"

    async def page(self, entry_id: UUID, after: str) -> CommentPage:
        return await self.get(CommentPage, f"/v1/entries/{entry_id}/comments", after=after)

    async def comment(self, entry_id: UUID, once: str, *, kind: str, text: str) -> None:
        await self.post(f"/v1/entries/{entry_id}/comments", {"kind": kind, "text": text}, once)

    async def reply(self, entry_id: UUID, comment_id: UUID, once: str, *, text: str) -> None:
        await self.post(f"/v1/entries/{entry_id}/comments/{comment_id}/replies", {"text": text}, once)

    async def resolve(self, entry_id: UUID, comment_id: UUID) -> None:
        await self.put(f"/v1/entries/{entry_id}/comments/{comment_id}/resolution", {})

    async def change(self, entry_id: UUID, comment_id: UUID, version: int, *, text: str) -> None:
        await self.put(f"/v1/entries/{entry_id}/comments/{comment_id}", {"text": text}, version)

    async def remove(self, entry_id: UUID, comment_id: UUID, version: int) -> None:
        await self.delete(f"/v1/entries/{entry_id}/comments/{comment_id}", version)

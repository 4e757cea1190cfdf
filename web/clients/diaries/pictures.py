from uuid import UUID

import httpx

from kit.client import Form
from web.clients.base import UPLOADING, File, ServiceClient, if_none_match


class Pictures(ServiceClient):
    service = "diaries"

    async def add(self, entry_id: UUID, once: str, description: str, file: File | None) -> None:
        """`file`: None when none was chosen."""
        form = Form({"description": description}, {"file": file} if file else None)
        path = f"/v1/entries/{entry_id}/pictures"
        await self.ask_once(path, once, form=form, timeout=UPLOADING)

    async def show(self, entry_id: UUID, picture_id: UUID, size: str, known: str | None) -> httpx.Response:
        """The picture; 304 when its `ETag` is the `known` one."""
        path = f"/v1/entries/{entry_id}/pictures/{picture_id}"
        return await self.send("GET", path, params={"size": size}, headers=if_none_match(known))

    async def remove(self, entry_id: UUID, picture_id: UUID) -> None:
        await self.delete(f"/v1/entries/{entry_id}/pictures/{picture_id}")

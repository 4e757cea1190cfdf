from uuid import UUID

import httpx

from kit.client import Form
from web.clients.base import ServiceClient

UPLOADING = 60.0  # seconds: a large picture is made anew in two sizes


class Pictures(ServiceClient):
    service = "diaries"

    async def add(self, entry_id: UUID, once: str, description: str, file: tuple[str, bytes, str] | None) -> None:
        """`file`: its name, what is in it and of which kind it says it is; None when none was chosen."""
        form = Form({"description": description}, {"file": file} if file else None)
        path = f"/v1/entries/{entry_id}/pictures"
        await self.ask_once(path, once, form=form, timeout=UPLOADING)

    async def show(self, entry_id: UUID, picture_id: UUID, size: str, known: str | None) -> httpx.Response:
        """The picture; 304 when its `ETag` is the `known` one."""
        headers = {"if-none-match": known} if known else None
        return await self.send(
            "GET", f"/v1/entries/{entry_id}/pictures/{picture_id}", params={"size": size}, headers=headers
        )

    async def remove(self, entry_id: UUID, picture_id: UUID) -> None:
        await self.delete(f"/v1/entries/{entry_id}/pictures/{picture_id}")

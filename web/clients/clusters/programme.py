from datetime import date, datetime
from typing import Any
from uuid import UUID

import httpx

from kit.client import Refused
from web.clients.base import UPLOADING, Answer, File, ServiceClient, form_of, if_none_match

NOT_FOUND = 404


class Phase(Answer):
    id: UUID
    name: str
    begins: date


class Logo(Answer):
    """`width` and `height` are those of the large size, in pixels."""

    id: UUID
    width: int
    height: int


class Programme(Answer):
    """What all clusters of the house take part in."""

    name: str
    begins: date
    ends: date
    licence: str
    countries: list[str]
    phases: list[Phase]
    funding: str
    disclaimer: str
    contact: str
    hashtag: str
    asks_second_factor: bool = False
    logo: Logo | None = None
    version: int
    can: list[str]


class Contact(Answer):
    contact: str


class SetupLink(Answer):
    """`programme` is what an earlier link said it is, while its coordinator has not come."""

    ends_at: datetime
    programme: Programme | None


class CoordinatorAsked(Answer):
    """Who is asked to coordinate the programme, and the page that lets them in."""

    name: str
    mail: str
    path: str | None
    ends_at: datetime


class Programmes(ServiceClient):
    service = "clusters"

    async def show(self) -> Programme:
        return await self.get(Programme, "/v1/programme")

    async def show_if_named(self) -> Programme | None:
        try:
            return await self.show()
        except Refused as refused:
            if refused.status != NOT_FOUND:
                raise
            return None

    async def countries(self) -> list[str]:
        """Those that take part; none while none is named, and so every country does."""
        programme = await self.show_if_named()
        return programme.countries if programme else []

    async def change(self, version: int | None, said: dict[str, Any]) -> None:
        await self.put("/v1/programme", said, version)

    async def set_logo(self, file: File | None) -> None:
        await self.ask("PUT", "/v1/programme/logo", form=form_of(file), timeout=UPLOADING)

    async def logo(self, size: str, known: str | None) -> httpx.Response:
        """The picture; 304 when its `ETag` is the `known` one."""
        return await self.send("GET", "/v1/programme/logo", params={"size": size}, headers=if_none_match(known))

    async def remove_logo(self) -> None:
        await self.delete("/v1/programme/logo")


class Contacts(ServiceClient):
    service = "clusters"
    as_web = True  # whoever looks for help may not be signed in

    async def find(self) -> str:
        """Where questions about the programme go; empty where it says nothing of it."""
        try:
            return (await self.get(Contact, "/v1/programme")).contact
        except Refused as refused:
            if refused.status != NOT_FOUND:
                raise
            return ""


class SetupLinks(ServiceClient):
    service = "clusters"

    async def look(self, key: str) -> SetupLink:
        return SetupLink.model_validate(await self.post("/v1/house/setup-link", {"key": key}))

    async def begin(
        self, key: str, once: str, programme: dict[str, Any], coordinator: dict[str, str]
    ) -> CoordinatorAsked:
        said = {"key": key, "programme": programme, "coordinator": coordinator}
        return CoordinatorAsked.model_validate(await self.post("/v1/house/beginning", said, once))

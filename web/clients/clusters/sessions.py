from datetime import datetime
from typing import Any
from uuid import UUID

from web.clients.base import Answer, Page, ServiceClient


class Session(Answer):
    secret: str
    person_id: UUID
    language: str
    device: str
    awaited: str = ""


class Introduction(Answer):
    """Nobody here has this account; its provider says at which school they work."""

    introduction: str


class OpenSession(Answer):
    """A browser that I am signed in with."""

    session: str
    door: str = ""
    browser: str
    system: str
    began_at: datetime
    used_at: datetime
    is_waiting: bool = False

    @property
    def named(self) -> str:
        """As its owner knows it; empty for one that says nothing of itself."""
        return f"{self.browser} ({self.system})" if self.browser and self.system else self.browser or self.system


class OpenSessions(Page):
    items: list[OpenSession]


class Sessions(ServiceClient):
    service = "clusters"
    as_web = True  # nobody is signed in yet

    async def send_mail_link(self, mail: str, to: str) -> None:
        await self.ask("POST", "/v1/mail-links", json={"mail": mail, "to": to})

    async def begin(self, **way: Any) -> Session:
        answer: dict[str, Any] = await self.ask("POST", "/v1/sessions", json=way)
        return Session.model_validate(answer)

    async def begin_by_answer(self, answer: dict[str, str], **origin: Any) -> Session | Introduction:
        """By what a provider answered."""
        began = await self.ask("POST", "/v1/sessions", json={"answer": answer, **origin})
        return (Session if "secret" in began else Introduction).model_validate(began)

    async def end(self, secret: str) -> None:
        await self.ask("POST", "/v1/sessions/end", json={"secret": secret})


class DeviceLink(Answer):
    """Signs another device of mine in, once, until then."""

    path: str
    ends_at: datetime


class MySessions(ServiceClient):
    service = "clusters"

    async def pass_on(self) -> DeviceLink:
        return DeviceLink.model_validate(await self.ask("POST", "/v1/me/device-links"))

    async def index(self, after: str | None = None) -> OpenSessions:
        return await self.get(OpenSessions, "/v1/me/sessions", after=after)

    async def end(self, session: str) -> None:
        await self.delete(f"/v1/me/sessions/{session}")

    async def end_others(self, but: str) -> None:
        await self.ask("DELETE", "/v1/me/sessions", params={"but": but})

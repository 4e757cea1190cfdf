from typing import Any
from uuid import UUID

from web.clients.base import Answer, ServiceClient


class Session(Answer):
    secret: str
    person_id: UUID
    language: str
    device: str


class Sessions(ServiceClient):
    service = "clusters"
    as_web = True  # nobody is signed in yet

    async def send_mail_link(self, mail: str, to: str) -> None:
        await self.ask("POST", "/v1/mail-links", json={"mail": mail, "to": to})

    async def begin(self, **way: str | None) -> Session:
        answer: dict[str, Any] = await self.ask("POST", "/v1/sessions", json=way)
        return Session.model_validate(answer)

    async def end(self, secret: str) -> None:
        await self.ask("POST", "/v1/sessions/end", json={"secret": secret})

from datetime import datetime
from uuid import UUID

from web.clients.base import Answer, Page, ServiceClient


class Span(Answer):
    """A part of what a notice says; `typed` by somebody, in its `language` where that is known."""

    text: str
    typed: bool
    language: str | None


class Notice(Answer):
    id: UUID
    line: tuple[Span, ...] = ()
    path: str
    news: int
    told_at: datetime
    seen_at: datetime | None


class NoticePage(Page):
    items: list[Notice]


class Mail(Answer):
    id: UUID
    mail: str
    subject: str
    language: str
    text: str
    calendar: str | None
    at: datetime


class MailPage(Page):
    items: list[Mail]


class Notices(ServiceClient):
    service = "clusters"

    async def mine(self, language: str, after: str | None = None, limit: int = 20) -> NoticePage:
        return await self.get(NoticePage, "/v1/notices", language=language, after=after, limit=limit)

    async def see(self, path: str | None) -> None:
        await self.ask("POST", "/v1/notices/seen", json={"path": path})

    async def mailbox(self, mail: str = "", after: str | None = None) -> MailPage:
        """The mails to this address, or to all, newest first."""
        return await self.get(MailPage, "/v1/mailbox", mail=mail, after=after)

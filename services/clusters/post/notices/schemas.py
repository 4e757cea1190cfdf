from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, PastDatetime, StringConstraints

from kit.fields import Params

LetterKind = Literal[
    "registration_placed",
    "registration_waiting",
    "registration_moved",
    "registration_withdrawn",
    "event_announced",
    "event_changed",
    "event_described",
    "event_cancelled",
    "comment_posted",
    "invitation_proposed",
]
Path = Annotated[str, StringConstraints(max_length=500, pattern=r"^/[^/\\].*$|^/$"), Field(examples=["/events/..."])]
CalendarFile = Annotated[str, StringConstraints(max_length=100_000)]


class NoticeIn(BaseModel):
    """Tell one person something. `thread` joins news that is not yet seen, and mails only the first of it.

    Of those with the same `once`, the first is told, and no other.

    What `letter` says beside `params` is in the mail alone, and forgotten when it is sent. In `calendar`, `urn:uuid:`
    of a person stands where their address will be.
    """

    person_id: UUID
    kind: LetterKind
    params: Params = Field(examples=[{"title": "Visit to Peruc", "starts_at": "2026-11-25T07:00:00+00:00"}])
    letter: Params = {}
    path: Path
    thread: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    in_app: bool = True
    calendar: CalendarFile | None = None
    once: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None


class CalendarIn(BaseModel):
    """A calendar file in which persons stand by `urn:uuid:`; and the same with their addresses."""

    calendar: CalendarFile


class NoticesIn(BaseModel):
    """`happened_at`: when that was which they are told of, if not just now."""

    notices: Annotated[list[NoticeIn], Field(max_length=500)]
    happened_at: Annotated[AwareDatetime, PastDatetime()] | None = None


class NoticeOut(BaseModel):
    id: UUID
    kind: str
    params: dict[str, Any]
    path: str
    news: int
    told_at: datetime
    seen_at: datetime | None


class SeenIn(BaseModel):
    """The path that was looked at; its notices are seen then. Without one: all of them."""

    path: Path | None = None


class MailboxMailOut(BaseModel):
    id: UUID
    mail: str
    subject: str
    language: str
    text: str
    calendar: str | None
    at: datetime

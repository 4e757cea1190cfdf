from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    AwareDatetime,
    BaseModel,
    Field,
    PastDatetime,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from kit.fields import Params
from services.clusters.post.kinds.kinds import KINDS
from services.clusters.post.kinds.wording import Span

NoticeKind = Literal[
    "registration_placed",
    "registration_waiting",
    "registration_moved",
    "registration_withdrawn",
    "event_announced",
    "event_changed",
    "event_described",
    "event_cancelled",
    "comment_posted",
    "help_asked",
    "help_answered",
    "help_climbed",
    "plan_handed_in",
    "plan_approved",
    "plan_change_asked",
    "proposal_made",
    "proposal_round",
    "proposal_raised",
    "proposal_answered",
    "proposal_ended",
    "todo_set",
    "todo_changed",
    "todo_reminded",
    "invitation_proposed",
    "invitation_unreached",
    "school_answered",
    "school_asked",
    "approach_changed",
    "cluster_closed",
    "cluster_reopened",
    "school_released",
    "school_left",
    "colleague_left",
    "staff_ended",
    "archive_made",
    "identity_connected",
    "identity_disconnected",
]
"""Those that a service may tell; a rule test holds them to the kinds that are no letter of clusters' own."""
Path = Annotated[str, StringConstraints(max_length=500, pattern=r"^/[^/\\].*$|^/$"), Field(examples=["/events/..."])]
CalendarFile = Annotated[str, StringConstraints(max_length=100_000)]


class NoticeIn(BaseModel):
    """Tell one person something. `thread` joins news that is not yet seen, and mails only the first of it.

    Of those with the same `once`, the first is told, and no other.

    What `letter` says beside `params` is in the mail alone, and forgotten when it is sent. In `calendar`, `urn:uuid:`
    of a person stands where their address will be.
    """

    person_id: UUID
    kind: NoticeKind
    params: Params = Field(examples=[{"title": "Visit to Peruc", "starts_at": "2026-11-25T07:00:00+00:00"}])
    letter: Params = {}
    named: dict[str, UUID] = Field(default={}, description="Whose name a parameter is; who left for good is not named")
    path: Path
    thread: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    in_app: bool = True
    calendar: CalendarFile | None = None
    once: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None

    @model_validator(mode="after")
    def says_what_its_kind_says(self) -> "NoticeIn":
        if self.in_app and not KINDS[self.kind].in_app:
            raise PydanticCustomError("by_mail_alone", "this kind of notice is told by mail alone")
        try:
            KINDS[self.kind].model_validate(self.params | self.letter)
        except ValidationError as error:
            wrong = ", ".join(sorted({str(each["loc"][0]) for each in error.errors()}))
            message = "what this kind of notice says is missing or wrong: {wrong}"
            raise PydanticCustomError("params_wrong", message, {"wrong": wrong}) from error
        return self


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
    line: list[Span] = Field(description="What it says, in the language of the reader, part by part")


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

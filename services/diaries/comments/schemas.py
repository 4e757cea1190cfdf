from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from kit.fields import Language, Seen

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000), Seen]


class CommentIn(BaseModel):
    """What it is: something I take away, a question, a suggestion."""

    kind: Literal["takeaway", "question", "suggestion"]
    text: Text
    language: Language | None = Field(default=None, description="Mine, when it is not said")


class ReplyIn(BaseModel):
    text: Text
    language: Language | None = None


class TextIn(BaseModel):
    """`language` stays if it is left out."""

    text: Text
    language: Language | None = None


class CommentOut(BaseModel):
    """A comment; replies carry the comment that they answer. One that was taken back has no words and no name."""

    id: UUID
    parent_id: UUID | None
    kind: str
    text: str
    language: str
    author_id: UUID
    author: str
    school: str
    version: int
    posted_at: datetime
    edited_at: datetime | None
    resolved_at: datetime | None
    removed_at: datetime | None
    can: list[str]


class ChangedOut(BaseModel):
    id: UUID
    version: int


class PostedOut(BaseModel):
    id: UUID
    entry_id: UUID
    kind: str

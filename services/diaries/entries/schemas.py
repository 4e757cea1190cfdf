from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from kit.fields import Language, Line
from services.diaries.entries.models import Reach
from services.diaries.pictures.schemas import PictureOut

Title = Annotated[str, Line(200)]
Text = Annotated[str, StringConstraints(max_length=50_000), Field(description="Markdown")]


class EntryIn(BaseModel):
    """`event_id` starts the entry from an event: its date, format, and who came from where are filled in."""

    cluster_id: UUID
    title: Title
    text: Text = ""
    language: Language
    event_id: UUID | None = None


class WordsIn(BaseModel):
    title: Title
    text: Text
    language: Language


class PublicationIn(BaseModel):
    reach: Reach


class EntryItemOut(BaseModel):
    id: UUID
    cluster_id: UUID
    cluster: str
    title: str
    excerpt: str
    language: str
    author: str
    school: str
    reach: Reach | None = Field(description="null: a draft")
    started_at: datetime
    published_at: datetime | None
    comments: int


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


class EntryOut(BaseModel):
    id: UUID
    cluster_id: UUID
    cluster: str
    title: str
    text: str
    html: str
    language: str
    author_id: UUID
    author: str
    school: str
    origin: dict[str, Any] | None
    version: int
    reach: Reach | None
    published_at: datetime | None
    changed_at: datetime
    pictures: list[PictureOut]
    answers: int = Field(description="How many comments there are, without those that were taken back")
    comments: list[CommentOut] = Field(description="The first hundred, by thread")
    more_comments: str | None = Field(description="`after` for the next page of its comments; null: these are all")
    can: list[str]


class VersionOut(BaseModel):
    id: UUID
    version: int

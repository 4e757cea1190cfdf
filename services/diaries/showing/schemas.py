from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.diaries.comments.schemas import CommentOut
from services.diaries.entries.models import Reach
from services.diaries.pictures.schemas import PictureOut


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


class EntryOut(BaseModel):
    id: UUID
    cluster_id: UUID
    cluster: str
    cluster_closed_at: datetime | None = Field(description="Since when its cluster is read only; null: it is open")
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

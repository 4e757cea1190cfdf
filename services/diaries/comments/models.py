from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp, choice
from kit.ids import new_id
from services.diaries.base import Base


class Kind(StrEnum):
    takeaway = "takeaway"
    question = "question"
    suggestion = "suggestion"
    reply = "reply"


class Comment(Base, table=True):
    """What a peer answers to an entry; a reply belongs to the comment that began its thread."""

    __table_args__ = (
        sa.Index("ix_comment_entry_id_id", "entry_id", "id"),
        sa.Index("ix_comment_author_id", "author_id"),
        sa.Index("ix_comment_by_thread", "entry_id", sa.text("coalesce(parent_id, id)"), "id"),
        sa.CheckConstraint("(kind = 'reply') = (parent_id IS NOT NULL)", name="replies_have_parents"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    entry_id: UUID = Field(foreign_key="entry.id", ondelete="CASCADE")
    parent_id: UUID | None = Field(default=None, foreign_key="comment.id", index=True)
    author_id: UUID
    school_id: UUID | None = None
    kind: Kind = Field(sa_type=choice(Kind))
    text: str
    language: str
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    posted_at: datetime = Field(default_factory=now, sa_type=Timestamp)


class FormerText(Base, table=True):
    """What a comment said until its writer changed it: by whom and when."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    comment_id: UUID = Field(foreign_key="comment.id", ondelete="CASCADE", index=True)
    text: str
    language: str
    by: UUID
    at: datetime = Field(default_factory=now, sa_type=Timestamp)


class CommentRemoval(Base, table=True):
    """A comment that its writer took back; its place stays, without words, as long as others answer in its thread."""

    comment_id: UUID = Field(foreign_key="comment.id", ondelete="CASCADE", primary_key=True)
    by: UUID
    at: datetime = Field(default_factory=now, sa_type=Timestamp)


class Resolution(Base, table=True):
    """A question that has its answer."""

    comment_id: UUID = Field(foreign_key="comment.id", ondelete="CASCADE", primary_key=True)
    by: UUID
    at: datetime = Field(default_factory=now, sa_type=Timestamp)

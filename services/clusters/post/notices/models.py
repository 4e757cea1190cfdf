from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now, real_now
from kit.db import Json, Timestamp
from kit.ids import new_id
from services.clusters.base import Base


class Notice(Base, table=True):
    """Something that a person is told in the app. News of one thread joins the notice that is not yet seen."""

    __table_args__ = (
        sa.Index(
            "uq_notice_thread_unseen", "person_id", "thread", unique=True,
            postgresql_where=sa.text("seen_at IS NULL AND thread IS NOT NULL"),
        ),
        sa.Index("ix_notice_person_id_id", "person_id", "id"),
        sa.Index("ix_notice_unseen", "person_id", postgresql_where=sa.text("seen_at IS NULL")),
    )  # fmt: skip

    id: UUID = Field(default_factory=new_id, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE")
    kind: str
    params: dict[str, Any] = Field(sa_type=Json)
    path: str
    thread: str | None = None
    news: int = 1
    told_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    seen_at: datetime | None = Field(default=None, sa_type=Timestamp)


class Mail(Base, table=True):
    """A letter on its way. What it says is forgotten once it is sent: it may hold a sign-in link.

    `address`: where it goes, until it is sent; None is wherever letters to this person go then.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    kind: str
    params: dict[str, Any] = Field(sa_type=Json)
    calendar: str | None = None
    address: str | None = None
    queued_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    sent_at: datetime | None = Field(default=None, sa_type=Timestamp)
    # Stands in the address that it comes back to: nobody guesses it, so a bounce that has it is one of this letter.
    return_key: UUID | None = Field(default=None, unique=True)


class Told(Base, table=True):
    """That somebody was told something which a program names by `once`: the same is not told again."""

    once: str = Field(primary_key=True)
    at: datetime = Field(default_factory=real_now, sa_type=Timestamp, index=True)


class MailboxMail(Base, table=True):
    """A mail as it would have been sent, where no mail server is set: for trying things out on one machine."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    mail: str = Field(index=True)
    subject: str
    language: str
    text: str
    calendar: str | None = None
    at: datetime = Field(default_factory=now, sa_type=Timestamp)

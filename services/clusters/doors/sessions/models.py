from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import BigInteger, Field

from kit.clock import real_now
from kit.db import Timestamp
from kit.ids import new_id
from services.clusters.base import Base

SESSION_LASTS = timedelta(days=30)


class Door(StrEnum):
    """By what somebody came in; `device` is a picture that another browser of theirs showed."""

    link = "link"
    device = "device"
    password = "password"  # noqa: S105
    provider = "provider"
    passkey = "passkey"


class Passkey(Base, table=True):
    """A key pair of a person, by its public half: it begins sessions.

    `sign_count` is how often it has signed, where its device counts.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    credential_id: bytes = Field(unique=True)
    public_key: bytes
    sign_count: int = Field(sa_type=BigInteger)
    name: str
    added_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    used_at: datetime | None = Field(default=None, sa_type=Timestamp)


class Session(Base, table=True):
    """A browser that somebody signed in with; `by_link` says that they had just read their mail.

    `proven_at` is when its person took a second step, or showed a passkey.
    `door` is empty for those that began before doors were written down. `passkey_id` is the passkey that was shown.

    `browser` and `system` are what it says of itself, in few words; `used_at` is right to the hour.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    secret_digest: str = Field(unique=True)
    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    by_link: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    door: str = Field(default="", sa_column_kwargs={"server_default": ""})
    passkey_id: UUID | None = None
    browser: str = Field(default="", sa_column_kwargs={"server_default": ""})
    system: str = Field(default="", sa_column_kwargs={"server_default": ""})
    proven_at: datetime | None = Field(default=None, sa_type=Timestamp)
    began_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    used_at: datetime = Field(
        default_factory=real_now, sa_type=Timestamp, sa_column_kwargs={"server_default": sa.text("now()")}
    )
    ended_at: datetime | None = Field(default=None, sa_type=Timestamp)

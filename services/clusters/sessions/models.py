import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import real_now
from kit.db import Timestamp
from kit.ids import new_id
from services.clusters.base import Base

SESSION_LASTS = timedelta(days=30)
LINK_LASTS = timedelta(minutes=30)


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept in place of a text: enough to know it again.

    Of a secret with 256 random bits nobody can find the text; of an address, whoever guesses it can.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


class Session(Base, table=True):
    """A browser that somebody signed in with; `by_link` says that they had just read their mail."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    secret_digest: str = Field(unique=True)
    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    by_link: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    began_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    ended_at: datetime | None = Field(default=None, sa_type=Timestamp)


class MailLink(Base, table=True):
    """A link that was mailed to somebody: it signs them in, once; that of an invitation ends with it."""

    __tablename__ = "mail_link"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    secret_digest: str = Field(unique=True)
    mail: str = Field(index=True)
    invitation_id: UUID | None = Field(default=None, index=True)
    asked_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    ends_at: datetime = Field(sa_type=Timestamp)
    used_at: datetime | None = Field(default=None, sa_type=Timestamp)


class SignInTry(Base, table=True):
    """A wrong password for an address or a person (kept as a digest), so that nobody can try on and on."""

    __tablename__ = "sign_in_try"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    mail_digest: str = Field(index=True)
    at: datetime = Field(default_factory=real_now, sa_type=Timestamp)

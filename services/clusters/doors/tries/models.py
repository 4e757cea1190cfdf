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

DEVICE_LASTS = timedelta(days=365)  # as its cookie


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept in place of a text: enough to know it again.

    Of a secret with 256 random bits nobody can find the text; of an address, whoever guesses it can.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


class SignInTry(Base, table=True):
    """A wrong secret for somebody (an address, a person, a client), and from where it was tried; both as digests."""

    __table_args__ = (sa.Index("ix_sign_in_try_at", "at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    mail_digest: str = Field(index=True)
    from_digest: str = Field(default="", sa_column_kwargs={"server_default": ""})
    by_known_device: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    at: datetime = Field(default_factory=real_now, sa_type=Timestamp)


class KnownDevice(Base, table=True):
    """A browser in which this person signed in before: what strangers try elsewhere does not keep it out."""

    secret_digest: str = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    known_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)

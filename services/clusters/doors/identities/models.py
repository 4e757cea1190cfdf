from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import real_now
from kit.db import Timestamp
from kit.ids import new_id
from services.clusters.base import Base
from services.clusters.doors.tries.models import new_secret

REQUEST_LASTS, REQUEST_KEPT = timedelta(minutes=10), timedelta(hours=1)


def tries_with_account(issuer: str, subject: str) -> str:
    """What tries with an account that lets nobody in are counted by, and locked."""
    return f"account {subject} of {issuer}"


class Identity(Base, table=True):
    """An account of a person at a provider."""

    __table_args__ = (sa.UniqueConstraint("issuer", "subject"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    issuer: str
    subject: str
    connected_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)


class Disconnection(Base, table=True):
    """Who disconnected an account of this issuer is found by no address of it, until they connect one themselves."""

    person_id: UUID = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    issuer: str = Field(primary_key=True)
    disconnected_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)


class AuthenticationRequest(Base, table=True):
    """A browser was sent to a provider, and may come back with one answer: to connect an account, if it names a person.

    The browser alone has the secret; the provider is told the state. `from_digest`: the network that it was begun from.
    """

    __table_args__ = (
        sa.Index("ix_authentication_request_from_digest_ends_at", "from_digest", "ends_at"),
        sa.Index("ix_authentication_request_ends_at", "ends_at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    secret_digest: str = Field(unique=True)
    state_digest: str
    provider: str
    person_id: UUID | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE")
    from_digest: str = Field(default="", sa_column_kwargs={"server_default": ""})
    nonce: str = Field(default_factory=new_secret)
    verifier: str = Field(default_factory=new_secret)
    ends_at: datetime = Field(default_factory=lambda: real_now() + REQUEST_LASTS, sa_type=Timestamp)

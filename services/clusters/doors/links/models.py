from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import real_now
from kit.db import Timestamp
from kit.ids import new_id
from services.clusters.base import Base

LINK_LASTS, SHOWN_LASTS = timedelta(minutes=30), timedelta(minutes=10)


class MailLink(Base, table=True):
    """A link that was mailed to somebody: it signs them in, once; that of an invitation ends with it."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    secret_digest: str = Field(unique=True)
    mail: str = Field(index=True)
    invitation_id: UUID | None = Field(default=None, index=True)
    # Shown in a browser that is signed in, for another device: it says nothing of the address.
    is_shown: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    asked_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    ends_at: datetime = Field(sa_type=Timestamp)
    used_at: datetime | None = Field(default=None, sa_type=Timestamp)


class LinkRequest(Base, table=True):
    """Somebody typed this address to get a link, be it known or not; the worker finds out."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    mail: str = Field(index=True)
    to: str
    asked_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    answered_at: datetime | None = Field(default=None, sa_type=Timestamp)

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now, real_now
from kit.db import Timestamp
from kit.ids import new_id
from services.clusters.base import Base

INTRODUCTION_LASTS = timedelta(minutes=30)


class Introduction(Base, table=True):
    """Whoever has this account works at a school, as its provider says: kept until they say so themselves.

    One for each account; the browser alone has the secret. `waits`: for who leads the school, welcome or not.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    secret_digest: str = Field(unique=True)
    account_digest: str = Field(unique=True)
    school_id: UUID = Field(foreign_key="school.id", ondelete="CASCADE")
    provider: str
    name: str
    mail: str | None = None
    waits: bool = Field(default=True, sa_column_kwargs={"server_default": sa.true()})
    ends_at: datetime = Field(default_factory=lambda: real_now() + INTRODUCTION_LASTS, sa_type=Timestamp, index=True)


class Welcome(Base, table=True):
    """Whom a provider introduces to this school is asked in at once: who leads it need not say yes to each.

    Not who typed their address, or of whom the provider does not say at which of its schools they work.
    """

    school_id: UUID = Field(foreign_key="school.id", primary_key=True, ondelete="CASCADE")
    made_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    made_by: UUID | None = None

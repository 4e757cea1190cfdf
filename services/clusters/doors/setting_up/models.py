from datetime import datetime, timedelta

from sqlmodel import Field

from kit.clock import real_now
from kit.db import Timestamp
from services.clusters.base import Base

SETUP_LINK_LASTS = timedelta(days=1)


class SetupLink(Base, table=True):
    """A link by which whoever runs the house says what it is for, once; the newest alone counts."""

    secret_digest: str = Field(primary_key=True)
    made_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    ends_at: datetime = Field(sa_type=Timestamp)
    used_at: datetime | None = Field(default=None, sa_type=Timestamp)

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import BigInteger, Field

from kit.clock import real_now
from kit.db import Timestamp
from services.clusters.base import Base

UNCONFIRMED_KEPT = timedelta(hours=1)


class SecondFactor(Base, table=True):
    """The key that an app of a person makes codes from; in use once a code of it was typed.

    Nobody gets it told again. `last_step` is the half minute of the last code that was taken: none works twice.
    """

    person_id: UUID = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    key: str
    last_step: int = Field(default=0, sa_type=BigInteger)
    begun_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    confirmed_at: datetime | None = Field(default=None, sa_type=Timestamp)


class RecoveryCode(Base, table=True):
    """A code for who lost the device: it works once, and is gone then."""

    digest: str = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")

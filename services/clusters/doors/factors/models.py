from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import BigInteger, Field

from kit.clock import real_now
from kit.db import Timestamp
from services.clusters.base import Base

UNCONFIRMED_KEPT = timedelta(hours=1)
STEP_WITHIN = timedelta(minutes=30)
"""So long after its beginning a session waits for its second step."""


class SecondFactor(Base, table=True):
    """The key that an app of a person makes codes from; in use once a code of it was typed.

    Nobody gets it told again. `last_step` is the half minute of the last code that was taken: none works twice.
    `wrong_codes` are those since the last that was right; `warned_at` is when their owner was last told of them.
    """

    person_id: UUID = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    key: str
    last_step: int = Field(default=0, sa_type=BigInteger)
    wrong_codes: int = 0
    warned_at: datetime | None = Field(default=None, sa_type=Timestamp)
    begun_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    confirmed_at: datetime | None = Field(default=None, sa_type=Timestamp)


class RecoveryCode(Base, table=True):
    """A code for who lost the device: it works once, and is gone then."""

    digest: str = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")


def tries_with_codes(person_id: UUID) -> str:
    """What tries with codes of the app are counted by; and those with recovery codes."""
    return f"second step of {person_id}"


def tries_with_recovery_codes(person_id: UUID) -> str:
    return f"recovery of {person_id}"

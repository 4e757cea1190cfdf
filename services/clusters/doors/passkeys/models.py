from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Field

from kit.clock import real_now
from kit.db import Timestamp
from kit.ids import new_id
from services.clusters.base import Base

CHALLENGE_LASTS, CHALLENGE_KEPT = timedelta(minutes=5), timedelta(hours=1)


class PasskeyChallenge(Base, table=True):
    """What a device is asked to sign, once: to add a passkey if it names a person, else to sign in."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    challenge_digest: str = Field(unique=True)
    from_digest: str = Field(index=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE")
    ends_at: datetime = Field(default_factory=lambda: real_now() + CHALLENGE_LASTS, sa_type=Timestamp)

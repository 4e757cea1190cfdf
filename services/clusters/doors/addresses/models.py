from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Field

from kit.clock import real_now
from kit.db import Timestamp
from services.clusters.base import Base

# A letter that was tried for an hour before a server took it works for the hour that it says.
SAID_WITHIN, CONFIRMED_WITHIN, WAITS_FOR = timedelta(hours=1), timedelta(hours=2), timedelta(days=7)


def letters_asked_by(person_id: UUID) -> str:
    """What letters to new addresses are counted by: who asks for them, and where they go."""
    return f"new addresses of {person_id}"


def letters_asked_from(source: str) -> str:
    return f"new addresses from {source}"


def letters_to(mail: str) -> str:
    return f"new address {mail}"


def asker_of_letters(person_id: UUID) -> str:
    return f"person {person_id}"


class WaitingAddress(Base, table=True):
    """An address that somebody says is theirs, until the link that was mailed there is confirmed; one for each person.

    `secret_digest` is kept whether the address is somebody else's or not; then nobody has the secret.
    """

    person_id: UUID = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    mail: str
    secret_digest: str = ""
    asked_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    sent_at: datetime | None = Field(default=None, sa_type=Timestamp)

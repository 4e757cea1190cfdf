from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import real_now
from kit.db import Json, Timestamp
from kit.ids import new_id
from services.diaries.base import Base

FOLDER = "archives"
KEPT = timedelta(days=7)


class Archive(Base, table=True):
    """All that is kept about a person, packed for them; `record` is what the other services said until it is made.

    It lies in the media store in so many `parts`, of which each is a ZIP file.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    person_id: UUID = Field(index=True)
    language: str
    record: dict[str, Any] = Field(sa_type=Json)
    asked_at: datetime = Field(default_factory=real_now, sa_type=Timestamp, index=True)
    made_at: datetime | None = Field(default=None, sa_type=Timestamp)
    parts: int = 0
    bytes: int = Field(default=0, sa_type=sa.BigInteger)

    @property
    def ends_at(self) -> datetime:
        return (self.made_at or self.asked_at) + KEPT


def key_of(archive_id: UUID, part: int) -> str:
    """Where the media store keeps a part, from 1 on."""
    return f"{FOLDER}/{archive_id}/{part}.zip"

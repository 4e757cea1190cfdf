from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.db import Timestamp, choice
from services.clusters.base import Base


class Way(StrEnum):
    """How a kind of news comes to somebody: by mail at once, in a digest, or not by mail at all."""

    at_once = "at_once"
    digest = "digest"
    app = "app"


class Every(StrEnum):
    day = "day"
    week = "week"


class Preference(Base, table=True):
    """Another way than by mail at once, for one kind of news."""

    person_id: UUID = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    kind: str = Field(primary_key=True)
    way: Way = Field(sa_type=choice(Way))


class Hearing(Base, table=True):
    """When somebody's digest goes out, by their own clock, and whether mails say what the news is.

    `weekday`: 0 is Monday.
    """

    person_id: UUID = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    every: Every = Field(default=Every.day, sa_type=choice(Every), sa_column_kwargs={"server_default": Every.day})
    weekday: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    hour: int = Field(default=7, sa_column_kwargs={"server_default": "7"})
    without_content: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})


class DigestItem(Base, table=True):
    """A notice that waits for the digest of its person."""

    notice_id: UUID = Field(foreign_key="notice.id", primary_key=True, ondelete="CASCADE")
    person_id: UUID = Field(index=True)


class DigestDue(Base, table=True):
    """When the next digest of somebody goes out; a job waits for that moment."""

    person_id: UUID = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    due_at: datetime = Field(sa_type=Timestamp)

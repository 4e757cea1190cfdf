from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp
from kit.ids import new_id
from services.diaries.base import Base

FOLDER = "pictures"


class Size(StrEnum):
    small = "small"
    large = "large"


EDGES = {Size.small: 800, Size.large: 1600}
"""The longest edge of each size, in pixels; a picture is never made larger than it came."""


class Picture(Base, table=True):
    """A picture in an entry; `width` and `height` are those of the large size, in pixels."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    entry_id: UUID = Field(foreign_key="entry.id", ondelete="CASCADE", index=True)
    description: str
    width: int
    height: int
    added_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    added_by: UUID


def key_of(picture_id: UUID, size: Size) -> str:
    """Where the media store keeps it."""
    return f"{FOLDER}/{picture_id}/{size}.webp"

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Json, Timestamp
from kit.ids import new_id
from services.events.base import Base


class Change(Base, table=True):
    """What was changed about an event, by whom, and what it did to whom (`effects`: registration to effect).

    `news` says what is told to each registration that it concerns.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    event_id: UUID = Field(foreign_key="event.id", index=True)
    what: list[str] = Field(sa_column=sa.Column(sa.ARRAY(sa.String), nullable=False))
    reason: str = ""
    before: dict[str, Any] = Field(sa_type=Json)
    effects: dict[str, str] = Field(sa_type=Json)
    news: dict[str, list[str]] = Field(sa_type=Json, sa_column_kwargs={"server_default": "{}"})
    by: UUID
    at: datetime = Field(default_factory=now, sa_type=Timestamp)

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from kit.clock import real_now
from kit.db import Timestamp
from services.clusters.base import Base


class Password(Base, table=True):
    person_id: UUID = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    hash: str
    set_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)

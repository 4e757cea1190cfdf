from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import real_now
from kit.db import Timestamp
from services.clusters.base import Base


class HouseSetup(Base, table=True):
    """Since when this house is being set up, and since when it is open; one row at most."""

    __table_args__ = (sa.CheckConstraint("number = 1", name="one_row"),)

    number: int = Field(default=1, primary_key=True)
    began_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    opened_at: datetime | None = Field(default=None, sa_type=Timestamp)
    opened_by: UUID | None = None

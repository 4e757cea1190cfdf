from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp
from services.clusters.base import Base


class Support(Base, table=True):
    """From which month of each school year a country is at a lighter level; None: it never is.

    A country without a row is as the usual one.
    """

    __table_args__ = (
        sa.CheckConstraint("light_touch_from between 1 and 12", name="light_touch_is_a_month"),
        sa.CheckConstraint("on_request_from between 1 and 12", name="on_request_is_a_month"),
    )

    country: str = Field(primary_key=True)
    light_touch_from: int | None = None
    on_request_from: int | None = None
    version: int = 1
    changed_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    changed_by: UUID | None = None

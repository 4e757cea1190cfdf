from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp
from services.clusters.base import Base


class DevelopmentPlan(Base, table=True):
    """What the development plan of a school says on mentoring: the paragraph, a link to it, or both.

    `since` is None where that was taken out; its `version` grows on.
    """

    school_id: UUID = Field(foreign_key="school.id", primary_key=True, ondelete="CASCADE")
    text: str = ""
    link: str = ""
    since: date | None
    language: str
    version: int = 0
    changed_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    changed_by: UUID | None = None

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.clusters.directory.offices.models import OfficeKind
from services.clusters.directory.staff.models import StaffRole


class RoleIn(BaseModel):
    """Only back to `teacher`: another role begins with an invitation, and the person's own yes."""

    role: Literal[StaffRole.teacher]


class StaffOut(BaseModel):
    id: UUID
    person_id: UUID
    school_id: UUID
    role: StaffRole
    began_at: datetime
    ended_at: datetime | None


class OfficeOut(BaseModel):
    id: UUID
    person_id: UUID
    kind: OfficeKind
    country: str | None
    began_at: datetime
    ended_at: datetime | None

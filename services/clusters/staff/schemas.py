from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.clusters.staff.models import StaffRole


class StaffOut(BaseModel):
    id: UUID
    person_id: UUID
    school_id: UUID
    role: StaffRole
    began_at: datetime
    ended_at: datetime | None

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from kit.fields import Language, Zone
from services.clusters.people.schemas import Mail, Name
from services.clusters.staff.models import StaffRole


class StaffIn(BaseModel):
    """Who joins a school: somebody whose address is known already keeps their name and language."""

    name: Name
    mail: Mail
    role: StaffRole = StaffRole.teacher
    language: Language = "en"
    zone: Zone | None = None


class StaffOut(BaseModel):
    id: UUID
    person_id: UUID
    school_id: UUID
    role: StaffRole
    began_at: datetime
    ended_at: datetime | None

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.clusters.clusters.memberships.models import SchoolRole


class MembershipIn(BaseModel):
    school_id: UUID
    role: SchoolRole


class MembershipOut(BaseModel):
    id: UUID
    cluster_id: UUID
    school_id: UUID
    role: SchoolRole
    begun_at: datetime
    ended_at: datetime | None

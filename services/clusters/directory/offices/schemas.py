from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.clusters.directory.offices.models import OfficeKind


class HeldOfficeOut(BaseModel):
    """An office, and who holds it."""

    id: UUID
    person_id: UUID
    name: str
    title_before: str
    title_after: str
    kind: OfficeKind
    country: str | None
    began_at: datetime
    can: list[str]

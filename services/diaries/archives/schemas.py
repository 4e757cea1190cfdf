from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class ArchiveOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    asked_at: datetime
    made_at: datetime | None = Field(description="null: it is being made")
    ends_at: datetime = Field(description="Until when it can be fetched")
    parts: int = Field(description="ZIP files, numbered from 1")
    bytes: int


class ArchivesOut(BaseModel):
    items: list[ArchiveOut] = Field(description="The newest first")

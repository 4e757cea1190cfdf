from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.roster.facts import Writings


class ErasureIn(BaseModel):
    """`session` is the secret of the session that asks: it began with a link by mail, within the last hour."""

    writings: Writings = Field(description="stay: without my name; go: entries, pictures and comments are deleted")
    session: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class KeptSchoolOut(BaseModel):
    id: UUID
    name: str


class BeforeErasureOut(BaseModel):
    """What somebody else has to take over first."""

    schools: list[KeptSchoolOut] = Field(description="Schools whose last coordinator I am")
    is_last_programme_coordinator: bool

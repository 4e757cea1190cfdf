from uuid import UUID

from pydantic import BaseModel, Field


class RegistrationIn(BaseModel):
    """Ask for a place. Where it is full you wait for it; `meanwhile_online` keeps you a place online until then."""

    place_id: UUID
    meanwhile_online: bool = Field(default=False, strict=True)


class RegisteredOut(BaseModel):
    """Somebody who comes: placed there, waiting for that."""

    registration_id: UUID
    person_id: UUID
    name: str
    school_id: UUID | None
    school: str
    placed: UUID | None
    waits_for: UUID | None


class RegistrationOut(BaseModel):
    registration_id: UUID
    person_id: UUID
    placed: UUID | None
    waits_for: UUID | None
    position: int | None = Field(description="In the line for `waits_for`, from 1")

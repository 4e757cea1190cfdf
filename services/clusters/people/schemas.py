from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from kit.fields import Language, Line, Zone
from services.clusters.people.addresses import comparable

Name = Annotated[str, Line(120)]
Mail = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$|^[^@\s]+@localhost$"),
    AfterValidator(comparable),
]
Secret = Annotated[str, StringConstraints(min_length=10, max_length=200)]


class PersonOut(BaseModel):
    id: UUID
    name: str
    language: str
    zone: str


class StandingOut(BaseModel):
    """One school that I work at, and the cluster through it."""

    school_id: UUID
    school: str
    staff_role: str
    cluster_id: UUID | None
    cluster: str | None
    school_role: str | None


class MyOfficeOut(BaseModel):
    kind: str
    country: str | None


class InvitedOut(BaseModel):
    """Where I am asked to belong: a school, or an office."""

    id: UUID
    school: str | None
    role: str | None
    office: str | None
    country: str | None
    by: str


class MeOut(PersonOut):
    standings: list[StandingOut]
    offices: list[MyOfficeOut]
    invitations: list[InvitedOut] = Field(description="Those that wait for my yes")
    unseen: int = Field(description="Notices not yet seen")
    unseen_paths: list[str] = Field(description="What they are about, two hundred paths at most")
    has_password: bool


class ProfileIn(BaseModel):
    name: Name
    language: Language
    zone: Zone


class PasswordIn(BaseModel):
    """`old_password` where there is one; `session` is the secret of the session that goes on: every other ends.

    In a session that began with a mail link within the last hour, the old password may be left out.
    """

    password: Secret
    old_password: Annotated[str, StringConstraints(max_length=200)] | None = None
    session: Annotated[str, StringConstraints(max_length=200)] | None = None


class ColleagueOut(BaseModel):
    """A person of a cluster, with the school and the role that make them one."""

    staff_id: UUID
    person_id: UUID
    name: str
    school_id: UUID
    school: str
    role: str
    began_at: datetime
    can: list[str] = []

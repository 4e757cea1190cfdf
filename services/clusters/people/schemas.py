from datetime import datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from pydantic_core import PydanticCustomError

ZONES = frozenset(available_timezones())


def known_zone(zone: str) -> str:
    if zone not in ZONES:
        raise PydanticCustomError("zone_unknown", "not a time zone of the IANA database")
    return zone


def lower(mail: str) -> str:
    return mail.lower()


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Mail = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$|^[^@\s]+@localhost$"),
    AfterValidator(lower),
]
Language = Annotated[
    str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20), Field(examples=["cs"])
]
Zone = Annotated[str, StringConstraints(max_length=60), AfterValidator(known_zone), Field(examples=["Europe/Prague"])]
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


class OfficeOut(BaseModel):
    kind: str
    country: str | None


class MeOut(PersonOut):
    standings: list[StandingOut]
    offices: list[OfficeOut]
    unseen: int = Field(description="Notices not yet seen")
    has_password: bool


class ProfileIn(BaseModel):
    name: Name
    language: Language
    zone: Zone


class PasswordIn(BaseModel):
    password: Secret


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

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from kit.fields import Language, Zone
from services.clusters.directory.offices.models import OfficeKind
from services.clusters.directory.people.schemas import Mail, Name
from services.clusters.directory.schools.schemas import Country
from services.clusters.directory.staff.models import StaffRole
from services.clusters.doors.invitations.models import State
from services.clusters.post.unreached.schemas import UnreachedOut


class InvitationIn(BaseModel):
    """Who is asked into a school, and as what: somebody whose address is known already keeps their name and language.

    For somebody who works there already it is another role. `works_at_both`: ask them although their address is of
    another school; without it, that is refused at `mail` (`mail_of_school`).
    """

    name: Name
    mail: Mail
    works_at_both: bool = False
    role: StaffRole = StaffRole.teacher
    language: Language = "en"
    zone: Zone | None = None


class AskedIn(BaseModel):
    """`works_at_both`: ask them although their address is of another school."""

    name: Name
    mail: Mail
    works_at_both: bool = False


class SeveralIn(BaseModel):
    """Who are asked into a school, all as the same; each as in `InvitationIn`."""

    people: Annotated[list[AskedIn], Field(min_length=1, max_length=200)]
    role: StaffRole = StaffRole.teacher
    language: Language = "en"
    zone: Zone | None = None


class Becomes(StrEnum):
    """What becomes of somebody who is to be invited."""

    invited = "invited"
    proposed = "proposed"
    works_here = "works_here"
    invited_already = "invited_already"
    sent_already = "sent_already"
    elsewhere = "elsewhere"


class AskedOut(BaseModel):
    mail: str
    name: str
    becomes: Becomes = Field(description="`proposed`: the school is asked first; the last four are not asked at all")
    of_school: str = Field(default="", description="Whose domain their address has, where that is another school")


class SeveralOut(BaseModel):
    """What becomes of each, in the order that they came in."""

    people: list[AskedOut]


class OfficeInvitationIn(BaseModel):
    """Who is asked to be a national or the programme coordinator."""

    name: Name
    mail: Mail
    kind: OfficeKind
    country: Country | None = Field(default=None, validate_default=True)
    language: Language = "en"
    zone: Zone | None = Field(default=None, description="That of their country, when it is not said; or UTC")

    @field_validator("country")
    @classmethod
    def country_where_it_counts(cls, country: str | None, known: ValidationInfo) -> str | None:
        kind = known.data.get("kind")
        if kind and (kind is OfficeKind.national_coordinator) != bool(country):
            raise PydanticCustomError(
                "country_mismatch", "a national coordinator has a country, a programme coordinator none"
            )
        return country


class InvitationOut(BaseModel):
    """An invitation into a school (`school_id`, `role`), or into an office (`office`, with its `country`)."""

    id: UUID
    name: str
    mail: str
    school_id: UUID | None
    school: str | None
    role: StaffRole | None
    office: OfficeKind | None
    country: str | None
    by: str = Field(description="Who invites; empty for the house itself")
    by_code: bool = Field(default=False, description="Whether they typed the code of the school, and asked to come")
    by_account: str = Field(default="", description="By an account of which provider they came, and asked to come in")
    account_name: str = Field(default="", description="What that account calls them; empty where it does not say")
    mail_typed: bool = Field(default=False, description="Whether they typed the address: their account gives none")
    state: State
    invited_at: datetime
    sent_at: datetime | None
    ends_at: datetime | None
    unreached: UnreachedOut | None = Field(default=None, description="Why its mail was not delivered, if it was not")
    mailed: bool = Field(default=True, description="Whether it is mailed: not to who wants no mails of this kind")
    for_me: bool = Field(default=False, description="Whether I am whom it names")
    can: list[str] = []


class AcceptedOut(BaseModel):
    """What began with the yes: a place at a school (`staff_id`), or an office (`office_id`)."""

    person_id: UUID
    staff_id: UUID | None = None
    office_id: UUID | None = None

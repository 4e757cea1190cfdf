"""What the policy asks of an invitation, before and after it is made."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.clusters.directory.schools.models import School
from services.clusters.directory.staff.models import StaffRole
from services.clusters.doors.invitations.models import Invitation
from services.clusters.scopes import SET_UP
from services.roster.standing import Member


@dataclass(frozen=True)
class NewInvitation:
    """Whom a school is to get, as what: the policy asks who may, and who of them only proposes."""

    school: School
    cluster_ids: list[UUID]
    role: StaffRole
    is_led: bool

    @property
    def school_id(self) -> UUID:
        return self.school.id

    @property
    def country(self) -> str:
        return self.school.country

    def is_wanted_by_school(self, actor: Member) -> bool:
        """Whether this actor speaks for the school: who leads it, and those above it while nobody does."""
        above = actor.is_programme or self.school.country in actor.countries
        return actor.leads_school(self.school.id) or SET_UP in actor.scopes or (above and not self.is_led)


@dataclass(frozen=True)
class VisibleInvitation:
    """An invitation, with the school that it leads into (None: into an office) and the clusters of that."""

    invitation: Invitation
    school: School | None
    cluster_ids: list[UUID]

    @property
    def role(self) -> StaffRole | None:
        return self.invitation.role

    @property
    def school_id(self) -> UUID | None:
        return self.invitation.school_id

    @property
    def country(self) -> str | None:
        return self.school.country if self.school else None

    @property
    def confirmed_at(self) -> datetime | None:
        return self.invitation.confirmed_at

    @property
    def answered_at(self) -> datetime | None:
        return self.invitation.answered_at

    @property
    def ends_at(self) -> datetime | None:
        return self.invitation.ends_at

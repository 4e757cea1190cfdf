from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now, real_now
from kit.db import Timestamp, choice
from kit.ids import new_id
from services.clusters.base import Base
from services.clusters.directory.offices.models import OfficeKind
from services.clusters.directory.staff.models import StaffRole

LASTS = timedelta(days=14)


class Answer(StrEnum):
    accepted = "accepted"
    declined = "declined"
    withdrawn = "withdrawn"


class State(StrEnum):
    """Where an invitation stands: `proposed` waits for the school's yes, `sent` for the person's."""

    proposed = "proposed"
    sent = "sent"
    expired = "expired"
    accepted = "accepted"
    declined = "declined"
    withdrawn = "withdrawn"


class Invitation(Base, table=True):
    """Somebody is asked into a school in a role, or into an office; one open invitation into each.

    Who is not of the school proposes: it is sent once somebody who leads the school confirms it. `names_first` marks
    one that gives a school without a coordinator and head its first. Of who came `by_account`, `account_name` is what
    the account calls them, and `mail_typed` that it gave no address.
    """

    __table_args__ = (
        sa.Index(
            "uq_invitation_open", "person_id", "school_id", "office", "country", unique=True,
            postgresql_where=sa.text("answer IS NULL"), postgresql_nulls_not_distinct=True,
        ),
        sa.Index("ix_invitation_school_id_id", "school_id", "id"),
        sa.CheckConstraint("(school_id IS NULL) = (role IS NULL)", name="role_in_school"),
        sa.CheckConstraint("(school_id IS NULL) <> (office IS NULL)", name="school_or_office"),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_when"),
    )  # fmt: skip

    id: UUID = Field(default_factory=new_id, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE")
    mail: str
    school_id: UUID | None = Field(default=None, foreign_key="school.id")
    role: StaffRole | None = Field(default=None, sa_type=choice(StaffRole))
    office: OfficeKind | None = Field(default=None, sa_type=choice(OfficeKind))
    country: str | None = None
    names_first: bool = False
    by_code: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    by_account: str = Field(default="", sa_column_kwargs={"server_default": ""})
    account_name: str = Field(default="", sa_column_kwargs={"server_default": ""})
    mail_typed: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    invited_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    invited_by: UUID | None = None
    confirmed_at: datetime | None = Field(default=None, sa_type=Timestamp)
    confirmed_by: UUID | None = None
    sent_at: datetime | None = Field(default=None, sa_type=Timestamp)
    sendings: int = 0
    ends_at: datetime | None = Field(default=None, sa_type=Timestamp)
    answer: Answer | None = Field(default=None, sa_type=choice(Answer))
    answered_at: datetime | None = Field(default=None, sa_type=Timestamp)
    answered_by: UUID | None = None

    @property
    def has_ended(self) -> bool:
        return self.answer is not None

    @property
    def waits(self) -> bool:
        """Whether it was sent, and is not answered."""
        return self.answer is None and self.sent_at is not None

    @property
    def state(self) -> State:
        if self.answer:
            return State(self.answer.value)
        if self.ends_at is None:
            return State.proposed
        return State.sent if self.ends_at > real_now() else State.expired

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.clusters.deciding.proposals.schemas import ProposalItemOut
from services.clusters.directory.people.schemas import PersonOut
from services.clusters.post.unreached.schemas import UnreachedOut
from services.clusters.year.todos.schemas import ClusterTodoOut


class StandingOut(BaseModel):
    """One school that I work at, and the cluster through it."""

    staff_id: UUID
    school_id: UUID
    school: str
    staff_role: str
    cluster_id: UUID | None
    cluster: str | None
    school_role: str | None
    cluster_is_open: bool = Field(default=True, description="false: its cluster was closed, and is read only")
    schedules: bool = Field(default=False, description="Whether I may plan meetings of this cluster")
    can: list[str] = Field(default=[], description="What I can do with my work there: end it, lead no longer")


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


class SchoolAskedOut(BaseModel):
    """A school that I lead is asked into a cluster."""

    id: UUID
    school: str
    cluster: str
    role: str
    by: str


class MyMailOut(UnreachedOut):
    """Mails to my address do not reach me."""

    mail: str


class YearToBeginOut(BaseModel):
    """A cluster in which I lead a school, and that I may plan, has planned the year before, and not yet this one."""

    cluster_id: UUID
    cluster: str
    year: int


class MeOut(PersonOut):
    standings: list[StandingOut]
    offices: list[MyOfficeOut]
    invitations: list[InvitedOut] = Field(description="Those that wait for my yes")
    school_invitations: list[SchoolAskedOut] = Field(description="Those that wait for my answer for a school")
    todos: list[ClusterTodoOut] = Field(
        description="What clusters in which I coordinate a school are to do: the six due first of `/v1/todos`"
    )
    proposals: list[ProposalItemOut] = Field(
        description="Proposals that wait for my voice: the six of `/v1/proposals` that end first"
    )
    years_to_begin: list[YearToBeginOut] = Field(description="School years that my clusters could begin to plan")
    unseen: int = Field(description="Notices not yet seen")
    unseen_paths: list[str] = Field(description="What they are about, two hundred paths at most")
    unreached: MyMailOut | None = Field(description="Why mails do not reach me, if they do not")
    has_password: bool
    portrait_id: UUID | None
    has_guide: bool = Field(
        description="These are my first six weeks in what I am here, and I did not put the guide away"
    )


class GuideOut(BaseModel):
    """The guide of my first weeks: a step is done by what I did, here or over the API, and by nothing else."""

    role: Literal["programme_coordinator", "national_coordinator", "leader", "teacher"]
    by_others: list[str] = Field(default=[], description="Steps that are not mine and need nobody any more")
    done: list[str] = Field(description="Steps that clusters knows of; `/v1/today` of events and diaries know others")

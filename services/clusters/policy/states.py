"""In which states of an office and of an invitation their verbs are open."""

from datetime import datetime
from typing import Protocol

from kit.clock import real_now
from kit.policy import refused_with
from kit.problems import Problem
from services.roster.states import OfClosable


class NotSentYet(Problem):
    status, title = 409, "The school has not confirmed this invitation yet"


class InvitationExpired(Problem):
    status, title = 410, "This invitation has run out: ask for a new one"


class LastProgrammeCoordinator(Problem):
    status, title = 409, "The programme keeps a coordinator: invite another one first"


class AimsInPlan(Problem):
    status, title = 409, "The plan of the year says what this cluster is for: write it there"


class PlanNotHandedIn(Problem):
    status, title = 409, "This plan waits for no answer"


class PlanIsApproved(Problem):
    status, title = 409, "This plan is approved as it stands: there is nothing to hand in"


class ProposalNotAsked(Problem):
    status, title = 409, "This round has ended: no voice counts any more"


class PartWithoutTick(Problem):
    status, title = 409, "Only goals and milestones are ticked"


class Held(Protocol):
    """An office by whether nobody else could do what it does."""

    @property
    def is_last(self) -> bool: ...


class Answered(Protocol):
    """What somebody was asked, by whether they answered."""

    @property
    def answered_at(self) -> datetime | None: ...


class AskedIntoCluster(Answered, OfClosable, Protocol):
    """A school that was asked into a cluster."""


class Sent(Answered, Protocol):
    """An invitation by what has become of it."""

    @property
    def confirmed_at(self) -> datetime | None: ...

    @property
    def ends_at(self) -> datetime | None: ...


class AskedOfCountry(Protocol):
    """A request for help by what has become of it."""

    @property
    def due_at(self) -> datetime | None: ...

    @property
    def climbed_at(self) -> datetime | None: ...

    @property
    def settled_at(self) -> datetime | None: ...


class Planned(Protocol):
    """A cluster by whether it has a plan of a year."""

    @property
    def has_plan(self) -> bool: ...


@refused_with(AimsInPlan)
def it_has_no_plan(cluster: Planned) -> bool:
    return not cluster.has_plan


class WrittenPlan(Protocol):
    """A plan of a year by how far it is."""

    @property
    def state(self) -> str: ...


class OfPart(Protocol):
    """A part of a plan by what it is."""

    @property
    def kind(self) -> str: ...


@refused_with(PlanIsApproved)
def it_is_not_approved(plan: WrittenPlan) -> bool:
    return plan.state != "approved"


@refused_with(None)
def it_is_not_handed_in(plan: WrittenPlan) -> bool:
    return plan.state != "handed_in"


@refused_with(PlanNotHandedIn)
def it_is_handed_in(plan: WrittenPlan) -> bool:
    return plan.state == "handed_in"


class AskedOfGroup(Protocol):
    """A proposal by whether its cluster is asked about it now, and whether it is decided."""

    @property
    def is_asked(self) -> bool: ...

    @property
    def is_undecided(self) -> bool: ...


@refused_with(ProposalNotAsked)
def it_is_asked_now(proposal: AskedOfGroup) -> bool:
    return proposal.is_asked


@refused_with(ProposalNotAsked)
def it_is_undecided(proposal: AskedOfGroup) -> bool:
    return proposal.is_undecided


@refused_with(PartWithoutTick)
def it_can_be_ticked(part: OfPart) -> bool:
    return part.kind in ("goal", "milestone")


@refused_with(None)
def it_waits_for_an_answer(request: AskedOfCountry) -> bool:
    return request.due_at is not None


@refused_with(None)
def it_has_not_climbed(request: AskedOfCountry) -> bool:
    return request.climbed_at is None


@refused_with(None)
def it_is_not_settled(request: AskedOfCountry) -> bool:
    return request.settled_at is None


@refused_with(None)
def it_is_unanswered(invitation: Answered) -> bool:
    return invitation.answered_at is None


@refused_with(None)
def it_waits_for_the_school(invitation: Sent) -> bool:
    return invitation.confirmed_at is None


@refused_with(NotSentYet)
def it_is_sent(invitation: Sent) -> bool:
    return invitation.ends_at is not None


@refused_with(InvitationExpired)
def it_has_not_run_out(invitation: Sent) -> bool:
    return invitation.ends_at is None or invitation.ends_at > real_now()


@refused_with(LastProgrammeCoordinator)
def somebody_else_coordinates_the_programme(office: Held) -> bool:
    return not office.is_last

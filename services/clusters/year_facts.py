"""What clusters tells of what is planned for a school year."""

from uuid import UUID

from kit.telling import Fact


class PlanFact(Fact):
    """Of the plan of a cluster for a school year; `name` is the cluster's."""

    plan_id: UUID
    year: int
    name: str


class PlanBegun(PlanFact, told_as="plan.begun"):
    pass


class PlanChanged(PlanFact, told_as="plan.changed"):
    """Something was written in it, or taken out of it."""


class PlanHandedIn(PlanFact, told_as="plan.handed_in"):
    """It waits for the national coordinator."""


class PlanApproved(PlanFact, told_as="plan.approved"):
    pass


class PlanChangeAsked(PlanFact, told_as="plan.change_asked"):
    """The national coordinator asks for one change."""


class PlanPartDone(PlanFact, told_as="plan.part_done"):
    """A goal is reached, or a milestone; or it is not, after all."""

    part_id: UUID
    done: bool


class TodoFact(Fact):
    """Of what a national coordinator asks clusters to do."""

    todo_id: UUID
    country: str
    name: str


class TodoSet(TodoFact, told_as="todo.set"):
    pass


class TodoChanged(TodoFact, told_as="todo.changed"):
    pass


class TodoRemoved(TodoFact, told_as="todo.removed"):
    """Nobody is to do it any more."""


class TodoReminded(TodoFact, told_as="todo.reminded"):
    """Clusters that are late were reminded."""


class TodoTicked(TodoFact, told_as="todo.ticked"):
    """A cluster has done it; or it has not, after all."""

    done: bool


class DecisionRuleChanged(Fact, told_as="decision_rule.changed"):
    """A cluster decides otherwise from now on; `name` is the cluster's."""

    name: str


class ProposalFact(Fact):
    """Of something that a cluster is to decide."""

    proposal_id: UUID


class ProposalMade(ProposalFact, told_as="proposal.made"):
    pass


class ProposalAsked(ProposalFact, told_as="proposal.asked"):
    """A further round has begun, or it is asked whether it still holds."""


class ProposalDecided(ProposalFact, told_as="proposal.decided"):
    pass


class ProposalNotDecided(ProposalFact, told_as="proposal.not_decided"):
    """`why`: nobody, schools_missing, concerns, no_majority or tie."""

    why: str


class ProposalTakenBack(ProposalFact, told_as="proposal.taken_back"):
    pass


class ProposalEnded(ProposalFact, told_as="proposal.ended"):
    """What was decided has done its work, says the cluster when it is asked again."""

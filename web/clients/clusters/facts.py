"""What web hears of clusters, with what it needs of it; each kind that clusters tells is in one of these sets."""

from uuid import UUID

from kit.telling import Fact


class OfPerson(Fact):
    """Something that is shown to one person on every page was changed."""

    person_id: UUID


class OfSession(OfPerson, told_as="session.ended"):
    """`session` is the digest of the session's secret."""

    session: str


class PersonChanged(OfPerson, told_as="person.changed"):
    pass


class PersonErased(OfPerson, told_as="person.erased"):
    pass


class SchoolChanged(Fact, told_as="school.changed"):
    pass


OF_PERSON = {
    PersonChanged.told_as,
    PersonErased.told_as,
    OfSession.told_as,
    "guide.put_away",
    "card.changed",
    "invitation.accepted",
    "invitation.declined",
    "invitation.sent",
    "invitation.withdrawn",
    "notice.told",
    "notices.seen",
    "person.addresses_changed",
    "person.reached",
    "person.unreached",
}
# What anybody's standing follows from.
OF_EVERYBODY = {
    SchoolChanged.told_as,
    "cluster.approach_changed",
    "cluster.closed",
    "cluster.formed",
    "cluster.reopened",
    "membership.begun",
    "membership.ended",
    "office.ended",
    "office.given",
    "plan.begun",
    "proposal.asked",
    "proposal.decided",
    "proposal.ended",
    "proposal.made",
    "proposal.not_decided",
    "proposal.taken_back",
    "school.registered",
    "school_invitation.accepted",
    "school_invitation.declined",
    "school_invitation.sent",
    "school_invitation.withdrawn",
    "staff.began",
    "staff.changed",
    "staff.ended",
    "todo.changed",
    "todo.removed",
    "todo.set",
    "todo.ticked",
}
PASSED_OVER = {
    "client.let_in",
    "client.revoked",
    "cluster.aims_changed",
    "cluster.begun",
    "decision_rule.changed",
    "development_plan.removed",
    "development_plan.written",
    "help.answered",
    "help.asked",
    "help.climbed",
    "help.promised",
    "help.settled",
    "house.opened",
    "import.begun",
    "invitation.proposed",
    "lockout.begun",
    "lockout.ended",
    "person.registered",
    "plan.approved",
    "plan.change_asked",
    "plan.changed",
    "plan.handed_in",
    "plan.part_done",
    "programme.changed",
    "school_code.ended",
    "school_code.made",
    "school_code.used",
    "support.chosen",
    "todo.reminded",
    "tool.added",
    "tool.changed",
    "tool.removed",
}

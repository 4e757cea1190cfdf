"""What clusters tells: who belongs where (as the roster defines it), notices, invitations, sessions, the house."""

from uuid import UUID

from kit.telling import Fact, facts_in
from services.clusters import year_facts
from services.roster import facts as roster


class HelpFact(Fact):
    """Of a request for help: in its cluster's history only where its coordinators read it."""

    request_id: UUID


class HelpAsked(HelpFact, told_as="help.asked"):
    pass


class HelpAnswered(HelpFact, told_as="help.answered"):
    """By an office; what others write under it is told to nobody but its readers."""


class HelpClimbed(HelpFact, told_as="help.climbed"):
    """The programme reads and answers it from now on."""


class HelpSettled(HelpFact, told_as="help.settled"):
    pass


class HelpPromised(Fact, told_as="help.promised"):
    """Within how many working days a country answers what it is asked from now on."""

    country: str
    days: int


class SupportChosen(Fact, told_as="support.chosen"):
    """From which months of each school year a country is accompanied more lightly; None: it never is."""

    country: str
    light_touch_from: int | None
    on_request_from: int | None


class DevelopmentPlanFact(Fact):
    """Of what the development plan of a school says on mentoring."""

    school_id: UUID


class DevelopmentPlanWritten(DevelopmentPlanFact, told_as="development_plan.written"):
    pass


class DevelopmentPlanRemoved(DevelopmentPlanFact, told_as="development_plan.removed"):
    pass


class NoticeTold(Fact, told_as="notice.told"):
    person_id: UUID


class NoticesSeen(Fact, told_as="notices.seen"):
    person_id: UUID


class CardChanged(Fact, told_as="card.changed"):
    """Somebody says something else of themselves to colleagues, or to others, or has another portrait."""

    person_id: UUID


class GuidePutAway(Fact, told_as="guide.put_away"):
    person_id: UUID


class PersonUnreached(Fact, told_as="person.unreached"):
    """Mails do not reach this person."""

    person_id: UUID


class PersonReached(Fact, told_as="person.reached"):
    """They do again, or the person wants them again."""

    person_id: UUID


class AddressesChanged(Fact, told_as="person.addresses_changed"):
    """Somebody has another mail address, or one less, or letters to them go to another."""

    person_id: UUID


class InvitationFact(Fact):
    invitation_id: UUID
    person_id: UUID
    school_id: UUID | None


class InvitationProposed(InvitationFact, told_as="invitation.proposed"):
    """Somebody is to be asked, once the school wants it."""


class InvitationSent(InvitationFact, told_as="invitation.sent"):
    pass


class InvitationAccepted(InvitationFact, told_as="invitation.accepted"):
    pass


class InvitationDeclined(InvitationFact, told_as="invitation.declined"):
    pass


class InvitationWithdrawn(InvitationFact, told_as="invitation.withdrawn"):
    pass


class SchoolCodeFact(Fact):
    """Of the code on the wall of a staff room; never the code itself."""

    school_id: UUID


class SchoolCodeMade(SchoolCodeFact, told_as="school_code.made"):
    """The one before, if there was one, lets nobody in any more."""


class SchoolCodeEnded(SchoolCodeFact, told_as="school_code.ended"):
    pass


class SchoolCodeUsed(SchoolCodeFact, told_as="school_code.used"):
    """Somebody typed it, and asked to come in; who they are is told once they said yes."""


class SchoolInvitationFact(Fact):
    school_invitation_id: UUID
    school_id: UUID
    role: str


class SchoolInvitationSent(SchoolInvitationFact, told_as="school_invitation.sent"):
    pass


class SchoolInvitationAccepted(SchoolInvitationFact, told_as="school_invitation.accepted"):
    pass


class SchoolInvitationDeclined(SchoolInvitationFact, told_as="school_invitation.declined"):
    pass


class SchoolInvitationWithdrawn(SchoolInvitationFact, told_as="school_invitation.withdrawn"):
    pass


class ClusterBegun(Fact, told_as="cluster.begun"):
    """A cluster that was forming is active from now on."""

    name: str


class AimsChanged(Fact, told_as="cluster.aims_changed"):
    """What it is for is said anew on its page."""

    name: str


class ClientLetIn(Fact, told_as="client.let_in"):
    """A program may speak for a cluster; `name` is the program's."""

    client_id: UUID
    name: str


class ImportBegun(Fact, told_as="import.begun"):
    """A list of schools, people or memberships (`kind`) is being brought in; what comes of a row is told by itself."""

    import_id: UUID
    kind: str
    country: str
    school_id: UUID | None = None


class ToolFact(Fact):
    tool_id: UUID
    kind: str
    name: str


class ToolAdded(ToolFact, told_as="tool.added"):
    pass


class ToolChanged(ToolFact, told_as="tool.changed"):
    pass


class ToolRemoved(ToolFact, told_as="tool.removed"):
    """Its cluster works with it no more, and what schools said of it is shown no more."""


class LockoutFact(Fact):
    tool_id: UUID
    school_id: UUID


class LockoutBegun(LockoutFact, told_as="lockout.begun"):
    """A school cannot get into a tool of its cluster."""


class LockoutEnded(LockoutFact, told_as="lockout.ended"):
    pass


class SessionEnded(Fact, told_as="session.ended"):
    """`session` is the digest of the session's secret."""

    person_id: UUID
    session: str


class HouseOpened(Fact, told_as="house.opened"):
    client_id: UUID | None


class ProgrammeChanged(Fact, told_as="programme.changed"):
    name: str
    countries: list[str]
    licence: str


FACTS = facts_in(vars(roster) | vars(year_facts) | globals())

"""What clusters tells: who belongs where (as the roster defines it), notices, invitations, sessions, the house."""

from uuid import UUID

from kit.telling import Fact, facts_in
from services.roster import facts as roster


class NoticeTold(Fact, told_as="notice.told"):
    person_id: UUID


class NoticesSeen(Fact, told_as="notices.seen"):
    person_id: UUID


class InvitationFact(Fact):
    invitation_id: UUID
    person_id: UUID
    school_id: UUID | None


class InvitationSent(InvitationFact, told_as="invitation.sent"):
    pass


class InvitationAccepted(InvitationFact, told_as="invitation.accepted"):
    pass


class InvitationDeclined(InvitationFact, told_as="invitation.declined"):
    pass


class InvitationWithdrawn(InvitationFact, told_as="invitation.withdrawn"):
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


FACTS = facts_in(vars(roster) | globals())

"""How an invitation ends: with an answer, or with the standing of whoever gave it."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now, real_now
from kit.facts import record
from services.clusters.doors.invitations.models import Answer, Invitation
from services.clusters.doors.invitations.queries import given_at_school, given_from_office, open_links
from services.clusters.facts import InvitationAccepted, InvitationDeclined, InvitationFact, InvitationWithdrawn

TOLD: dict[Answer, type[InvitationFact]] = {
    Answer.accepted: InvitationAccepted,
    Answer.declined: InvitationDeclined,
    Answer.withdrawn: InvitationWithdrawn,
}


async def answer(db: AsyncSession, invitation: Invitation, said: Answer, by: UUID | None) -> None:
    invitation.answer, invitation.answered_at, invitation.answered_by = said, now(), by
    await end_links(db, invitation.id)
    tell(db, invitation, TOLD[said], by)


async def withdraw_those_of_a_leader(db: AsyncSession, person_id: UUID, school_id: UUID, by: UUID | None) -> None:
    """Who leads a school no longer gives no place there: the yes to what they gave before would still be theirs."""
    for invitation in await given_at_school(db, person_id, school_id):
        await answer(db, invitation, Answer.withdrawn, by)


async def withdraw_those_of_an_office(db: AsyncSession, person_id: UUID, by: UUID | None) -> None:
    """Who holds an office no longer gives none, and no place at a school that they do not lead."""
    for invitation in await given_from_office(db, person_id):
        await answer(db, invitation, Answer.withdrawn, by)


async def end_links(db: AsyncSession, invitation_id: UUID) -> None:
    for link in await open_links(db, invitation_id):
        link.ends_at = real_now()


def tell(db: AsyncSession, invitation: Invitation, kind: type[InvitationFact], by: UUID | None) -> None:
    fact = kind(invitation_id=invitation.id, person_id=invitation.person_id, school_id=invitation.school_id)
    record(db, fact, actor_id=by)

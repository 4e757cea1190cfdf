"""Who invited somebody hears that the invitation was not delivered."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import plain
from services.clusters.directory.people.queries import name_of
from services.clusters.directory.schools.models import School
from services.clusters.directory.staff.queries import leaders_of
from services.clusters.doors.invitations.models import Invitation
from services.clusters.doors.invitations.queries import waiting_for
from services.clusters.post.kinds.kinds import InvitationUnreached
from services.clusters.post.notices.actions import tell_people
from services.clusters.post.notices.schemas import NoticeIn
from services.clusters.post.unreached.models import Reason
from services.clusters.post.unreached.queries import unreached_people


async def tell_who_invited(db: AsyncSession, person_id: UUID) -> None:
    """Each open invitation of theirs is told once for each sending, to who made it, or else confirmed it.

    Of who came by a code or an account, and was asked in at once, those who lead the school hear.
    """
    if unreached := (await unreached_people(db, [person_id])).get(person_id):
        name = await name_of(db, person_id)
        for each in await waiting_for(db, person_id):
            await tell_people(await plain(db), await _notices(db, each, name, unreached.reason))


async def _notices(db: AsyncSession, invitation: Invitation, name: str, reason: Reason) -> list[NoticeIn]:
    """What is new of one school joins one notice until it is seen: of two hundred addresses comes one mail."""
    inviter = invitation.invited_by or invitation.confirmed_by
    to = [inviter] if inviter else await _leaders_of(db, invitation)
    school = await db.get(School, invitation.school_id) if invitation.school_id else None
    said = InvitationUnreached(name_invited=name, school=school.name if school else "", reason=reason)
    return [
        NoticeIn(
            person_id=person_id,
            kind="invitation_unreached",
            params=said.model_dump(mode="json"),
            named={"name_invited": invitation.person_id},
            path=f"/invitations/{invitation.id}",
            thread=f"unreached {invitation.school_id or invitation.office}",
            once=f"unreached {invitation.id} {invitation.sendings} {person_id}",
        )
        for person_id in to
    ]


async def _leaders_of(db: AsyncSession, invitation: Invitation) -> list[UUID]:
    return list(await leaders_of(db, invitation.school_id)) if invitation.school_id else []

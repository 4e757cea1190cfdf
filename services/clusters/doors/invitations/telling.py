"""Who invited somebody hears that the invitation was not delivered."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import plain
from services.clusters.directory.people.queries import name_of
from services.clusters.directory.schools.models import School
from services.clusters.doors.invitations.models import Invitation
from services.clusters.doors.invitations.queries import waiting_for
from services.clusters.post.kinds.kinds import InvitationUnreached
from services.clusters.post.notices.actions import tell_people
from services.clusters.post.notices.schemas import NoticeIn
from services.clusters.post.unreached.models import Reason
from services.clusters.post.unreached.queries import unreached_people


async def tell_who_invited(db: AsyncSession, person_id: UUID) -> None:
    """Each open invitation of theirs is told once for each sending, to who made it, or else confirmed it."""
    if unreached := (await unreached_people(db, [person_id])).get(person_id):
        name = await name_of(db, person_id)
        told = [await _notice(db, each, name, unreached.reason) for each in await waiting_for(db, person_id)]
        await tell_people(await plain(db), [notice for notice in told if notice])


async def _notice(db: AsyncSession, invitation: Invitation, name: str, reason: Reason) -> NoticeIn | None:
    """What is new of one school joins one notice until it is seen: of two hundred addresses comes one mail."""
    inviter = invitation.invited_by or invitation.confirmed_by
    if inviter is None:
        return None
    school = await db.get(School, invitation.school_id) if invitation.school_id else None
    said = InvitationUnreached(name_invited=name, school=school.name if school else "", reason=reason)
    return NoticeIn(
        person_id=inviter,
        kind="invitation_unreached",
        params=said.model_dump(mode="json"),
        named={"name_invited": invitation.person_id},
        path=f"/invitations/{invitation.id}",
        thread=f"unreached {invitation.school_id or invitation.office}",
        once=f"unreached {invitation.id} {invitation.sendings}",
    )

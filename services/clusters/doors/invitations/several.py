"""Asking many people into a school at once: tried out first, then done, by the same steps."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import undone
from services.clusters.directory.people.actions import find_or_register_person
from services.clusters.directory.schools.models import School
from services.clusters.doors.invitations.actions import AlreadyInvited, AlreadyStaff, SentAlready, invite_into_school
from services.clusters.doors.invitations.schemas import Becomes, InvitedIn, InvitedOut, SeveralIn

NOT_INVITED = {
    AlreadyStaff: Becomes.works_here,
    AlreadyInvited: Becomes.invited_already,
    SentAlready: Becomes.sent_already,
}


async def ask_several(
    db: AsyncSession, school: School, several: SeveralIn, by: UUID | None, *, confirmed: bool
) -> list[InvitedOut]:
    """Ask them all, those who cannot be asked now left out. Raises NobodyToConfirm."""
    return [
        InvitedOut(mail=one.mail, name=one.name, becomes=await _invite(db, school, several, one, by, confirmed))
        for one in several.people
    ]


async def try_several(
    db: AsyncSession, school: School, several: SeveralIn, by: UUID | None, *, confirmed: bool
) -> list[InvitedOut]:
    """What `ask_several` would do, done and undone: nobody is told, nothing stays. Raises the same."""
    async with undone(db):
        return await ask_several(db, school, several, by, confirmed=confirmed)


async def _invite(
    db: AsyncSession, school: School, several: SeveralIn, one: InvitedIn, by: UUID | None, confirmed: bool
) -> Becomes:
    try:
        async with db.begin_nested():
            person = await find_or_register_person(
                db, mail=one.mail, name=one.name, language=several.language, zone=several.zone or school.zone
            )
            await invite_into_school(db, school, person, several.role, one.mail, by, confirmed=confirmed)
    except tuple(NOT_INVITED) as refused:
        return NOT_INVITED[type(refused)]
    return Becomes.invited if confirmed else Becomes.proposed

"""Asking many people into a school at once: tried out first, then done, by the same steps."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import undone
from kit.problems import field_invalid
from services.clusters.directory.people.actions import find_or_register_person
from services.clusters.directory.people.queries import person_by_mail
from services.clusters.directory.schools.models import School
from services.clusters.doors.invitations.actions import AlreadyInvited, SentAlready, invite_into_school
from services.clusters.doors.invitations.domains import domain_of, other_schools
from services.clusters.doors.invitations.queries import staff_at
from services.clusters.doors.invitations.schemas import AskedIn, AskedOut, Becomes, InvitationIn, SeveralIn

NOT_INVITED = {
    AlreadyInvited: Becomes.invited_already,
    SentAlready: Becomes.sent_already,
}


async def ask_several(
    db: AsyncSession, school: School, several: SeveralIn, by: UUID | None, *, confirmed: bool
) -> list[AskedOut]:
    """Ask them all, those who cannot be asked now left out. Raises NobodyToConfirm.

    So is who has an address of another school, until somebody says that they work at both.
    """
    theirs = await other_schools(db, school, [one.mail for one in several.people], asks_itself=confirmed)
    both = {one.mail for one in several.people if one.works_at_both}
    # In the order of their addresses: of two who ask overlapping lists, one waits for the other.
    becomes: dict[str, Becomes] = {}
    for one in sorted(several.people, key=lambda one: one.mail):
        if one.mail not in becomes:
            is_elsewhere = domain_of(one.mail) in theirs and one.mail not in both
            if is_elsewhere and not await _works_at(db, one.mail, school):
                becomes[one.mail] = Becomes.elsewhere
            else:
                becomes[one.mail] = await _invite(db, school, several, one, by, confirmed)
    return [
        AskedOut(mail=one.mail, name=one.name, becomes=becomes[one.mail], of_school=theirs.get(domain_of(one.mail), ""))
        for one in several.people
    ]


async def require_own_address(db: AsyncSession, school: School, new: InvitationIn, *, asks_itself: bool) -> None:
    """Raises Invalid at `mail` where the address is of another school, and nobody said that they work at both."""
    if new.works_at_both or await _works_at(db, new.mail, school):
        return
    theirs = await other_schools(db, school, [new.mail], asks_itself=asks_itself)
    if other := theirs.get(domain_of(new.mail)):
        raise field_invalid("mail", "mail_of_school", school=other)


async def _works_at(db: AsyncSession, mail: str, school: School) -> bool:
    person = await person_by_mail(db, mail)
    return person is not None and await staff_at(db, person.id, school.id) is not None


async def try_several(
    db: AsyncSession, school: School, several: SeveralIn, by: UUID | None, *, confirmed: bool
) -> list[AskedOut]:
    """What `ask_several` would do, done and undone: nobody is told, nothing stays. Raises the same."""
    async with undone(db):
        return await ask_several(db, school, several, by, confirmed=confirmed)


async def _invite(
    db: AsyncSession, school: School, several: SeveralIn, one: AskedIn, by: UUID | None, confirmed: bool
) -> Becomes:
    try:
        async with db.begin_nested():
            person = await find_or_register_person(
                db, mail=one.mail, name=one.name, language=several.language, zone=several.zone or school.zone
            )
            # Who works there keeps their role: another one is given to one person at a time, by name.
            if await staff_at(db, person.id, school.id):
                return Becomes.works_here
            said = f"proposed to {school.id}"  # those who lead it get one mail for all
            await invite_into_school(db, school, person, several.role, one.mail, by, confirmed=confirmed, thread=said)
    except tuple(NOT_INVITED) as refused:
        return NOT_INVITED[type(refused)]
    return Becomes.invited if confirmed else Becomes.proposed

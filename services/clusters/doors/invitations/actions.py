from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now, real_now
from kit.db import plain
from kit.locking import lock, lock_live, lock_number
from kit.policy import hold
from kit.problems import Forbidden, Problem
from services.clusters.directory.offices.actions import OFFICES_LOCK, AlreadyInOffice, begin_office
from services.clusters.directory.offices.models import Office, OfficeKind
from services.clusters.directory.offices.queries import office_of
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.queries import addresses_of, name_of
from services.clusters.directory.programme.actions import require_part
from services.clusters.directory.schools.models import School
from services.clusters.directory.staff.actions import begin_staff, change_role
from services.clusters.directory.staff.models import Staff, StaffRole
from services.clusters.directory.staff.queries import leaders_of
from services.clusters.doors.invitations.answers import answer, end_links, tell, withdraw_those_of_a_leader
from services.clusters.doors.invitations.models import LASTS, Answer, Invitation
from services.clusters.doors.invitations.queries import sent_lately, staff_at
from services.clusters.doors.links.actions import link_path
from services.clusters.doors.opening.queries import house_is_open
from services.clusters.facts import InvitationProposed, InvitationSent
from services.clusters.policy import RULES
from services.clusters.policy.states import NotSentYet
from services.clusters.post.kinds import kinds
from services.clusters.post.kinds.kind import Kind
from services.clusters.post.kinds.kinds import OfficeInvitation
from services.clusters.post.notices.actions import mail_to, tell_people
from services.clusters.post.notices.schemas import NoticeIn

SENT_AGAIN_AFTER, MOST_SENDINGS = timedelta(minutes=5), 10


class AlreadyStaff(Problem):
    status, title = 409, "This person works at the school already, in this role"


class AlreadyInvited(Problem):
    status, title = 409, "This person is invited already: send the invitation again, or withdraw it"


class NobodyToConfirm(Problem):
    status, title = 409, "This school has no coordinator yet: the national coordinator names the first"


class SentAlready(Problem):
    status, title = 409, "It was sent a moment ago, or ten times already: give it some time"


class LedMeanwhile(Problem):
    status, title = 409, "The school has a coordinator meanwhile, who gives its roles now"


async def invite_into_school(
    db: AsyncSession,
    school: School,
    who: Person,
    role: StaffRole,
    mail: str,
    by: UUID | None,
    *,
    confirmed: bool,
    thread: str | None = None,
    by_code: bool = False,
    by_account: str = "",
    account_name: str = "",
    mail_typed: bool = False,
) -> Invitation:
    """Ask a person into a school; not `confirmed`, those who lead it are asked first, once for each `thread`.

    Raises AlreadyStaff, AlreadyInvited, SentAlready, NobodyToConfirm.
    """
    known = await staff_at(db, who.id, school.id)
    if known and known.role is role:
        raise AlreadyStaff
    leaders = await leaders_of(db, school.id)
    if not confirmed and not leaders:
        raise NobodyToConfirm
    names_first = role is not StaffRole.teacher and not leaders
    invitation = Invitation(
        person_id=who.id,
        mail=mail,
        school_id=school.id,
        role=role,
        names_first=names_first,
        by_code=by_code,
        by_account=by_account,
        account_name=account_name,
        mail_typed=mail_typed,
        invited_by=by,
    )
    await _add(db, invitation)
    if confirmed:
        await _confirm(db, invitation, school, by)
    else:
        tell(db, invitation, InvitationProposed, by)
        asking = await name_of(db, by)
        told = notices_to_leaders(invitation, school.name, who.name, leaders, asking, thread)
        await tell_people(await plain(db), told)
    return invitation


async def invite_into_office(
    db: AsyncSession, who: Person, office: OfficeKind, country: str | None, mail: str, by: UUID | None
) -> Invitation:
    """Ask a person into an office. Raises CountryNotTakingPart, AlreadyInOffice, AlreadyInvited, SentAlready."""
    await require_part(db, country)
    if await office_of(db, who.id, office, country):
        raise AlreadyInOffice
    invitation = Invitation(person_id=who.id, mail=mail, office=office, country=country, invited_by=by)
    await _add(db, invitation)
    await _confirm(db, invitation, None, by)
    return invitation


async def confirm(db: AsyncSession, invitation: Invitation, school: School, by: UUID) -> None:
    """The school wants this person: now they are asked. Saying it again changes nothing. Raises NotFound."""
    invitation = await lock_live(db, Invitation, invitation.id)
    if invitation.confirmed_at is None:
        await _confirm(db, invitation, school, by)


async def send_again(db: AsyncSession, invitation: Invitation, school: School | None, by: UUID | None) -> Invitation:
    """A new link, for fourteen days from now; the one before ends. Raises NotSentYet, SentAlready, NotFound."""
    invitation = await lock_live(db, Invitation, invitation.id)
    if invitation.sent_at is None:
        raise NotSentYet
    if invitation.sendings >= MOST_SENDINGS or invitation.sent_at > real_now() - SENT_AGAIN_AFTER:
        raise SentAlready
    await _send(db, invitation, school, by)
    return invitation


async def withdraw(db: AsyncSession, invitation: Invitation, by: UUID | None) -> None:
    """Take it back: its link lets nobody in any more. Raises NotFound when it was answered meanwhile."""
    await answer(db, await lock_live(db, Invitation, invitation.id), Answer.withdrawn, by)


async def decline(db: AsyncSession, invitation: Invitation, by: UUID) -> None:
    """This is not for me. Raises NotFound when it was withdrawn meanwhile."""
    await answer(db, await lock_live(db, Invitation, invitation.id), Answer.declined, by)


async def accept(db: AsyncSession, invitation: Invitation, by: UUID | None, client: UUID | None) -> Staff | Office:
    """The person's own yes, with which their place begins; that of a `client` only while the house is being set up.

    Raises NotSentYet, InvitationExpired, LedMeanwhile, LastCoordinator, NotFound, and Forbidden once the house is open.
    """
    if client and await house_is_open(db):
        raise Forbidden
    if invitation.school_id:
        # Before the invitation, as everything about a school's staff; two first coordinators come one after the other.
        await lock(db, School, invitation.school_id, key_share=True)
    if invitation.office:
        # Before the invitation: whoever sets the house up must not find it empty while somebody says yes.
        await lock_number(db, OFFICES_LOCK)
    invitation = await lock_live(db, Invitation, invitation.id)
    hold(RULES, "invitation.accept", invitation)
    await answer(db, invitation, Answer.accepted, by)
    if invitation.office:
        return await begin_office(db, invitation.person_id, invitation.office, invitation.country, by)
    return await _take_place(db, invitation, by)


async def _take_place(db: AsyncSession, invitation: Invitation, by: UUID | None) -> Staff:
    assert invitation.school_id
    assert invitation.role
    if invitation.names_first and await leaders_of(db, invitation.school_id):
        raise LedMeanwhile
    if known := await staff_at(db, invitation.person_id, invitation.school_id):
        if invitation.role is StaffRole.teacher:
            await withdraw_those_of_a_leader(db, known.person_id, known.school_id, by)
        return await change_role(db, known, invitation.role, by)
    return await begin_staff(db, invitation.person_id, invitation.school_id, invitation.role, by)


async def _add(db: AsyncSession, invitation: Invitation) -> None:
    db.add(invitation)
    try:
        await db.flush()
    except IntegrityError as error:
        raise AlreadyInvited from error
    # After it: of one person and place, one invitation at a time is open, so they are counted one after the other.
    if await sent_lately(db, invitation) >= MOST_SENDINGS:
        raise SentAlready


def notices_to_leaders(
    invitation: Invitation, school: str, name: str, leaders: Sequence[UUID], by: str, thread: str | None
) -> list[NoticeIn]:
    """Those who lead a school are asked whether they want somebody."""
    params: dict[str, object] = {"name_invited": name, "school": school, "by": by}
    params |= {"by_code": invitation.by_code, "by_account": invitation.by_account}
    params |= {"account_name": invitation.account_name, "differs": differing(invitation, name)}
    path = f"/invitations/{invitation.id}"
    said = {"kind": "invitation_proposed", "params": params, "path": path, "thread": thread}
    return [NoticeIn(person_id=leader, **said) for leader in leaders]


def differing(invitation: Invitation, name: str) -> list[str]:
    """What was typed, of somebody who came by an account, and is not as the account says it."""
    if not invitation.by_account:
        return []
    other_name = "name" if invitation.account_name else "no_name"
    differs = [] if invitation.account_name == name else [other_name]
    return [*differs, "no_mail"] if invitation.mail_typed else differs


async def _confirm(db: AsyncSession, invitation: Invitation, school: School | None, by: UUID | None) -> None:
    invitation.confirmed_at, invitation.confirmed_by = now(), by
    await _send(db, invitation, school, by)


async def _send(db: AsyncSession, invitation: Invitation, school: School | None, by: UUID | None) -> None:
    await end_links(db, invitation.id)
    invitation.sent_at, invitation.ends_at = now(), real_now() + LASTS
    invitation.sendings += 1
    mine = await addresses_of(db, invitation.person_id)
    mail = invitation.mail if invitation.mail in mine else next(iter(mine), invitation.mail)
    path = link_of(db, invitation, mail)
    name = await name_of(db, invitation.invited_by)
    letter: Kind
    if school:
        letter = letter_into_school(name, school.name, invitation.role)
    else:
        letter = OfficeInvitation(by=name, days=LASTS.days, office=invitation.office or "", country=invitation.country)
    await mail_to(db, invitation.person_id, letter, path, mail)
    tell(db, invitation, InvitationSent, by)


def link_of(db: AsyncSession, invitation: Invitation, mail: str) -> str:
    """The path that signs in whom it names, by this address of theirs, and leads to it."""
    return link_path(db, mail, LASTS, f"/invitations/{invitation.id}", invitation_id=invitation.id)


def letter_into_school(by: str, school: str, role: StaffRole | None) -> kinds.Invitation:
    return kinds.Invitation(by=by, days=LASTS.days, school=school, role=role or "")

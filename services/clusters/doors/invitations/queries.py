from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now, real_now
from kit.db import Db
from kit.problems import NotFound
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.memberships.models import Membership
from services.clusters.directory.offices.queries import countries_coordinated
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.queries import addresses_of, addresses_of_all
from services.clusters.directory.schools.models import School
from services.clusters.directory.schools.queries import visible_school
from services.clusters.directory.staff.models import Staff, StaffRole
from services.clusters.directory.staff.queries import leaders_of
from services.clusters.doors.invitations.models import LASTS, Answer, Invitation
from services.clusters.doors.invitations.schemas import InvitationIn, InvitationOut, SeveralIn
from services.clusters.doors.invitations.things import NewInvitation, VisibleInvitation
from services.clusters.doors.links.models import MailLink
from services.clusters.post.kinds.kinds import Invitation as IntoSchool
from services.clusters.post.kinds.kinds import OfficeInvitation as IntoOffice
from services.clusters.post.preferences.queries import stopped_kinds
from services.clusters.post.unreached.queries import unreached_people
from services.clusters.scopes import SET_UP
from services.clusters.sight import clusters_of_school
from services.roster.standing import CurrentMember, Member

LETTERS = (IntoSchool.name, IntoOffice.name)
STILL_SHOWN = timedelta(days=30)


async def invitation_to_make(school_id: UUID, new: InvitationIn, db: Db, actor: CurrentMember) -> NewInvitation:
    """Raises NotFound when the school is out of sight."""
    return await _to_make(school_id, new.role, db, actor)


async def invitations_to_make(school_id: UUID, several: SeveralIn, db: Db, actor: CurrentMember) -> NewInvitation:
    """The same for several people."""
    return await _to_make(school_id, several.role, db, actor)


async def _to_make(school_id: UUID, role: StaffRole, db: Db, actor: Member) -> NewInvitation:
    found = await visible_school(school_id, db, actor)
    is_led = bool(await leaders_of(db, school_id))
    return NewInvitation(found.school, found.cluster_ids, role, is_led)


async def visible_invitation(invitation_id: UUID, db: Db, actor: CurrentMember) -> VisibleInvitation:
    """For whom it names once it is sent, who sent it, who leads its school, and the coordinators above; no program."""
    invitation = None if actor.bound_to else await db.get(Invitation, invitation_id)
    if invitation is None or (invitation.answer and not _names(invitation, actor)):
        raise NotFound
    school = await db.get(School, invitation.school_id) if invitation.school_id else None
    if not (_names(invitation, actor) or _is_above(invitation, school, actor)):
        raise NotFound
    return VisibleInvitation(invitation, school, await clusters_of_school(db, school.id) if school else [])


def _names(invitation: Invitation, actor: Member) -> bool:
    return invitation.person_id == actor.id and invitation.confirmed_at is not None


def _is_above(invitation: Invitation, school: School | None, actor: Member) -> bool:
    if actor.is_programme or SET_UP in actor.scopes:
        return True
    if school is None:
        return False
    mine = actor.id is not None and invitation.invited_by == actor.id
    return mine or school.country in actor.countries or actor.leads_school(school.id)


async def open_links(db: AsyncSession, invitation_id: UUID) -> list[MailLink]:
    """The links of an invitation that still let somebody in."""
    unused = select(MailLink).where(MailLink.invitation_id == invitation_id, col(MailLink.used_at).is_(None))
    return list(await db.exec(unused.order_by(col(MailLink.id)).with_for_update()))


async def given_at_school(db: AsyncSession, person_id: UUID, school_id: UUID) -> list[Invitation]:
    """The open invitations into a school that this person made or confirmed, locked."""
    theirs = sa.or_(col(Invitation.invited_by) == person_id, col(Invitation.confirmed_by) == person_id)
    return await _locked(db, col(Invitation.school_id) == school_id, theirs)


async def given_from_office(db: AsyncSession, person_id: UUID) -> list[Invitation]:
    """The open invitations that this person gave, and could give no longer as who leads the school or holds an office.

    Locked.
    """
    countries = await countries_coordinated(db, person_id)
    if None in countries:
        return []
    led = select(Staff.school_id).where(
        Staff.person_id == person_id, Staff.role != StaffRole.teacher, col(Staff.ended_at).is_(None)
    )
    looked_after = select(School.id).where(sa.or_(col(School.id).in_(led), col(School.country).in_(countries)))
    elsewhere = sa.or_(col(Invitation.school_id).is_(None), col(Invitation.school_id).not_in(looked_after))
    return await _locked(db, col(Invitation.confirmed_by) == person_id, elsewhere)


async def _locked(db: AsyncSession, *which: sa.ColumnElement[bool]) -> list[Invitation]:
    still_open = select(Invitation).where(col(Invitation.answer).is_(None), *which).order_by(col(Invitation.id))
    return list(await db.exec(still_open.with_for_update().execution_options(populate_existing=True)))


async def sent_lately(db: AsyncSession, invitation: Invitation) -> int:
    """How often this person was asked into this school or office within the time that an invitation lasts."""
    ends_at = sa.func.coalesce(Invitation.ends_at, Invitation.invited_at + LASTS)
    times = select(sa.func.coalesce(sa.func.sum(sa.func.greatest(Invitation.sendings, 1)), 0)).where(
        Invitation.person_id == invitation.person_id,
        col(Invitation.school_id).is_not_distinct_from(invitation.school_id),
        col(Invitation.office).is_not_distinct_from(invitation.office),
        Invitation.id != invitation.id,
        ends_at > real_now(),
    )
    sendings: int = (await db.exec(times)).one()
    return sendings


async def waiting_for(db: AsyncSession, person_id: UUID) -> list[Invitation]:
    """The invitations that were sent to where letters to this person go, and that wait for their answer."""
    waiting = select(Invitation).where(
        Invitation.person_id == person_id, col(Invitation.answer).is_(None), col(Invitation.sent_at).is_not(None)
    )
    mine = await addresses_of(db, person_id)
    sent = list(await db.exec(waiting.order_by(col(Invitation.id))))
    return [each for each in sent if each.mail not in mine[1:]]


async def staff_at(db: AsyncSession, person_id: UUID, school_id: UUID) -> Staff | None:
    """The place of a person at a school now."""
    live = select(Staff).where(
        Staff.person_id == person_id, Staff.school_id == school_id, col(Staff.ended_at).is_(None)
    )
    return (await db.exec(live)).one_or_none()


async def schools_looked_after(db: AsyncSession, cluster: Cluster, actor: Member) -> list[UUID]:
    """The schools of a cluster into which this actor may invite; for a program none: invitations hold addresses."""
    if actor.bound_to:
        return []
    members = select(Membership.school_id).where(
        Membership.cluster_id == cluster.id, col(Membership.ended_at).is_(None)
    )
    above = actor.is_programme or SET_UP in actor.scopes or cluster.country in actor.countries
    everywhere = above or actor.mentors(cluster.id)
    return [school_id for school_id in await db.exec(members) if everywhere or actor.leads_school(school_id)]


async def shown(db: AsyncSession, invitation_id: UUID) -> InvitationOut:
    ((_, described),) = await _described(db, [], Invitation.id == invitation_id, limit=1)
    return described


async def invitations_into(
    db: AsyncSession, cluster_ids: list[UUID], school_ids: list[UUID], before: UUID | None, limit: int
) -> list[tuple[VisibleInvitation, InvitationOut]]:
    """Those into these schools of the clusters that are open, or were declined in the last month.

    Newest first, one more than asked.
    """
    into = col(Invitation.school_id).in_(school_ids)
    return await _described(db, cluster_ids, into, *_still_shown(before), limit=limit + 1)


async def invitations_into_offices(
    db: AsyncSession, before: UUID | None, limit: int
) -> list[tuple[VisibleInvitation, InvitationOut]]:
    """Those into offices, as `invitations_into`."""
    return await _described(db, [], col(Invitation.office).is_not(None), *_still_shown(before), limit=limit + 1)


def _still_shown(before: UUID | None) -> list[Any]:
    declined = sa.and_(col(Invitation.answer) == Answer.declined, col(Invitation.answered_at) > now() - STILL_SHOWN)
    which: list[Any] = [sa.or_(col(Invitation.answer).is_(None), declined)]
    return [*which, col(Invitation.id) < before] if before else which


async def _described(
    db: AsyncSession, cluster_ids: list[UUID], *which: Any, limit: int
) -> list[tuple[VisibleInvitation, InvitationOut]]:
    inviter = aliased(Person)
    found = await db.exec(
        select(Invitation, School, Person.name, inviter.name)
        .join(Person, col(Person.id) == Invitation.person_id)
        .outerjoin(School, col(School.id) == Invitation.school_id)
        .outerjoin(inviter, col(inviter.id) == Invitation.invited_by)
        .where(*which)
        .order_by(col(Invitation.id).desc())
        .limit(limit)
    )
    rows = list(found)
    waiting = [invitation.person_id for invitation, *_ in rows if invitation.waits]
    unreached = await unreached_people(db, waiting)
    stopped = await stopped_kinds(db, waiting, LETTERS)
    theirs = await addresses_of_all(db, unreached) if unreached else {}
    elsewhere = {address.mail for _, *others in theirs.values() for address in others}
    return [
        (
            VisibleInvitation(invitation, school, cluster_ids),
            InvitationOut(
                **invitation.model_dump(),
                state=invitation.state,
                name=name,
                school=school.name if school else None,
                by=by or "",
                mailed=(invitation.person_id, _letter(invitation)) not in stopped,
                unreached=unreached.get(invitation.person_id)
                if invitation.waits and invitation.mail not in elsewhere
                else None,
            ),
        )
        for invitation, school, name, by in rows
    ]


def _letter(invitation: Invitation) -> str:
    return IntoOffice.name if invitation.office else IntoSchool.name

"""Asking many people into schools as a set, each as by one invitation: for lists with thousands of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now, real_now
from kit.db import plain
from kit.ids import new_id
from services.clusters.directory.people.actions import NewPerson, find_or_register_people
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.queries import name_of
from services.clusters.directory.staff.models import StaffRole
from services.clusters.doors.invitations.actions import letter_into_school, link_of, notices_to_leaders
from services.clusters.doors.invitations.answers import tell
from services.clusters.doors.invitations.models import LASTS, Invitation
from services.clusters.facts import InvitationProposed, InvitationSent
from services.clusters.post.notices.actions import mail_to_all, tell_people
from services.clusters.post.notices.schemas import NoticeIn


@dataclass(frozen=True)
class Wanted:
    """Somebody who is to be asked into a school; not `confirmed`, those who lead it are asked first."""

    mail: str
    name: str
    language: str
    role: StaffRole
    school_id: UUID
    school: str
    zone: str
    leaders: Sequence[UUID]
    confirmed: bool


async def ask_in_sets(db: AsyncSession, wanted: Sequence[Wanted], by: UUID | None) -> None:
    """Ask them all; who was asked into the same school meanwhile is not asked again."""
    if not wanted:
        return
    # In the order of their addresses: of two who ask overlapping sets, one waits for the other.
    wanted = sorted(wanted, key=lambda one: (one.mail, one.school_id))
    new = {one.mail: NewPerson(one.mail, one.name, one.language, one.zone) for one in wanted}
    people = await find_or_register_people(db, list(new.values()))
    asked = {new_id(): one for one in wanted}
    rows = [_row(invitation_id, one, people[one.mail].id, by) for invitation_id, one in asked.items()]
    added = insert(Invitation).values(rows).on_conflict_do_nothing().returning(col(Invitation.id))
    ours = {invitation_id for (invitation_id,) in await db.exec(added)}
    invitations = [Invitation(**row) for row in rows if row["id"] in ours]
    await _send(db, [(each, asked[each.id]) for each in invitations if each.confirmed_at], by)
    proposed = [(each, asked[each.id]) for each in invitations if not each.confirmed_at]
    await _propose(db, proposed, people, by)


def _row(invitation_id: UUID, one: Wanted, person_id: UUID, by: UUID | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": invitation_id,
        "person_id": person_id,
        "mail": one.mail,
        "school_id": one.school_id,
        "role": one.role,
        "names_first": one.role is not StaffRole.teacher and not one.leaders,
        "invited_at": now(),
        "invited_by": by,
    }
    sent = {"confirmed_at": now(), "confirmed_by": by, "sent_at": now(), "sendings": 1, "ends_at": real_now() + LASTS}
    return row | sent if one.confirmed else row | dict.fromkeys(sent) | {"sendings": 0}


async def _send(db: AsyncSession, sent: Sequence[tuple[Invitation, Wanted]], by: UUID | None) -> None:
    name = await name_of(db, by)
    letters = [
        (
            invitation.person_id,
            letter_into_school(name, one.school, one.role),
            link_of(db, invitation, one.mail),
            one.mail,
        )
        for invitation, one in sent
    ]
    for invitation, _ in sent:
        tell(db, invitation, InvitationSent, by)
    await mail_to_all(db, letters)


async def _propose(
    db: AsyncSession, proposed: Sequence[tuple[Invitation, Wanted]], people: dict[str, Person], by: UUID | None
) -> None:
    """Those who lead a school get one mail for all of its people."""
    name = await name_of(db, by)
    told: list[NoticeIn] = []
    for invitation, one in proposed:
        tell(db, invitation, InvitationProposed, by)
        thread = f"proposed to {one.school_id}"
        told += notices_to_leaders(invitation, one.school, people[one.mail].name, one.leaders, name, thread)
    if told:
        await tell_people(await plain(db), told)

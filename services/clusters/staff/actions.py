from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.facts import record
from kit.problems import Problem
from services.clusters.notices.actions import mail_to
from services.clusters.people.actions import find_or_register_person
from services.clusters.schools.models import School
from services.clusters.schools.queries import lock_school
from services.clusters.sessions.actions import link_path
from services.clusters.sessions.models import INVITATION_LASTS
from services.clusters.staff.models import Staff, StaffRole
from services.clusters.staff.queries import coordinators_of, lock_staff
from services.clusters.staff.schemas import StaffIn


class AlreadyStaff(Problem):
    status, title = 409, "This person works at the school already"


class LastCoordinator(Problem):
    status, title = 409, "A school keeps a coordinator: name another one first"


async def invite_staff(session: AsyncSession, school: School, new: StaffIn, by: UUID | None, by_name: str) -> Staff:
    """Bring a person into a school and mail them the way in. Raises AlreadyStaff."""
    person = await find_or_register_person(
        session, mail=new.mail, name=new.name, language=new.language, zone=new.zone or school.zone
    )
    staff = Staff(person_id=person.id, school_id=school.id, role=new.role, began_by=by)
    session.add(staff)
    try:
        await session.flush()
    except IntegrityError as error:
        raise AlreadyStaff from error
    _tell(session, staff, "staff.began", by)
    path = link_path(session, new.mail, INVITATION_LASTS, "/")
    await mail_to(
        session,
        person.id,
        "invitation",
        path=path,
        school=school.name,
        by=by_name,
        days=INVITATION_LASTS.days,
    )
    return staff


async def change_role(session: AsyncSession, staff: Staff, role: StaffRole, by: UUID | None) -> Staff:
    """Give a person of the school another role. Raises LastCoordinator, NotFound."""
    staff = await _lock(session, staff)
    if role is not StaffRole.coordinator:
        await _keep_a_coordinator(session, staff)
    staff.role = role
    _tell(session, staff, "staff.changed", by)
    return staff


async def end_staff(session: AsyncSession, staff: Staff, by: UUID | None) -> Staff:
    """End a person's work at a school; what they wrote stays. Raises LastCoordinator, NotFound."""
    staff = await _lock(session, staff)
    await _keep_a_coordinator(session, staff)
    staff.ended_at = now()
    _tell(session, staff, "staff.ended", by)
    return staff


async def _lock(session: AsyncSession, staff: Staff) -> Staff:
    # The school, so that two coordinators who leave at once do not both think that the other stays; the row, so that
    # facts about it come in the order of its changes, and none after its end.
    await lock_school(session, staff.school_id)
    return await lock_staff(session, staff.id)


async def _keep_a_coordinator(session: AsyncSession, staff: Staff) -> None:
    if staff.role is StaffRole.coordinator and await coordinators_of(session, staff.school_id) == 1:
        raise LastCoordinator


def _tell(session: AsyncSession, staff: Staff, kind: str, by: UUID | None) -> None:
    told: dict[str, Any] = {
        "staff_id": staff.id,
        "person_id": staff.person_id,
        "school_id": staff.school_id,
        "role": staff.role.value,
    }
    record(session, kind, actor_id=by, **told)

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.facts import record
from kit.locking import lock, lock_live
from kit.problems import Problem
from services.clusters.directory.people.queries import hold_person
from services.clusters.directory.schools.models import School
from services.clusters.directory.staff.models import Staff, StaffRole
from services.clusters.directory.staff.queries import coordinators_of
from services.roster.facts import StaffBegan, StaffChanged, StaffEnded, StaffFact


class LastCoordinator(Problem):
    status, title = 409, "A school keeps a coordinator: name another one first"


async def begin_staff(db: AsyncSession, person_id: UUID, school_id: UUID, role: StaffRole, by: UUID | None) -> Staff:
    """Somebody works at a school from now on. Raises NotFound when they left for good meanwhile."""
    await hold_person(db, person_id)
    staff = Staff(person_id=person_id, school_id=school_id, role=role, began_by=by)
    db.add(staff)
    await db.flush()
    _tell(db, staff, StaffBegan, by)
    return staff


async def change_role(db: AsyncSession, staff: Staff, role: StaffRole, by: UUID | None) -> Staff:
    """Give a person of the school another role. Raises LastCoordinator, NotFound.

    Who leads no longer gives no place either: `doors/leaving`.
    """
    staff = await _lock(db, staff)
    if role is not StaffRole.coordinator:
        await _keep_a_coordinator(db, staff)
    staff.role = role
    _tell(db, staff, StaffChanged, by)
    return staff


async def end_staff(db: AsyncSession, staff: Staff, by: UUID | None) -> Staff:
    """End a person's work at a school; what they wrote stays. Raises LastCoordinator, NotFound.

    With what they gave there: `doors/leaving`.
    """
    staff = await _lock(db, staff)
    await _keep_a_coordinator(db, staff)
    staff.ended_at = now()
    _tell(db, staff, StaffEnded, by)
    return staff


async def _lock(db: AsyncSession, staff: Staff) -> Staff:
    # The school, so that two coordinators who leave at once do not both think that the other stays; the row, so that
    # facts about it come in the order of its changes, and none after its end.
    await lock(db, School, staff.school_id, key_share=True)
    return await lock_live(db, Staff, staff.id)


async def _keep_a_coordinator(db: AsyncSession, staff: Staff) -> None:
    if staff.role is StaffRole.coordinator and await coordinators_of(db, staff.school_id) == 1:
        raise LastCoordinator


def _tell(db: AsyncSession, staff: Staff, kind: type[StaffFact], by: UUID | None) -> None:
    fact = kind(staff_id=staff.id, person_id=staff.person_id, school_id=staff.school_id, role=staff.role)
    record(db, fact, actor_id=by)

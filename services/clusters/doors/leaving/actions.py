from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from services.clusters.directory.offices.actions import end_office
from services.clusters.directory.offices.models import Office
from services.clusters.directory.staff.actions import change_role, end_staff
from services.clusters.directory.staff.models import Staff, StaffRole
from services.clusters.doors.codes.actions import end_code_of_a_leader
from services.clusters.doors.introductions.actions import end_welcome_of_a_leader
from services.clusters.doors.invitations.answers import withdraw_those_of_a_leader, withdraw_those_of_an_office


async def lead_no_longer(db: AsyncSession, staff: Staff, by: UUID | None) -> Staff:
    """Somebody goes on as a teacher. Raises LastCoordinator, NotFound."""
    staff = await change_role(db, staff, StaffRole.teacher, by)
    await end_code_of_a_leader(db, staff.person_id, staff.school_id, by)
    await end_welcome_of_a_leader(db, staff.person_id, staff.school_id)
    await withdraw_those_of_a_leader(db, staff.person_id, staff.school_id, by)
    return staff


async def leave_school(db: AsyncSession, staff: Staff, by: UUID | None) -> Staff:
    """End a person's work at a school; what they wrote stays. Raises LastCoordinator, NotFound."""
    staff = await end_staff(db, staff, by)
    await end_code_of_a_leader(db, staff.person_id, staff.school_id, by)
    await end_welcome_of_a_leader(db, staff.person_id, staff.school_id)
    await withdraw_those_of_a_leader(db, staff.person_id, staff.school_id, by)
    return staff


async def leave_office(db: AsyncSession, office: Office, by: UUID | None) -> Office:
    """Take an office away. Raises NotFound when somebody did meanwhile."""
    office = await end_office(db, office, by)
    await withdraw_those_of_an_office(db, office.person_id, by)
    return office

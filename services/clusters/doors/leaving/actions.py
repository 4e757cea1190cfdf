from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import plain
from services.clusters.directory.offices.actions import end_office
from services.clusters.directory.offices.models import Office
from services.clusters.directory.people.queries import name_of
from services.clusters.directory.schools.models import School
from services.clusters.directory.staff.actions import change_role, end_staff
from services.clusters.directory.staff.models import Staff, StaffRole
from services.clusters.directory.staff.queries import leaders_of
from services.clusters.doors.codes.actions import end_code_of_a_leader
from services.clusters.doors.introductions.actions import end_welcome_of_a_leader
from services.clusters.doors.invitations.answers import withdraw_those_of_a_leader, withdraw_those_of_an_office
from services.clusters.post.notices.actions import tell_people
from services.clusters.post.notices.schemas import NoticeIn


async def lead_no_longer(db: AsyncSession, staff: Staff, by: UUID | None) -> Staff:
    """Somebody goes on as a teacher. Raises LastCoordinator, NotFound."""
    staff = await change_role(db, staff, StaffRole.teacher, by)
    await end_code_of_a_leader(db, staff.person_id, staff.school_id, by)
    await end_welcome_of_a_leader(db, staff.person_id, staff.school_id)
    await withdraw_those_of_a_leader(db, staff.person_id, staff.school_id, by)
    return staff


async def leave_school(db: AsyncSession, staff: Staff, by: UUID | None) -> Staff:
    """As `give_up_school`. Who left by themselves is told of to those who lead the school; who did not, hears it."""
    staff = await give_up_school(db, staff, by)
    await db.flush()
    await tell_people(await plain(db), await _news_of_leaving(db, staff, by))
    return staff


async def give_up_school(db: AsyncSession, staff: Staff, by: UUID | None) -> Staff:
    """End a person's work at a school; what they wrote stays. Raises LastCoordinator, NotFound."""
    staff = await end_staff(db, staff, by)
    await end_code_of_a_leader(db, staff.person_id, staff.school_id, by)
    await end_welcome_of_a_leader(db, staff.person_id, staff.school_id)
    await withdraw_those_of_a_leader(db, staff.person_id, staff.school_id, by)
    return staff


async def _news_of_leaving(db: AsyncSession, staff: Staff, by: UUID | None) -> list[NoticeIn]:
    school = await db.get_one(School, staff.school_id)
    params, named = {"by": await name_of(db, by), "school": school.name}, {"by": by} if by else {}
    if by != staff.person_id:
        return [NoticeIn(person_id=staff.person_id, kind="staff_ended", params=params, named=named, path="/profile")]
    leaders, path = await leaders_of(db, school.id), f"/schools/{school.id}"
    return [NoticeIn(person_id=one, kind="colleague_left", params=params, named=named, path=path) for one in leaders]


async def leave_office(db: AsyncSession, office: Office, by: UUID | None) -> Office:
    """Take an office away. Raises NotFound when somebody did meanwhile."""
    office = await end_office(db, office, by)
    await withdraw_those_of_an_office(db, office.person_id, by)
    return office

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import plain
from services.clusters.directory.offices.actions import end_office
from services.clusters.directory.offices.models import Office
from services.clusters.directory.people.queries import hold_those_here, name_of
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
    """Somebody goes on as a teacher, and whom it concerns is told. Raises LastCoordinator, NotFound."""
    told = await _hold_those_told(db, staff, by)
    staff = await change_role(db, staff, StaffRole.teacher, by)
    await _end_what_they_gave(db, staff, by)
    await _tell(db, staff, by, told, leads_no_longer=True)
    return staff


async def leave_school(db: AsyncSession, staff: Staff, by: UUID | None) -> Staff:
    """As `give_up_school`, and whom it concerns is told."""
    told = await _hold_those_told(db, staff, by)
    staff = await give_up_school(db, staff, by)
    await _tell(db, staff, by, told)
    return staff


async def give_up_school(db: AsyncSession, staff: Staff, by: UUID | None) -> Staff:
    """End a person's work at a school; what they wrote stays. Raises LastCoordinator, NotFound."""
    staff = await end_staff(db, staff, by)
    await _end_what_they_gave(db, staff, by)
    return staff


async def _end_what_they_gave(db: AsyncSession, staff: Staff, by: UUID | None) -> None:
    await end_code_of_a_leader(db, staff.person_id, staff.school_id, by)
    await end_welcome_of_a_leader(db, staff.person_id, staff.school_id)
    await withdraw_those_of_a_leader(db, staff.person_id, staff.school_id, by)


async def _hold_those_told(db: AsyncSession, staff: Staff, by: UUID | None) -> list[UUID]:
    """Who did it themselves is told of to the others who lead the school; who did not, is told.

    Before the school is locked, as by who leaves for good: else each of the two could wait for the other.
    """
    leaders = await leaders_of(db, staff.school_id) if by == staff.person_id else [staff.person_id]
    return await hold_those_here(db, [person_id for person_id in leaders if person_id != by])


async def _tell(
    db: AsyncSession, staff: Staff, by: UUID | None, people: list[UUID], *, leads_no_longer: bool = False
) -> None:
    await db.flush()
    school = await db.get_one(School, staff.school_id)
    kind, path = ("colleague_left", f"/schools/{school.id}") if by == staff.person_id else ("staff_ended", "/profile")
    params = {"by": await name_of(db, by), "school": school.name, "leads_no_longer": leads_no_longer}
    named = {"by": by} if by else {}
    news = [NoticeIn(person_id=one, kind=kind, params=params, named=named, path=path) for one in people]
    await tell_people(await plain(db), news)


async def leave_office(db: AsyncSession, office: Office, by: UUID | None) -> Office:
    """Take an office away. Raises NotFound when somebody did meanwhile."""
    office = await end_office(db, office, by)
    await withdraw_those_of_an_office(db, office.person_id, by)
    return office

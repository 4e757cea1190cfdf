from typing import Annotated

from kit.db import Db
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.directory.offices.models import Office
from services.clusters.directory.offices.queries import VisibleOffice, visible_office
from services.clusters.directory.staff.actions import LastCoordinator
from services.clusters.directory.staff.models import Staff
from services.clusters.directory.staff.queries import VisibleStaff, visible_staff
from services.clusters.doors.leaving import actions
from services.clusters.doors.leaving.schemas import OfficeOut, RoleIn, StaffOut
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

staff_routes = router("/v1/staff", "staff")
office_routes = router("/v1/offices", "offices")
refused = documented(Forbidden, NotFound)


@staff_routes.put("/{staff_id}/role", response_model=StaffOut, responses=refused | documented(LastCoordinator))
async def change_role(
    found: Annotated[VisibleStaff, allowed(RULES, "staff.change_role", visible_staff)],
    _: RoleIn,
    actor: CurrentMember,
    db: Db,
) -> Staff:
    """Somebody goes on as a teacher: they lead the school no longer."""
    return await actions.lead_no_longer(db, found.staff, actor.id)


@staff_routes.delete("/{staff_id}", response_model=StaffOut, responses=refused | documented(LastCoordinator))
async def end_staff(
    found: Annotated[VisibleStaff, allowed(RULES, "staff.end", visible_staff)], actor: CurrentMember, db: Db
) -> Staff:
    """Somebody leaves a school."""
    return await actions.leave_school(db, found.staff, actor.id)


@office_routes.delete("/{office_id}", response_model=OfficeOut, responses=refused)
async def end_office(
    found: Annotated[VisibleOffice, allowed(RULES, "office.end", visible_office)], actor: CurrentMember, db: Db
) -> Office:
    """Take an office away; the programme keeps a coordinator."""
    return await actions.leave_office(db, found.office, actor.id)

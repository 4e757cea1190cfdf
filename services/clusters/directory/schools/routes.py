from typing import Annotated

from kit.db import Db
from kit.policy import allowed, can
from kit.problems import Forbidden, NotFound, documented
from kit.routing import located, router
from services.clusters.directory.schools import actions, queries
from services.clusters.directory.schools.models import School
from services.clusters.directory.schools.schemas import SchoolIn, SchoolOut
from services.clusters.policy import RULES
from services.clusters.sight import clusters_of_school
from services.roster.standing import CurrentMember, Member

routes = router("/v1/schools", "schools")
refused = documented(Forbidden, NotFound)


async def shown(session: Db, school: School, actor: Member) -> SchoolOut:
    headcounts = await queries.headcounts_of(session, school.id)
    counted = [h.model_dump(exclude={"school_id"}) for h in headcounts]
    staffed = queries.StaffedSchool(school, await clusters_of_school(session, school.id))
    return SchoolOut.model_validate(
        school.model_dump() | {"headcounts": counted, "can": can(RULES, actor, "school", staffed)}
    )


@routes.post(
    "",
    status_code=201,
    dependencies=[allowed(RULES, "school.register", queries.school_to_register)],
    responses=documented(Forbidden),
)
@located("/v1/schools/{id}")
async def register_school(new: SchoolIn, session: Db, actor: CurrentMember) -> SchoolOut:
    """Make a school known, with its numbers by school year."""
    return await shown(session, await actions.register_school(session, new), actor)


@routes.get("/{school_id}", responses=refused)
async def show_school(
    school: Annotated[School, allowed(RULES, "school.see", queries.visible_school)],
    session: Db,
    actor: CurrentMember,
) -> SchoolOut:
    """A school with its numbers by school year."""
    return await shown(session, school, actor)


@routes.put("/{school_id}", responses=refused | documented(actions.OtherCountry))
async def change_school(
    school: Annotated[School, allowed(RULES, "school.change", queries.visible_school)],
    new: SchoolIn,
    session: Db,
    actor: CurrentMember,
) -> SchoolOut:
    """Say anew what a school is, and all of its numbers."""
    return await shown(session, await actions.change_school(session, school, new), actor)

from typing import Annotated

from kit.db import Db, Whole
from kit.outside import network
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.directory.schools.queries import VisibleSchool, visible_school
from services.clusters.doors.codes import actions
from services.clusters.doors.codes.queries import code_of
from services.clusters.doors.codes.schemas import FoundOut, NewcomerIn, SchoolCodeIn, SchoolCodeOut, TypedCodeIn
from services.clusters.doors.tries.actions import Origin
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1", "invitations")
refused = documented(Forbidden, NotFound)
coming = allowed(RULES, "newcomer.come")
stopped = documented(Forbidden, actions.CodeUnknown, actions.CodeEnded, actions.TooManyCodes)
ItsLeader = Annotated[VisibleSchool, allowed(RULES, "school.manage_code", visible_school)]


@routes.get("/schools/{school_id}/code", responses=refused)
async def show_school_code(found: ItsLeader, db: Db) -> SchoolCodeOut | None:
    """The code for the wall of the staff room; null while there is none."""
    code = await code_of(db, found.school.id)
    return SchoolCodeOut.model_validate(code, from_attributes=True) if code else None


@routes.put("/schools/{school_id}/code", responses=refused)
async def make_school_code(found: ItsLeader, new: SchoolCodeIn, actor: CurrentMember, db: Db) -> SchoolCodeOut:
    """A new code; the one before lets nobody in from now on."""
    code = await actions.make_code(db, found.school, new, actor.id)
    return SchoolCodeOut.model_validate(code, from_attributes=True)


@routes.delete("/schools/{school_id}/code", status_code=204, responses=refused)
async def end_school_code(found: ItsLeader, actor: CurrentMember, db: Db) -> None:
    """Off at once: nobody else asks in by it."""
    await actions.end_code(db, found.school.id, actor.id)


@routes.post("/school-codes/finding", dependencies=[coming], responses=stopped)
async def find_school_code(typed: TypedCodeIn, database: Whole) -> FoundOut:
    """Whose code somebody typed; for clients with the scope `sign_in`."""
    code, school = await actions.find_code(database, typed.code, Origin(network(typed.source)))
    return FoundOut(school=school.name, town=school.town, country=school.country, waits=code.waits)


@routes.post("/newcomers", status_code=202, dependencies=[coming], responses=stopped)
async def come_by_code(new: NewcomerIn, database: Whole) -> None:
    """Somebody who typed a code says who they are, and gets a mail; the answer does not tell who is known.

    For clients with the scope `sign_in`.
    """
    await actions.come_by_code(database, new, Origin(network(new.source)))

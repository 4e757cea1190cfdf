from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel

from kit.db import Db, Reader
from kit.pages import After, Limit, Page, keys_of, page_by_name
from kit.policy import allowed, can
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.clusters.models import Cluster
from services.clusters.clusters.queries import visible_cluster
from services.clusters.people.schemas import ColleagueOut
from services.clusters.policy import RULES, StaffRow
from services.clusters.staff import actions, queries
from services.clusters.staff.models import Staff, StaffRole
from services.clusters.staff.queries import VisibleStaff
from services.clusters.staff.schemas import StaffOut
from services.roster.standing import CurrentMember

routes = router("/v1", "staff")
VisibleRow = Annotated[VisibleStaff, allowed(RULES, "staff.end", queries.visible_staff)]


class PlaceInList(BaseModel):
    school: str
    name: str
    staff_id: UUID


class RoleIn(BaseModel):
    """Only back to `teacher`: another role begins with an invitation, and the person's own yes."""

    role: Literal[StaffRole.teacher]


@routes.get("/clusters/{cluster_id}/people", responses=documented(Forbidden, NotFound))
async def list_people(
    cluster: Annotated[Cluster, allowed(RULES, "cluster.see", visible_cluster)],
    pool: Reader,
    actor: CurrentMember,
    after: After = None,
    limit: Limit = 100,
) -> Page[ColleagueOut]:
    """Everybody in the cluster, by school and name, as my language sorts them."""
    keys, people = keys_of(after, PlaceInList), await queries.people_of(pool, cluster.id)
    page = page_by_name(people, limit, actor.language, keys, "school", "name", "staff_id")
    for row in page["items"]:
        row["can"] = can(RULES, actor, "staff", StaffRow(row["school_id"], [cluster.id], cluster.country))
    return Page[ColleagueOut].model_validate(page)


@routes.put(
    "/staff/{staff_id}/role",
    response_model=StaffOut,
    responses=documented(Forbidden, NotFound, actions.LastCoordinator),
)
async def change_role(
    found: Annotated[VisibleStaff, allowed(RULES, "staff.change_role", queries.visible_staff)],
    new: RoleIn,
    actor: CurrentMember,
    session: Db,
) -> Staff:
    """Somebody goes on as a teacher: they lead the school no longer."""
    return await actions.change_role(session, found.staff, new.role, actor.id)


@routes.delete(
    "/staff/{staff_id}",
    response_model=StaffOut,
    responses=documented(Forbidden, NotFound, actions.LastCoordinator),
)
async def end_staff(found: VisibleRow, actor: CurrentMember, session: Db) -> Staff:
    """Somebody leaves a school."""
    return await actions.end_staff(session, found.staff, actor.id)

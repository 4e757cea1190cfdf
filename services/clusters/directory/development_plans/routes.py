from typing import Annotated

from fastapi import Request

from kit.db import Db
from kit.policy import allowed, can
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, matched, router, versioned
from services.clusters.directory.development_plans import actions
from services.clusters.directory.development_plans.models import DevelopmentPlan
from services.clusters.directory.development_plans.schemas import DevelopmentPlanIn, DevelopmentPlanOut
from services.clusters.directory.schools.queries import VisibleSchool, visible_school
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember, Member

routes = router("/v1/schools/{school_id}/development-plan", "schools")
refused = documented(Forbidden, NotFound)
versions = documented(Changed, PreconditionRequired)
Written = Annotated[VisibleSchool, allowed(RULES, "development_plan.write", visible_school)]


@routes.get("", responses=refused)
async def show_development_plan(
    found: Annotated[VisibleSchool, allowed(RULES, "development_plan.see", visible_school)],
    db: Db,
    actor: CurrentMember,
    request: Request,
) -> DevelopmentPlanOut:
    """What the development plan of a school that I know from my work or my office says on mentoring."""
    plan = await db.get(DevelopmentPlan, found.school_id)
    versioned(request, plan.version if plan else 0)
    return shown(plan, found, actor)


@routes.put("", responses=refused | versions)
async def write_development_plan(
    found: Written, said: DevelopmentPlanIn, db: Db, actor: CurrentMember, if_match: IfMatch = None
) -> DevelopmentPlanOut:
    """Say what it says on mentoring, and since when. `If-Match` names the version that you read; 0: there is none."""
    known = await actions.open_development_plan(db, found.school_id)
    matched(known.version if known else 0, if_match)
    return shown(await actions.write(db, found.school_id, said, known, actor), found, actor)


@routes.delete("", status_code=204, responses=refused | versions)
async def remove_development_plan(found: Written, db: Db, actor: CurrentMember, if_match: IfMatch = None) -> None:
    """It says nothing on mentoring any more; said again, it changes nothing. `If-Match` names the version you read."""
    known = await actions.open_development_plan(db, found.school_id)
    if known and known.since:
        matched(known.version, if_match)
        await actions.remove(db, known, actor.id)


def shown(plan: DevelopmentPlan | None, found: VisibleSchool, actor: Member) -> DevelopmentPlanOut:
    said = plan.model_dump() if plan else {}
    return DevelopmentPlanOut.model_validate(said | {"can": can(RULES, actor, "development_plan", found)})

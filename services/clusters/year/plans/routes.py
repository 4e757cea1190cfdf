from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Request
from pydantic import BaseModel

from kit.db import Db, Plain, Reader, plain
from kit.pages import After, Limit, Page, keys_of, page_of
from kit.policy import allowed, can
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, located, matched, router, versioned
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import seen_cluster, visible_cluster
from services.clusters.directory.people.queries import hold_person
from services.clusters.policy import RULES
from services.clusters.year.plans import actions, answering, parts, queries
from services.clusters.year.plans.comparing import changes, edition_of
from services.clusters.year.plans.queries import (
    VisiblePart,
    VisiblePlan,
    seen_part,
    seen_plan,
    visible_part,
    visible_plan,
)
from services.clusters.year.plans.schemas import (
    PlanAnswerIn,
    PlanBeginIn,
    PlanEditionOut,
    PlanItemOut,
    PlanOut,
    PlanPartIn,
    PlanPartOut,
    Year,
)
from services.roster.standing import CurrentMember, Member

routes = router("/v1", "plans")
refused = documented(Forbidden, NotFound)
versions = documented(Changed, PreconditionRequired)
Seen = Annotated[VisiblePlan, allowed(RULES, "plan.see", seen_plan)]
Written = Annotated[VisiblePlan, allowed(RULES, "plan.write", visible_plan)]
WrittenPart = Annotated[VisiblePart, allowed(RULES, "plan.write", visible_part)]
TickedPart = Annotated[VisiblePart, allowed(RULES, "part.tick", visible_part)]


class YearKeys(BaseModel):
    """Where a list by year goes on."""

    year: int


class HandedInKeys(BaseModel):
    """Where a list of plans that wait goes on."""

    handed_in_at: datetime
    id: UUID


@routes.get("/clusters/{cluster_id}/plans", responses=refused)
async def list_plans(
    cluster: Annotated[Cluster, allowed(RULES, "plans.list", seen_cluster)],
    pool: Reader,
    after: After = None,
    limit: Limit = 20,
) -> Page[PlanItemOut]:
    """The plans of a cluster, the newest school year first."""
    keys = keys_of(after, YearKeys)
    rows = await queries.plans_of(pool, cluster.id, keys.year if keys else queries.LAST_YEAR, limit)
    return Page[PlanItemOut].model_validate(page_of(rows, limit, "year"))


@routes.put("/clusters/{cluster_id}/plans/{year}", responses=refused)
async def begin_plan(
    cluster: Annotated[Cluster, allowed(RULES, "cluster.begin_plan", visible_cluster)],
    year: Annotated[Year, Path()],
    said: PlanBeginIn,
    db: Db,
    actor: CurrentMember,
) -> PlanOut:
    """Begin the plan of a school year; where there is one, it stays as it is."""
    plan = await actions.begin_plan(db, cluster, year, said, actor)
    return await one_shown(db, plan.id, actor)


@routes.get(
    "/plans", dependencies=[allowed(RULES, "plans.list_handed_in")], responses=documented(Forbidden)
)  # fmt: skip
async def list_handed_in_plans(
    pool: Reader, actor: CurrentMember, after: After = None, limit: Limit = 20
) -> Page[PlanItemOut]:
    """The plans that wait for the word of my office, longest first."""
    keys = keys_of(after, HandedInKeys)
    rows = await answering.handed_in_plans(pool, actor, (keys.handed_in_at, keys.id) if keys else None, limit)
    return Page[PlanItemOut].model_validate(page_of(rows, limit, "handed_in_at", "id"))


@routes.get("/plans/{plan_id}", responses=refused)
async def show_plan(found: Seen, pool: Reader, actor: CurrentMember, request: Request) -> PlanOut:
    """The plan of a cluster for a school year, with its parts."""
    versioned(request, found.plan.version)
    return await shown(pool, found, actor)


@routes.post(
    "/plans/{plan_id}/parts", status_code=201, responses=refused | documented(parts.TooManyPlanParts)
)  # fmt: skip
@located("/v1/plan-parts/{id}")
async def add_plan_part(found: Written, new: PlanPartIn, db: Db, actor: CurrentMember) -> PlanPartOut:
    """Write a priority, goal, activity or milestone into a plan."""
    part = await parts.add_part(db, found, new, actor)
    return await part_shown(db, part.id, actor)


@routes.get("/plan-parts/{part_id}", responses=refused)
async def show_plan_part(
    found: Annotated[VisiblePart, allowed(RULES, "plan.see", seen_part)], request: Request
) -> PlanPartOut:
    """A part of a plan."""
    assert found.page
    versioned(request, found.page["version"])
    return part_out(found.page)


@routes.put("/plan-parts/{part_id}", responses=refused | versions)
async def change_plan_part(
    found: WrittenPart, said: PlanPartIn, db: Db, actor: CurrentMember, if_match: IfMatch = None
) -> PlanPartOut:
    """Write a part anew. `If-Match` names the version that you read: others may have written there meanwhile."""
    part = await parts.open_part(db, found)
    matched(part.version, if_match)
    await parts.change_part(db, found, part, said, actor)
    return await part_shown(db, part.id, actor)


@routes.delete("/plan-parts/{part_id}", status_code=204, responses=refused)
async def remove_plan_part(found: WrittenPart, db: Db, actor: CurrentMember) -> None:
    """Take a part out of its plan; editions that hold it keep it."""
    await parts.remove_part(db, found, actor.id)


@routes.put("/plan-parts/{part_id}/tick", status_code=204, responses=refused)
async def tick_plan_part(found: TickedPart, db: Db, actor: CurrentMember) -> None:
    """A goal or a milestone is reached; said again, it changes nothing."""
    await parts.tick_part(db, found, actor.id, done=True)


@routes.delete("/plan-parts/{part_id}/tick", status_code=204, responses=refused)
async def untick_plan_part(found: TickedPart, db: Db, actor: CurrentMember) -> None:
    """It is not, after all."""
    await parts.tick_part(db, found, actor.id, done=False)


@routes.put("/plans/{plan_id}/handing-in", status_code=204, responses=refused | documented(actions.NothingToHandIn))
async def hand_plan_in(
    found: Annotated[VisiblePlan, allowed(RULES, "plan.hand_in", visible_plan)], db: Db, actor: CurrentMember
) -> None:
    """Ask the national coordinator to approve the plan as it stands; said again, it changes nothing."""
    await actions.hand_in(db, found, actor.id)


@routes.post("/plans/{plan_id}/answers", status_code=201, responses=refused | versions)
async def answer_plan(
    found: Annotated[VisiblePlan, allowed(RULES, "plan.answer", visible_plan)],
    said: PlanAnswerIn,
    db: Db,
    actor: CurrentMember,
    if_match: IfMatch = None,
) -> PlanOut:
    """Approve a plan that was handed in, or ask for one change. `If-Match` names the version that you read."""
    assert actor.id
    await hold_person(db, actor.id)  # before the cluster: whoever leaves for good takes back what they wrote
    plan = await actions.open_plan(db, found)
    matched(plan.version, if_match)
    await actions.answer(db, found, plan, said, actor)
    return await one_shown(db, plan.id, actor)


@routes.get("/plans/{plan_id}/editions/{number}", responses=refused)
async def show_plan_edition(
    found: Seen, number: Annotated[int, Path(ge=1, le=2**31 - 1)], pool: Reader
) -> PlanEditionOut:
    """A plan as it was handed in, or answered."""
    return PlanEditionOut.model_validate(await queries.edition_of_plan(pool, found.plan.id, number))


async def one_shown(db: Db, plan_id: UUID, actor: Member) -> PlanOut:
    """As it stands in this transaction."""
    await db.flush()
    connection = await plain(db)
    return await shown(connection, await queries.plan_seen(connection, plan_id, actor), actor)


async def shown(connection: Plain, found: VisiblePlan, actor: Member) -> PlanOut:
    assert found.page
    page, live = found.page, await queries.parts_of(connection, found.plan.id)
    since = changes(page["before"], edition_of(live)) if page["before"] is not None else []
    closed = {"cluster_closed_at": page["closed_at"]}
    names = closed | {"changed_by": page["changer"], "handed_in_by": page["hander"]}
    more = {"parts": live, "changes": since, "can": can(RULES, actor, "plan", found)}
    return PlanOut.model_validate(page | names | more)


async def part_shown(db: Db, part_id: UUID, actor: Member) -> PlanPartOut:
    await db.flush()
    page = (await queries.part_seen(await plain(db), part_id, actor)).page
    assert page
    return part_out(page)


def part_out(page: dict[str, Any]) -> PlanPartOut:
    return PlanPartOut.model_validate(page | {"changed_by": page["changer"]})

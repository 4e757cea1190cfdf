"""The plan of a cluster's year: written together, handed in, approved."""

import asyncio
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.client import Refused
from kit.clock import now
from kit.dates import school_year_of
from kit.paths import Router
from web.clients.clusters.clusters import Cluster, Clusters
from web.clients.clusters.plans import Plan, PlanEdition, PlanItem, PlanPage, PlanPartAlone, Plans
from web.clients.clusters.todos import ClusterTodoPage, Todos
from web.draft import Draft, number, text_of, typed
from web.pages.plans.picture import Picture, picture_of
from web.refilling import refilling
from web.render import done, render, send_on
from web.shown import Shown
from web.visit import SignedIn, Visit
from web.words import plans as words

routes = Router()
Form = Annotated[FormData, Depends(typed)]
SAID = ("kind", "title", "text", "section", "begins", "ends", "who", "school_id", "language")
ABSENT = ("section", "begins", "ends", "school_id")
CHANGED, UNWRITTEN, UNSAID = 412, {"begins_from": "template"}, {"approved": "yes"}
SPOTS = {"priority": "goals", "goal": "goals", "activity": "activities", "milestone": "milestones"}


class BeginPlan(Shown, template="plans/begin.html"):
    """`years` that can be planned; `others` are planned already."""

    cluster: Cluster
    years: list[int]
    others: list[PlanItem]
    draft: Draft


class ShowPlan(Shown, template="plans/show.html"):
    """`others`: plans of other years; `schools`: of the cluster, with how much of the plan each leads.

    `may_begin`: whether the reader can begin the plan of another year.
    """

    plan: Plan
    others: list[PlanItem]
    schools: list[tuple[str, int]]
    picture: Picture | None
    todos: ClusterTodoPage
    may_begin: bool
    draft: Draft


class EditPart(Shown, template="plans/edit.html"):
    """`part` is None for a new one; `theirs`: what somebody else saved meanwhile."""

    plan: Plan
    part: PlanPartAlone | None
    theirs: PlanPartAlone | None
    schools: list[tuple[str, str]]
    draft: Draft


class ShowEdition(Shown, template="plans/edition.html"):
    edition: PlanEdition


class HandedInPlans(Shown, template="plans/index.html"):
    page: PlanPage


@routes.get("/clusters/{cluster_id}/plan")
async def of_cluster(visit: SignedIn, cluster_id: UUID) -> Response:
    """The plan of this school year, or the newest that there is."""
    plans = (await visit.ask(Plans).of_cluster(cluster_id)).items
    wanted = next((plan for plan in plans if plan.year == school_year_of(now())), plans[0] if plans else None)
    if wanted:
        return send_on(visit.request, f"/plans/{wanted.id}")
    return await beginning_page(visit, cluster_id, Draft(UNWRITTEN))


@routes.get("/clusters/{cluster_id}/plans/new")
async def new(visit: SignedIn, cluster_id: UUID) -> Response:
    return await beginning_page(visit, cluster_id, Draft(UNWRITTEN))


@routes.post("/clusters/{cluster_id}/plans")
async def begin(visit: SignedIn, cluster_id: UUID, form: Form) -> Response:
    values = text_of(form, "year", "begins_from")
    with refilling(partial(beginning_page, visit, cluster_id), Draft(values).refused):
        plan_id = await visit.ask(Plans).begin(cluster_id, number(values["year"], 0), values["begins_from"])
    visit.forget_me()
    return done(visit.request, "plan_begun", f"/plans/{plan_id}")


async def beginning_page(visit: Visit, cluster_id: UUID, draft: Draft, status: int = 200) -> Response:
    cluster, page = await asyncio.gather(
        visit.ask(Clusters).show(cluster_id), visit.ask(Plans).of_cluster(cluster_id)
    )  # fmt: skip
    years = unplanned(page.items)
    return render(visit, BeginPlan(cluster=cluster, years=years, others=page.items, draft=draft), status)


@routes.get("/plans")
async def index(visit: SignedIn, after: str | None = None) -> Response:
    visit.hold_office()
    return render(visit, HandedInPlans(page=await visit.ask(Plans).handed_in(after)))


@routes.get("/plans/{plan_id}")
async def show(visit: SignedIn, plan_id: UUID) -> Response:
    return await plan_page(visit, plan_id, Draft(UNSAID))


async def plan_page(visit: Visit, plan_id: UUID, draft: Draft, status: int = 200) -> Response:
    plan = await visit.ask(Plans).show(plan_id)
    cluster, others, todos = await asyncio.gather(
        visit.ask(Clusters).show(plan.cluster_id),
        visit.ask(Plans).of_cluster(plan.cluster_id),
        visit.ask(Todos).of_cluster(plan.cluster_id, year=plan.year),
    )
    await visit.sees(f"/plans/{plan_id}")
    led = plan.led
    shown = ShowPlan(
        plan=plan,
        others=[other for other in others.items if other.id != plan.id],
        schools=[(school.name, led[school.school_id]) for school in cluster.schools],
        picture=picture_of(plan.parts, plan.year, now().date()),
        todos=todos,
        may_begin="begin_plan" in cluster.can and bool(unplanned(others.items)),
        draft=draft if "version" in draft.values and status != CHANGED else draft.but(version=plan.version),
    )
    return render(visit, shown, status)


@routes.post("/plans/{plan_id}/handing-in")
async def hand_in(visit: SignedIn, plan_id: UUID) -> Response:
    with refilling(partial(plan_page, visit, plan_id), Draft(UNSAID).refused):
        await visit.ask(Plans).hand_in(plan_id)
    return done(visit.request, "plan_handed_in", f"/plans/{plan_id}")


@routes.post("/plans/{plan_id}/answers")
async def answer(visit: SignedIn, plan_id: UUID, form: Form) -> Response:
    values, approved = text_of(form, "word", "version", "approved"), form.get("approved") == "yes"
    with refilling(partial(plan_page, visit, plan_id), Draft(values).refused):
        version, once = number(values["version"], 0), str(form.get("once", ""))
        await visit.ask(Plans).answer(plan_id, version, once, approved=approved, word=values["word"])
    return done(visit.request, "plan_approved" if approved else "plan_change_asked", f"/plans/{plan_id}")


@routes.get("/plans/{plan_id}/editions/{edition}")
async def show_edition(visit: SignedIn, plan_id: UUID, edition: int) -> Response:
    return render(visit, ShowEdition(edition=await visit.ask(Plans).edition(plan_id, edition)))


@routes.get("/plans/{plan_id}/parts/new")
async def new_part(visit: SignedIn, plan_id: UUID, kind: str = "activity") -> Response:
    if kind not in words.KINDS:
        raise Refused(404)
    return await part_page(visit, plan_id, None, Draft({"kind": kind, "language": visit.language}))


@routes.post("/plans/{plan_id}/parts")
async def add_part(visit: SignedIn, plan_id: UUID, form: Form) -> Response:
    values = text_of(form, *SAID)
    with refilling(partial(part_page, visit, plan_id, None), Draft(values).refused):
        await visit.ask(Plans).add_part(plan_id, str(form.get("once", "")), said_in(values))
    return done(visit.request, "plan_written", there(plan_id, values["kind"]))


@routes.get("/plans/{plan_id}/parts/{part_id}")
async def edit_part(visit: SignedIn, plan_id: UUID, part_id: UUID) -> Response:
    part = await the_part(visit, plan_id, part_id)
    draft = Draft({name: "" if (value := getattr(part, name)) is None else value for name in (*SAID, "version")})
    return await part_page(visit, plan_id, part_id, draft)


@routes.post("/plans/{plan_id}/parts/{part_id}")
async def change_part(visit: SignedIn, plan_id: UUID, part_id: UUID, form: Form) -> Response:
    values = text_of(form, *SAID, "version")
    with refilling(partial(part_page, visit, plan_id, part_id), Draft(values).refused):
        await visit.ask(Plans).change_part(part_id, number(values["version"], 0), said_in(values))
    return done(visit.request, "plan_written", there(plan_id, values["kind"]))


@routes.post("/plans/{plan_id}/parts/{part_id}/end")
async def remove_part(visit: SignedIn, plan_id: UUID, part_id: UUID, form: Form) -> Response:
    with refilling(partial(plan_page, visit, plan_id), Draft(UNSAID).refused):
        await visit.ask(Plans).remove_part(part_id)
    return done(visit.request, "plan_part_removed", there(plan_id, str(form.get("kind", ""))))


@routes.post("/plans/{plan_id}/parts/{part_id}/tick")
async def tick(visit: SignedIn, plan_id: UUID, part_id: UUID, form: Form) -> Response:
    reached = "done" in form
    with refilling(partial(plan_page, visit, plan_id), Draft(UNSAID).refused):
        await (visit.ask(Plans).tick(part_id) if reached else visit.ask(Plans).untick(part_id))
    code = "plan_part_done" if reached else "plan_part_open"
    return done(visit.request, code, there(plan_id, str(form.get("kind", ""))))


async def the_part(visit: Visit, plan_id: UUID, part_id: UUID) -> PlanPartAlone:
    """Raises 404 for a part of another plan."""
    part = await visit.ask(Plans).part(part_id)
    if part.plan_id != plan_id:
        raise Refused(404)
    return part


async def part_page(
    visit: Visit, plan_id: UUID, part_id: UUID | None, draft: Draft, status: int = 200
) -> Response:  # fmt: skip
    """Where somebody else was faster, what they saved stands beside what was typed."""
    plan = await visit.ask(Plans).show(plan_id)
    if "write" not in plan.can:
        raise Refused(403)
    cluster = await visit.ask(Clusters).show(plan.cluster_id)
    part = await the_part(visit, plan_id, part_id) if part_id else None
    theirs = part if status == CHANGED else None
    if theirs:
        draft = draft.but(version=theirs.version)
    schools = [(str(school.school_id), school.name) for school in cluster.schools]
    if part and part.school_id and str(part.school_id) not in dict(schools):
        schools.append((str(part.school_id), part.school))
    if part is None and "school_id" not in draft.values:
        led = plan.led
        turn = min(cluster.schools, key=lambda school: led[school.school_id], default=None)
        draft = draft.but(school_id=str(turn.school_id) if turn else "")
    return render(visit, EditPart(plan=plan, part=part, theirs=theirs, schools=schools, draft=draft), status)


def unplanned(plans: list[PlanItem]) -> list[int]:
    """Of this school year and the next, those without a plan."""
    planned = {plan.year for plan in plans}
    return [year for year in (school_year_of(now()), school_year_of(now()) + 1) if year not in planned]


def said_in(values: dict[str, str]) -> dict[str, str | None]:
    return {name: values[name] or (None if name in ABSENT else "") for name in SAID}


def there(plan_id: UUID, kind: str) -> str:
    return f"/plans/{plan_id}#{SPOTS.get(kind, 'goals')}"

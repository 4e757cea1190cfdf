"""What the development plan of a school says on mentoring, for who leads the school."""

import asyncio
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.client import Refused
from kit.paths import Router
from web.clients.clusters.schools import DevelopmentPlan, School, Schools
from web.draft import Draft, number, text_of, typed
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.visit import SignedIn, Visit

routes = Router(prefix="/schools/{school_id}/development-plan")
Form = Annotated[FormData, Depends(typed)]
SAID = ("text", "link", "since", "language")
ABSENT = ("since", "language")
CHANGED = 412


class EditDevelopmentPlan(Shown, template="schools/development_plan.html"):
    """`theirs`: what somebody else saved meanwhile, beside what was typed."""

    school: School
    draft: Draft
    theirs: DevelopmentPlan | None
    has_one: bool


@routes.get("")
async def edit(visit: SignedIn, school_id: UUID) -> Response:
    return await form_page(visit, school_id, Draft({}))


async def form_page(visit: Visit, school_id: UUID, draft: Draft, status: int = 200) -> Response:
    schools = visit.ask(Schools)
    plan, school = await asyncio.gather(schools.development_plan(school_id), schools.show(school_id))
    if "write" not in plan.can:
        raise Refused(403)
    if "text" not in draft.values:
        known = {name: getattr(plan, name) or "" for name in SAID}
        draft = draft.but(**known | {"language": plan.language or visit.language}, version=plan.version)
    if status == CHANGED:
        draft = draft.but(version=plan.version)
    theirs = plan if status == CHANGED and plan.since else None
    shown = EditDevelopmentPlan(school=school, draft=draft, theirs=theirs, has_one=plan.since is not None)
    return render(visit, shown, status)


@routes.post("")
async def write(visit: SignedIn, school_id: UUID, form: Form) -> Response:
    values = text_of(form, *SAID, "version")
    said = {name: values[name] or (None if name in ABSENT else "") for name in SAID}
    with refilling(partial(form_page, visit, school_id), Draft(values).refused):
        await visit.ask(Schools).write_development_plan(school_id, number(values["version"], 0), said)
    return done(visit.request, "development_plan_written", f"/schools/{school_id}#development-plan")


@routes.post("/end")
async def remove(visit: SignedIn, school_id: UUID, form: Form) -> Response:
    values = text_of(form, "version")
    with refilling(partial(form_page, visit, school_id), Draft({}).refused):
        await visit.ask(Schools).remove_development_plan(school_id, number(values["version"], 0))
    return done(visit.request, "development_plan_removed", f"/schools/{school_id}#development-plan")

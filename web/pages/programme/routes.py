"""The programme of the house: what everybody may read of it, and its coordinator change."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.client import Refused
from kit.clock import now
from kit.paths import Router
from web.clients.clusters.programme import Programme, Programmes
from web.draft import Draft, number, typed
from web.pages.programme.form import Said, draft_of, first_draft, said_in
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.visit import SignedIn, Visit

routes = Router(prefix="/programme")
Form = Annotated[FormData, Depends(typed)]
CHANGED, UNPROCESSABLE = 412, 422


class ShowProgramme(Shown, template="programme/show.html"):
    programme: Programme | None


class EditProgramme(Shown, template="programme/edit.html"):
    draft: Draft
    theirs: Programme | None


@routes.get("")
async def show(visit: SignedIn) -> Response:
    return render(visit, ShowProgramme(programme=await visit.ask(Programmes).show_if_named()))


@routes.get("/edit")
async def edit(visit: SignedIn) -> Response:
    programme = await visit.ask(Programmes).show_if_named()
    may = "change" in programme.can if programme else visit.me and visit.me.operates
    if not may:
        raise Refused(403, {"params": {"who": ["programme_coordinator"]}})
    draft = draft_of(programme, version=programme.version) if programme else first_draft(now().date(), {})
    return await form_page(visit, draft)


async def form_page(visit: Visit, draft: Draft, status: int = 200) -> Response:
    """The form; where somebody else was faster, what they saved beside it."""
    theirs = await visit.ask(Programmes).show() if status == CHANGED else None
    draft = draft.but(version=theirs.version) if theirs else draft
    return render(visit, EditProgramme(draft=draft, theirs=theirs), status)


@routes.post("/edit")
async def change(visit: SignedIn, form: Form) -> Response:
    said: Said = said_in(form)
    version = number(str(form.get("version", "")), None)
    if said.unknown:
        return await form_page(visit, said.with_unknown.but(version=version), UNPROCESSABLE)
    with refilling(partial(form_page, visit), lambda refused: said.refused(refused).but(version=version)):
        await visit.ask(Programmes).change(version, said.body)
    return done(visit.request, "programme_saved", "/programme")

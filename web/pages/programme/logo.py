"""The logo of the programme: seen by everybody who is signed in, chosen by its coordinator."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.client import Refused
from kit.paths import Router
from web.clients.clusters.programme import Programme, Programmes
from web.draft import Draft, file_of, typed_with_file
from web.refilling import refilling
from web.render import done, picture_of, render
from web.shown import Shown
from web.visit import SignedIn, Visit

routes = Router(prefix="/programme/logo")


class ChooseLogo(Shown, template="programme/logo.html"):
    programme: Programme
    draft: Draft


@routes.get("")
async def edit(visit: SignedIn) -> Response:
    return await logo_page(visit, Draft())


async def logo_page(visit: Visit, draft: Draft, status: int = 200) -> Response:
    programme = await visit.ask(Programmes).show()
    if "change" not in programme.can:
        raise Refused(403, {"params": {"who": ["programme_coordinator"]}})
    return render(visit, ChooseLogo(programme=programme, draft=draft), status)


@routes.post("")
async def change(visit: SignedIn, form: Annotated[FormData, Depends(typed_with_file)]) -> Response:
    with refilling(partial(logo_page, visit), partial(Draft().refused, text="file")):
        await visit.ask(Programmes).set_logo(await file_of(form))
    return done(visit.request, "logo_shown", "/programme")


@routes.post("/end")
async def remove(visit: SignedIn) -> Response:
    await visit.ask(Programmes).remove_logo()
    return done(visit.request, "logo_removed", "/programme")


@routes.get("/{logo_id}")
async def picture(visit: SignedIn, logo_id: UUID, size: str = "small") -> Response:
    """The one that is shown now; the id lets browsers tell a new one."""
    return picture_of(await visit.ask(Programmes).logo(size, visit.request.headers.get("if-none-match")))

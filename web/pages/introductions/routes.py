"""An account says at which school somebody works: they say so themselves. And whether the school waits for its yes."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.client import Refused
from kit.paths import Router
from web.clients.clusters.introductions import Introduced, Introductions, Welcomes
from web.draft import Draft, text_of, typed
from web.pages.codes.routes import USUAL, came, code_page
from web.pages.sign_in.routes import sign_in_page
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.visit import AnyVisit, SignedIn, Visit, introduction_cookie

routes = Router()
Form = Annotated[FormData, Depends(typed)]
ENDED = 410


class Introduce(Shown, template="introductions/new.html"):
    found: Introduced
    draft: Draft


@routes.get("/sign-in/school")
async def new(visit: AnyVisit) -> Response:
    found = await _found(visit)
    return await naming_page(visit, found, Draft({"name": found.name, "mail": found.mail or ""}))


async def _found(visit: Visit) -> Introduced:
    """What the account of this browser says; else the other doors, with what to do."""
    with refilling(partial(sign_in_page, visit, "/"), _ended, {ENDED: ENDED}):
        return await visit.ask(Introductions).find(_kept(visit))


def _kept(visit: Visit) -> str:
    return visit.request.cookies.get(introduction_cookie(visit.shared.settings), "")[:200]


def _ended(refused: Refused) -> Draft:
    return Draft().refused(refused, also=[ENDED])


async def naming_page(visit: Visit, found: Introduced, draft: Draft, status: int = 200) -> Response:
    return render(visit, Introduce(found=found, draft=draft), status)


@routes.post("/sign-in/school")
async def come(visit: AnyVisit, form: Form) -> Response:
    found, values = await _found(visit), text_of(form, "name", "mail")
    with refilling(partial(naming_page, visit, found), Draft(values).refused):
        await visit.ask(Introductions).accept(_kept(visit), **values, language=visit.language)
    answer = came(visit, waits=found.waits)
    settings = visit.shared.settings
    answer.delete_cookie(
        introduction_cookie(settings), path="/", httponly=True, samesite="lax", secure=settings.is_https
    )
    return answer


@routes.post("/schools/{school_id}/welcome")
async def welcome(visit: SignedIn, school_id: UUID, form: Form) -> Response:
    with refilling(partial(code_page, visit, school_id), Draft(USUAL).refused):
        await visit.ask(Welcomes).set(school_id, waits=bool(form.get("waits")))
    return done(visit.request, "welcome_kept", f"/schools/{school_id}/code#welcome")

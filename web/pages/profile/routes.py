from typing import Annotated

from fastapi import APIRouter, Depends, Response
from starlette.datastructures import FormData

from kit.client import Refused
from web.clients.clusters.people import People
from web.draft import Draft, text_of, typed
from web.render import done, render
from web.visit import SignedIn, Visit

routes = APIRouter(prefix="/profile")
Form = Annotated[FormData, Depends(typed)]
PROFILE = ("name", "language", "zone")


@routes.get("")
async def edit(visit: SignedIn) -> Response:
    return page(visit)


def page(visit: Visit, draft: Draft | None = None, password: Draft | None = None, status: int = 200) -> Response:
    assert visit.me
    draft = draft or Draft({name: getattr(visit.me, name) for name in PROFILE})
    return render(visit, "profile/edit.html", status, draft=draft, password=password or Draft())


@routes.post("")
async def update(visit: SignedIn, form: Form) -> Response:
    values = text_of(form, *PROFILE)
    try:
        await visit.ask(People).change_profile(name=values["name"], language=values["language"], zone=values["zone"])
    except Refused as refused:
        return page(visit, Draft(values).refused(refused), status=refused.status)
    visit.forget_me()
    return done(visit.request, "profile_saved", "/profile")


@routes.post("/password")
async def set_password(visit: SignedIn, form: Form) -> Response:
    values = text_of(form, "password", "old_password")
    try:
        await visit.ask(People).set_password(values["password"], values["old_password"], visit.secret)
    except Refused as refused:
        if refused.status == 429:
            refused.status = 409
        return page(visit, password=Draft().refused(refused), status=refused.status)
    visit.forget_me()
    return done(visit.request, "password_set", "/profile")

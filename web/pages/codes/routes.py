"""The code for the wall of a staff room, and the page of who types it."""

import asyncio
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from markupsafe import Markup
from starlette.datastructures import FormData

from kit.paths import Router
from web.clients.clusters.codes import CodeFound, Newcomers, SchoolCode, SchoolCodes
from web.clients.clusters.introductions import Welcome, Welcomes
from web.clients.clusters.schools import School, Schools
from web.draft import Draft, text_of, typed
from web.pages.codes import wall
from web.pages.sign_in.routes import origin
from web.qr import drawn
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.templates import query
from web.visit import AnyVisit, SignedIn, Visit

routes = Router()
Form = Annotated[FormData, Depends(typed)]
USUAL = {"days": "14", "most": "30", "waits": "yes"}
CANNOT_COME, TOO_MANY = (404, 410), 429


class ShowCode(Shown, template="codes/wall.html"):
    """`code` is None while there is none; what hangs on the wall with it. `welcome`: for who comes by an account."""

    school: School
    welcome: Welcome
    code: SchoolCode | None
    picture: Markup | None
    lines: list[wall.Line]
    draft: Draft


class Join(Shown, template="codes/join.html"):
    """`found` is None until somebody typed the code of a school."""

    found: CodeFound | None
    draft: Draft


class Joined(Shown, template="codes/sent.html"):
    """`waits`: who leads the school is asked first."""

    waits: bool


@routes.get("/schools/{school_id}/code")
async def show(visit: SignedIn, school_id: UUID) -> Response:
    return await code_page(visit, school_id, Draft(USUAL))


async def code_page(visit: Visit, school_id: UUID, draft: Draft, status: int = 200) -> Response:
    school, code, welcome = await asyncio.gather(
        visit.ask(Schools).show(school_id),
        visit.ask(SchoolCodes).of_school(school_id),
        visit.ask(Welcomes).of_school(school_id),
    )
    picture, lines = None, []
    if code:
        public_url = visit.shared.settings.public_url
        picture = drawn(wall.address_of(public_url, code.code))
        lines = wall.lines(visit.language, school.languages, f"{public_url}/join")
    page = ShowCode(school=school, code=code, welcome=welcome, picture=picture, lines=lines, draft=draft)
    return render(visit, page, status)


@routes.post("/schools/{school_id}/code")
async def make(visit: SignedIn, school_id: UUID, form: Form) -> Response:
    values = text_of(form, "days", "most", "waits")
    with refilling(partial(code_page, visit, school_id), Draft(values).refused):
        await visit.ask(SchoolCodes).make(
            school_id, days=values["days"], most=values["most"], waits=bool(values["waits"])
        )
    return done(visit.request, "code_made", f"/schools/{school_id}/code")


@routes.post("/schools/{school_id}/code/end")
async def end(visit: SignedIn, school_id: UUID) -> Response:
    with refilling(partial(code_page, visit, school_id), Draft(USUAL).refused):
        await visit.ask(SchoolCodes).end(school_id)
    return done(visit.request, "code_ended", f"/schools/{school_id}/code")


@routes.get("/join")
async def join(visit: AnyVisit, code: str = "") -> Response:
    """Who comes with the picture has typed nothing."""
    if not code:
        return await typing_page(visit, Draft())
    draft = Draft({"code": code[:40]})
    with refilling(partial(typing_page, visit), partial(draft.refused, also=(*CANNOT_COME, TOO_MANY)), {TOO_MANY: 409}):
        found = await visit.ask(Newcomers).find(draft["code"], origin(visit)["source"])
    return render(visit, Join(found=found, draft=draft))


async def typing_page(visit: Visit, draft: Draft, status: int = 200) -> Response:
    return render(visit, Join(found=None, draft=draft), status)


@routes.post("/join")
async def come(visit: AnyVisit, form: Form) -> Response:
    values, source = text_of(form, "code", "name", "mail"), origin(visit)["source"]
    draft = Draft(values)
    with refilling(partial(typing_page, visit), partial(draft.refused, also=(*CANNOT_COME, TOO_MANY)), {TOO_MANY: 409}):
        found = await visit.ask(Newcomers).find(values["code"], source)
    mend = partial(draft.refused, also=(*CANNOT_COME, TOO_MANY))
    with refilling(partial(naming_page, visit, found), mend, {TOO_MANY: 409}):
        await visit.ask(Newcomers).come(source, **values, language=visit.language)
    return came(visit, waits=found.waits)


def came(visit: Visit, *, waits: bool) -> Response:
    code = "came_and_waits" if waits else "came_by_code"
    return done(visit.request, code, "/join/sent" + query(waits="true" if waits else ""))


@routes.get("/join/sent")
async def sent(visit: AnyVisit, waits: bool = False) -> Response:
    """What comes next; the answer says no more, whoever typed which address."""
    return render(visit, Joined(waits=waits))


async def naming_page(visit: Visit, found: CodeFound, draft: Draft, status: int = 200) -> Response:
    return render(visit, Join(found=found, draft=draft), status)

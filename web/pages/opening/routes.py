"""An empty house: by its set-up link whoever runs it says what it is for, and who is to coordinate it."""

from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.client import Refused
from kit.clock import now
from kit.paths import Router
from web.clients.clusters.programme import CoordinatorAsked, Programme, SetupLinks
from web.draft import Draft, text_of, typed
from web.flash import Flash
from web.pages.programme.form import Said, draft_of, first_draft, said_in
from web.refilling import refilling
from web.render import render
from web.shown import Shown
from web.visit import AnyVisit, Visit
from web.words import problem_words, word

routes = Router(prefix="/open-house")
Form = Annotated[FormData, Depends(typed)]
PREFIX = "coordinator-"
PHASES = {"beginning": (9, 1), "middle": (1, 4), "end": (5, 3)}
REFUSED, UNPROCESSABLE = (404, 410), 422
COORDINATED = "/problems/coordinated"


class OpenHouse(Shown, template="opening/new.html"):
    draft: Draft
    key: str
    ends_at: datetime


class LinkEnded(Shown, template="opening/ended.html"):
    why: str
    is_coordinated: bool


class HouseIsOpen(Shown, template="opening/opened.html"):
    programme: str
    asked: CoordinatorAsked
    address: str


@routes.get("")
async def new(visit: AnyVisit, key: str = "") -> Response:
    return await form_page(visit, key)


async def form_page(visit: Visit, key: str, draft: Draft | None = None, status: int = 200) -> Response:
    """The form, blank or as it was sent; what to do where the link is good no more."""
    try:
        link = await visit.ask(SetupLinks).look(key)
    except Refused as refused:
        if refused.status not in (*REFUSED, UNPROCESSABLE):
            raise
        return render(
            visit, LinkEnded(why=problem_words(refused.type), is_coordinated=refused.type == COORDINATED), 410
        )
    return render(visit, OpenHouse(draft=draft or blank(visit, link.programme), key=key, ends_at=link.ends_at), status)


def blank(visit: Visit, programme: Programme | None) -> Draft:
    """Of the school year that is now or comes next; or what was said by an earlier link."""
    coordinator = {"coordinator-language": visit.language, "zone": "UTC"}
    if programme:
        return draft_of(programme, **coordinator)
    named = {word("phase", code): begins for code, begins in PHASES.items()}
    return first_draft(now().date(), named, **coordinator)


@routes.post("")
async def begin(visit: AnyVisit, form: Form) -> Response:
    said = said_in(form)
    values = text_of(form, "key", *(PREFIX + name for name in ("name", "mail", "language")), "zone")
    key = values.pop("key")
    if said.unknown:
        return await form_page(visit, key, said.with_unknown.but(**values), UNPROCESSABLE)
    coordinator = {name: values[PREFIX + name] for name in ("name", "mail", "language")} | {"zone": values["zone"]}
    mend = partial(mended, said, values)
    with refilling(partial(form_page, visit, key), mend):
        asked = await visit.ask(SetupLinks).begin(key, str(form.get("once", "")), said.body, coordinator)
    visit.flash = Flash("house_opened", "", visit.request.url.path)
    address = visit.shared.settings.public_url + (asked.path or "")
    return render(visit, HouseIsOpen(programme=said.body["name"], asked=asked, address=address))


def mended(said: Said, values: dict[str, str], refused: Refused) -> Draft:
    """The form with what is wrong; where its link is good no more, its page says so."""
    if refused.status in REFUSED:
        return Draft(said.values)
    return said.refused(refused, "programme-", {PREFIX + "zone": "zone"}).but(**values)

"""Who coordinates the programme and its countries, and who is asked to."""

import asyncio
from collections.abc import Awaitable
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.paths import Router
from web import languages
from web.clients.clusters.invitations import InvitationPage, Invitations
from web.clients.clusters.offices import OfficePage, Offices
from web.clients.clusters.programme import Programmes
from web.draft import Draft, text_of, typed
from web.pages.invitations.correcting import INSTEAD, correcting, end_before
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.visit import SignedIn, Visit

routes = Router(prefix="/offices")
Form = Annotated[FormData, Depends(typed)]
INVITED = ("name", "mail", "kind", "country", "language")
NATIONAL = "national_coordinator"


class ListOffices(Shown, template="offices/index.html"):
    page: OfficePage
    invitations: InvitationPage
    draft: Draft
    countries: list[tuple[str, str]]


@routes.get("")
async def index(
    visit: SignedIn, after: str | None = None, invited: str | None = None, instead: UUID | None = None
) -> Response:
    """`instead`: an invitation that is to be sent to another address."""
    draft = await correcting(visit, blank(visit), instead)
    return await offices_page(visit, draft, after=after, invited=invited)


def blank(visit: Visit) -> Draft:
    return Draft({"language": visit.language, "kind": NATIONAL})


async def offices_page(
    visit: Visit, draft: Draft, status: int = 200, *, after: str | None = None, invited: str | None = None
) -> Response:
    page, invitations, taking_part = await asyncio.gather(
        visit.ask(Offices).index(after), visit.ask(Offices).invitations(invited), visit.ask(Programmes).countries()
    )
    countries = languages.countries(taking_part)
    return render(visit, ListOffices(page=page, invitations=invitations, draft=draft, countries=countries), status)


@routes.post("")
async def invite(visit: SignedIn, form: Form) -> Response:
    values, instead = text_of(form, *INVITED), text_of(form, INSTEAD)
    with refilling(partial(offices_page, visit), Draft(values | instead).refused):
        zone = "" if values["country"] else visit.zone or ""
        await visit.ask(Offices).invite(str(form.get("once", "")), **values, zone=zone)
    await end_before(visit, instead[INSTEAD])
    return done(visit.request, "invited", "/offices")


@routes.post("/{office_id}/end")
async def end(visit: SignedIn, office_id: UUID, form: Form) -> Response:
    """Whoever coordinates the programme no longer does not see this page any more."""
    with refilling(partial(offices_page, visit), blank(visit).refused):
        await visit.ask(Offices).end(office_id)
    visit.forget_me()
    return done(visit.request, "office_ended", "/" if "mine" in form else "/offices")


@routes.post("/invitations/{invitation_id}/sending")
async def send_again(visit: SignedIn, invitation_id: UUID) -> Response:
    return await acted(visit, "invited", visit.ask(Invitations).send_again(invitation_id))


@routes.post("/invitations/{invitation_id}/end")
async def withdraw(visit: SignedIn, invitation_id: UUID) -> Response:
    return await acted(visit, "invitation_withdrawn", visit.ask(Invitations).withdraw(invitation_id))


async def acted(visit: Visit, code: str, asked: Awaitable[None]) -> Response:
    with refilling(partial(offices_page, visit), blank(visit).refused):
        await asked
    return done(visit.request, code, "/offices")

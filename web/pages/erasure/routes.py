"""Leaving for good: what goes and what stays is said before, and that it cannot be undone."""

import asyncio
from functools import partial
from typing import Annotated

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.paths import Router
from web.clients.clusters.addresses import Addresses
from web.clients.clusters.erasure import BeforeErasure, Erasure
from web.draft import Draft, text_of, typed
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.visit import SignedIn, Visit, forget_session

routes = Router(prefix="/profile/leaving")
Form = Annotated[FormData, Depends(typed)]


class LeaveForGood(Shown, template="erasure/new.html"):
    """`mail`: where my letters go; the link that one has to come in by is sent there."""

    before: BeforeErasure
    mail: str
    draft: Draft


@routes.get("")
async def new(visit: SignedIn) -> Response:
    return await erasure_page(visit, Draft(), 200)


async def erasure_page(visit: Visit, draft: Draft, status: int) -> Response:
    before, mine = await asyncio.gather(visit.ask(Erasure).before(), visit.ask(Addresses).index())
    mail = next((address.mail for address in mine.addresses if address.letters_since), "")
    return render(visit, LeaveForGood(before=before, mail=mail, draft=draft), status)


@routes.post("")
async def leave(visit: SignedIn, form: Form) -> Response:
    values = text_of(form, "writings")
    with refilling(partial(erasure_page, visit), Draft(values).refused):
        await visit.ask(Erasure).leave(values["writings"], visit.secret)
    return forget_session(visit, done(visit.request, "left_for_good", "/"))

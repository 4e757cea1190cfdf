"""My mail addresses: added by a letter to them, chosen for letters, and removed."""

from functools import partial
from uuid import UUID

from fastapi import Response

from kit.client import Refused
from kit.paths import Router
from web.clients.clusters.addresses import Addresses, WaitingAddress
from web.draft import Draft, text_of
from web.pages.profile.routes import Form, known, profile_page
from web.pages.sign_in.routes import origin
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.visit import AnyVisit, SignedIn, Visit

routes = Router(prefix="/profile/addresses")
HERE = "/profile#addresses"
STATUSES = {410: 409, 429: 409}


class ConfirmAddress(Shown, template="profile/address.html"):
    """`waiting` is None where nothing waits to be confirmed."""

    key: str
    waiting: WaitingAddress | None
    draft: Draft = Draft()


async def address_page(visit: Visit, draft: Draft, status: int) -> Response:
    return await profile_page(visit, known(visit), status, address=draft)


async def confirming_page(visit: Visit, key: str, draft: Draft, status: int) -> Response:
    waiting = (await visit.ask(Addresses).index()).waiting if visit.me else None
    return render(visit, ConfirmAddress(key=key, waiting=waiting, draft=draft), status)


@routes.post("")
async def add(visit: SignedIn, form: Form) -> Response:
    values = text_of(form, "mail")
    with refilling(partial(address_page, visit), partial(Draft(values).refused, also=STATUSES), STATUSES):
        await visit.ask(Addresses).add(values["mail"], visit.secret, origin(visit)["source"])
    return done(visit.request, "address_asked", HERE)


@routes.post("/waiting")
async def send_again(visit: SignedIn) -> Response:
    with refilling(partial(address_page, visit), partial(Draft().refused, also=STATUSES), STATUSES):
        await visit.ask(Addresses).send_again(origin(visit)["source"])
    return done(visit.request, "address_asked_again", HERE)


@routes.post("/waiting/end")
async def drop(visit: SignedIn) -> Response:
    await visit.ask(Addresses).drop()
    return done(visit.request, "address_dropped", HERE)


@routes.get("/link")
async def link(visit: AnyVisit, key: str = "") -> Response:
    """A mail program may open a link before the person does: only the button confirms, for who is signed in."""
    return await confirming_page(visit, key, Draft(), 200)


@routes.post("/link")
async def confirm(visit: SignedIn, form: Form) -> Response:
    key = text_of(form, "key")["key"]
    with refilling(partial(confirming_page, visit, key), not_confirmed, {422: 410}):
        await visit.ask(Addresses).confirm(key)
    visit.forget_me()
    return done(visit.request, "address_confirmed", HERE)


def not_confirmed(refused: Refused) -> Draft:
    """A link that is used, too old or none of ours: what can be done is said on its page."""
    why = "/problems/address-link-ended" if refused.status == 422 else refused.type
    return Draft().refused(Refused(409, {"type": why}) if refused.status in (410, 422) else refused)


@routes.post("/{address_id}/letters")
async def choose(visit: SignedIn, address_id: UUID) -> Response:
    with refilling(partial(address_page, visit), partial(Draft().refused, also=STATUSES), STATUSES):
        await visit.ask(Addresses).choose(address_id, visit.secret)
    visit.forget_me()
    return done(visit.request, "address_chosen", HERE)


@routes.post("/{address_id}/end")
async def remove(visit: SignedIn, address_id: UUID) -> Response:
    with refilling(partial(address_page, visit), partial(Draft().refused, also=STATUSES), STATUSES):
        await visit.ask(Addresses).remove(address_id, visit.secret)
    return done(visit.request, "address_removed", HERE)

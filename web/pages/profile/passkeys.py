"""Passkeys that let me in: added by this browser, and removed."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from fastapi import Response
from fastapi.responses import PlainTextResponse

from kit.client import Refused
from kit.paths import Router
from web.clients.clusters.passkeys import MyPasskeys
from web.draft import Draft, text_of
from web.pages.profile.routes import Form, known, profile_page
from web.pages.sign_in.passkeys import answer_in, not_in, told
from web.refilling import refilling
from web.render import done
from web.visit import SignedIn, Visit
from web.words import problem_words

routes = Router(prefix="/profile/passkeys")
STATUSES = {410: 409}


async def passkey_page(visit: Visit, draft: Draft, status: int) -> Response:
    return await profile_page(visit, known(visit), status, passkey=draft)


@routes.post("/options")
async def begin(visit: SignedIn) -> Response:
    """What the page's script asks the browser for; why not, in words that it shows."""
    try:
        return told(await visit.ask(MyPasskeys).begin(visit.secret))
    except Refused as refused:
        if refused.status not in (409, 410):
            raise
        return PlainTextResponse(problem_words(refused.type), 409)


@routes.post("")
async def add(visit: SignedIn, form: Form) -> Response:
    values = text_of(form, "passkey", "answer")

    def mend(refused: Refused) -> Draft:
        """A name is mended beside it; for all else the browser is asked again."""
        draft = Draft({"passkey": values["passkey"]})
        if any(error["pointer"] == "/name" for error in refused.errors):
            return draft.refused(refused, {"name": "passkey"})
        return replace(draft, problem=not_in(refused).problem)

    with refilling(partial(passkey_page, visit), mend, STATUSES):
        await visit.ask(MyPasskeys).add(values["passkey"], answer_in(values["answer"]))
    return done(visit.request, "passkey_added", "/profile#passkeys")


@routes.post("/{passkey_id}/end")
async def remove(visit: SignedIn, passkey_id: UUID) -> Response:
    await visit.ask(MyPasskeys).remove(passkey_id)
    return done(visit.request, "passkey_removed", "/profile#passkeys")

"""Coming in with a passkey: the browser is asked, and its answer is sent as a form."""

from functools import partial
from typing import Annotated, Any

from fastapi import Depends, Response
from fastapi.responses import JSONResponse
from pydantic_core import from_json
from starlette.datastructures import FormData

from kit.client import Refused
from kit.paths import Router
from web.clients.clusters.passkeys import AskedOfPasskeys, Passkeys
from web.clients.clusters.sessions import Sessions
from web.draft import Draft, text_of, typed
from web.pages.sign_in.routes import entered, inside, origin, sign_in_page
from web.refilling import refilling
from web.visit import AnyVisit

routes = Router(prefix="/sign-in/passkey")
Form = Annotated[FormData, Depends(typed)]
STATUSES = {422: 410}
REFUSED = (409, 410, 422)


@routes.post("/options")
async def begin(visit: AnyVisit, offered: bool = False) -> Response:
    """What the page's script asks the browser for; `offered` in a list, before anybody chose."""
    return told(await visit.ask(Passkeys).begin(origin(visit)["source"], offered))


@routes.post("")
async def end(visit: AnyVisit, form: Form) -> Response:
    values = text_of(form, "answer", "to")
    to = inside(values["to"])
    with refilling(partial(sign_in_page, visit, to), not_in, STATUSES):
        session = await visit.ask(Sessions).begin(passkey=answer_in(values["answer"]), **origin(visit))
    return entered(visit, session, to)


def told(asked: AskedOfPasskeys) -> Response:
    return JSONResponse(asked.options, headers={"Cache-Control": "no-store"})


def answer_in(text: str) -> dict[str, Any]:
    """What a browser said; nothing where it said nothing that could be read, which the service refuses."""
    try:
        said = from_json(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def not_in(refused: Refused) -> Draft:
    """What to do is said above the other doors."""
    if refused.status not in REFUSED:
        raise refused
    why = refused.type if refused.status != 422 and refused.type else "/problems/passkey-unexpected"
    return Draft().refused(Refused(409, {"type": why}))

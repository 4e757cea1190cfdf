"""To a provider and back: meanwhile the browser keeps a secret, for ten minutes at most."""

from functools import partial
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import Path, Response
from fastapi.responses import RedirectResponse

from kit.client import Refused
from kit.paths import Router
from web.clients.clusters.identities import AuthenticationRequests, MyIdentities, SentOn
from web.clients.clusters.sessions import Introduction, Sessions
from web.draft import Draft
from web.pages.profile.routes import connecting_page
from web.pages.sign_in.routes import TELL, entered, inside, origin, sign_in_page
from web.refilling import refilling
from web.render import done, send_on
from web.visit import AnyVisit, Visit, introduction_cookie, provider_cookie

routes = Router(prefix="/sign-in/with")
Key = Annotated[str, Path(pattern="^[a-z0-9][a-z0-9-]{0,39}$")]
TEN_MINUTES, HALF_AN_HOUR = 600, 1800
INVALID = "/problems/answer-invalid"
STATUSES = {422: 410, 429: 409, 502: 503}
REFUSED = (404, 409, 410, 422, 429, 502, 503)


@routes.get("/{provider}")
async def begin(visit: AnyVisit, provider: Key, to: str = "/") -> Response:
    """A link and not a form: browsers send no form on to another site."""
    to = inside(to)
    if visit.me:
        return send_on(visit.request, to)
    with refilling(partial(sign_in_page, visit, to), not_in, STATUSES):
        sent = await visit.ask(AuthenticationRequests).begin(provider, origin(visit)["source"])
    answer = RedirectResponse(sent.address, 303)
    keep(visit, answer, sent, to=to)
    return answer


@routes.get("/{provider}/answer")
async def end(
    visit: AnyVisit, provider: Key, state: str = "", code: str = "", error: str = "", iss: str = ""
) -> Response:
    """Where a provider sends the browser back to, whatever it was sent there for."""
    if not (state or code or error):
        return send_on(visit.request, "/sign-in")
    settings = visit.shared.settings
    kept = dict(parse_qsl(visit.request.cookies.get(provider_cookie(settings), "")))
    told = {"request": kept.get("secret", ""), "provider": provider, "state": state, "code": code, "error": error}
    told["iss"] = iss
    if visit.me and "connects" in kept:
        with refilling(partial(connecting_page, visit), not_in, STATUSES):
            await visit.ask(MyIdentities).connect(**told, source=origin(visit)["source"])
        answer = done(visit.request, "identity_connected", "/profile#identities")
    else:
        to = inside(kept.get("to", "/"))
        with refilling(partial(sign_in_page, visit, to), not_in, STATUSES):
            began = await visit.ask(Sessions).begin_by_answer(told, **origin(visit))
        answer = introduced(visit, began) if isinstance(began, Introduction) else entered(visit, began, to)
    answer.delete_cookie(provider_cookie(settings), path="/", httponly=True, samesite="lax", secure=settings.is_https)
    return answer


def introduced(visit: Visit, began: Introduction) -> Response:
    """To the page that asks whether they work where their account says it."""
    answer = RedirectResponse("/sign-in/school", 303)
    set_cookie(visit, answer, introduction_cookie(visit.shared.settings), began.introduction, HALF_AN_HOUR)
    return answer


def keep(visit: Visit, answer: Response, sent: SentOn, **told: str) -> None:
    """`told` is what the way back needs."""
    value = urlencode({"secret": sent.secret, **told})
    set_cookie(visit, answer, provider_cookie(visit.shared.settings), value, TEN_MINUTES)


def set_cookie(visit: Visit, answer: Response, cookie: str, value: str, lasts: int) -> None:
    secure = visit.shared.settings.is_https
    answer.set_cookie(cookie, value, max_age=lasts, path="/", httponly=True, samesite="lax", secure=secure)


def not_in(refused: Refused) -> Draft:
    """What to do is said above the other doors."""
    if refused.status not in REFUSED:
        raise refused
    why = refused.type if refused.status != 422 and refused.type else "/problems/answer-unexpected"
    return Draft({TELL: why == INVALID}).refused(Refused(409, {"type": why}))

from functools import partial
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response
from starlette.datastructures import FormData

from kit.client import Refused
from kit.outside import is_address
from kit.paths import Router
from web import languages
from web.clients.clusters.identities import Provider, Providers
from web.clients.clusters.programme import Contacts
from web.clients.clusters.sessions import Session, Sessions
from web.draft import Draft, text_of, typed
from web.refilling import refilling
from web.render import done, render, send_on
from web.shown import Shown
from web.templates import query
from web.visit import LANGUAGE_COOKIE, AnyVisit, Visit, device_cookie, forget_session, if_there, session_cookie

routes = Router()
Form = Annotated[FormData, Depends(typed)]
TELL = "tell"
LINK_REFUSED = (404, 410, 422)
MONTH, YEAR = 30 * 86_400, 365 * 86_400


class SignIn(Shown, template="sign_in/new.html"):
    """`contact`: where the draft asks to tell who runs the house."""

    draft: Draft
    to: str
    providers: list[Provider]
    contact: str | None


class LinkSent(Shown, template="sign_in/sent.html"):
    mail: str


class UseLink(Shown, template="sign_in/link.html"):
    key: str
    to: str


def inside(path: str) -> str:
    """A path of this site; anything else is the front door."""
    parts = urlsplit(path)
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.netloc and path.isprintable()
    return path if safe else "/"


@routes.get("/sign-in")
async def new(visit: AnyVisit, to: str = "/") -> Response:
    if visit.me:
        return send_on(visit.request, inside(to))
    if visit.awaited:
        return send_on(visit.request, "/sign-in/step" + query(to=inside(to)))
    return await sign_in_page(visit, inside(to), Draft())


async def sign_in_page(visit: Visit, to: str, draft: Draft, status: int = 200) -> Response:
    providers = await if_there(visit.ask(Providers).index())
    page = SignIn(draft=draft, to=to, providers=providers or [], contact=await contact_to_tell(visit, draft))
    return render(visit, page, status)


async def contact_to_tell(visit: Visit, draft: Draft) -> str | None:
    """Whom to tell what a provider says, where it does not hold."""
    return await if_there(visit.ask(Contacts).find()) if draft[TELL] else None


@routes.post("/sign-in")
async def create(visit: AnyVisit, form: Form) -> Response:
    """By password when one is given; else a link is mailed."""
    values = text_of(form, "mail", "password")
    to = inside(str(form.get("to", "/")))
    mend = partial(Draft({"mail": values["mail"]}).refused, also=[429])
    with refilling(partial(sign_in_page, visit, to), mend, {429: 409}):
        if values["password"]:
            session = await visit.ask(Sessions).begin(mail=values["mail"], password=values["password"], **origin(visit))
            return entered(visit, session, to)
        await visit.ask(Sessions).send_mail_link(values["mail"], to)
    return render(visit, LinkSent(mail=values["mail"]))


@routes.get("/sign-in/link")
async def link(visit: AnyVisit, key: str = "", to: str = "/") -> Response:
    """A mail program may open a link before the person does: only the button uses it."""
    return render(visit, UseLink(key=key, to=inside(to)))


@routes.post("/sign-in/link")
async def use_link(visit: AnyVisit, form: Form) -> Response:
    values = text_of(form, "key", "to")
    to = inside(values["to"])
    with refilling(partial(sign_in_page, visit, to), no_link, dict.fromkeys(LINK_REFUSED, 410)):
        try:
            session = await visit.ask(Sessions).begin(link=values["key"], **origin(visit))
        except Refused as refused:
            if visit.me is None or refused.status not in LINK_REFUSED:
                raise
            return done(visit.request, "link_not_needed", to)
    return entered(visit, session, to)


def no_link(refused: Refused) -> Draft:
    """A link that is used, too old, or none of ours: the form for a new one."""
    if refused.status not in LINK_REFUSED:
        raise refused
    why = refused.type if refused.status != 422 and refused.type else "/problems/link-unknown"
    return Draft().refused(Refused(409, {"type": why}))


def origin(visit: Visit) -> dict[str, str | None]:
    """From where somebody tries to come in: clusters counts by it, and names the browser to its owner."""
    client = visit.request.client
    device = visit.request.cookies.get(device_cookie(visit.shared.settings), "")
    return {
        "source": client.host if client and is_address(client.host) else None,
        "device": device[:200],
        "agent": visit.request.headers.get("user-agent", ""),
    }


def entered(visit: Visit, session: Session, to: str) -> Response:
    if session.awaited:
        answer = send_on(visit.request, "/sign-in/step" + query(to=to))
    else:
        answer = done(visit.request, "signed_in", to)
    keep(visit, answer, session_cookie(visit.shared.settings), session.secret, MONTH)
    know_device(visit, answer, session.device)
    return answer


def know_device(visit: Visit, answer: Response, known_by: str) -> None:
    """Nothing is told before the second step."""
    if known_by:
        keep(visit, answer, device_cookie(visit.shared.settings), known_by, YEAR)


def keep(visit: Visit, answer: Response, cookie: str, value: str, lasts: int) -> None:
    secure = visit.shared.settings.is_https
    answer.set_cookie(cookie, value, max_age=lasts, path="/", httponly=True, samesite="lax", secure=secure)


@routes.post("/sign-out")
async def sign_out(request: Request, visit: AnyVisit) -> Response:
    answer = forget_session(visit, done(request, "signed_out", "/"))
    if visit.secret:
        await visit.ask(Sessions).end(visit.secret)
    return answer


@routes.post("/language")
async def choose_language(request: Request, form: Form) -> Response:
    to, chosen = inside(str(form.get("to", "/"))), languages.spoken(str(form.get("language", "")))
    if not chosen:
        return send_on(request, to)
    answer = done(request, "language_changed", to)
    answer.set_cookie(LANGUAGE_COOKIE, chosen, max_age=YEAR, path="/", samesite="lax")
    return answer

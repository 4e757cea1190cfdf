"""Refusals as pages, in one place; and the page that cannot fail."""

from collections.abc import Sequence
from contextlib import suppress
from html import escape
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from kit.client import Refused
from kit.failures import has_no_room
from kit.limits import has_files
from kit.logs import log, request_id
from kit.methods import allow
from web import languages
from web.draft import MOST_BYTES_WITH_FILE, typed
from web.guard import HEADERS
from web.refilling import Refill
from web.render import WHOLE, render, wanted_block
from web.shown import Shown
from web.templates import here_of, query
from web.visit import SignInFirst, Visit, arrive, asked_language

LAST_RESORT = """<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><meta name="viewport"
content="width=device-width">
<title>Something broke · Staffroom</title></head><body><main><h1>Something broke here</h1>
<p>It is not your fault, and it is written down. Go back and try again; if it stays, tell your coordinator this number:
{number}</p>
<p><a href="/">To the first page</a></p></main></body></html>"""
SECRETS = {"password", "old_password", "key", "code", "answer"}
PAGES = (401, 403, 404, 405, 410, 413, 503)
CLOSED = (403, 404, 410)
SHORT = 40
TOO_MANY_FIELDS = {400: 413}  # so does Starlette call a form that has more than it was told to read


class ShowProblem(Shown, template="problems/show.html"):
    """`reference` is the number in the logs; `who` could do it; `fields` and `path` are the form, to be sent again.

    `most_megabytes`: what was too much may be a file. `awaits_step`: they came in, and a second step is asked for.
    Without a path they are the texts that were typed where nothing more can be sent.
    """

    reference: str
    who: Sequence[str] = ()
    fields: Sequence[tuple[str, str]] = ()
    path: str = ""
    most_megabytes: int = 0
    awaits_step: bool = False


async def page(request: Request, status: int, **said: Any) -> Response:
    """The page for a status; when even that fails, words that need nothing."""
    try:
        visit = await visit_of(request, status)
        languages.language.set(visit.language)
        answer = render(visit, ShowProblem(reference=request_id.get(), **said), status)
    except Exception:
        log.exception("the error page failed")
        return HTMLResponse(LAST_RESORT.format(number=escape(request_id.get())), 500)
    return answer


async def visit_of(request: Request, status: int) -> Visit:
    """The reader, as far as that is known without asking a house that may be in trouble."""
    known: Visit | None = getattr(request.state, "visit", None)
    if known and status != 401:
        return known
    if status == 404:
        with suppress(Refused):
            return await arrive(request)
    guest = Visit(request, request.app.state.shared, None, "")
    guest.language = known.language if known else asked_language(request)
    return guest


async def sign_in_first(request: Request, error: Exception) -> Response:
    """To the sign-in page and back; a form that was sent after the session ended is kept, to be sent again."""
    if request.method != "GET":
        known: Visit | None = getattr(request.state, "visit", None)
        return await page(request, 401, awaits_step=bool(known and known.awaited), **await sent(request))
    to = "/sign-in" + query(to=here_of(request))
    if request.headers.get("HX-Request"):
        return Response(status_code=204, headers={"HX-Redirect": to})
    return RedirectResponse(to, 303)


async def refused(request: Request, error: Refused) -> Response:
    if error.status == 401:
        return await sign_in_first(request, error)
    status = error.status if error.status in PAGES else 404 if error.status == 422 else 503
    kept = await sent(request) if status in (503, *CLOSED) and request.method != "GET" else {}
    if kept and status in CLOSED:
        kept = {"fields": [(name, value) for name, value in kept["fields"] if is_text(value)]}
    return await page(request, status, who=error.params.get("who", []), **kept)


def is_text(value: str) -> bool:
    """Whether somebody wrote it: several words, or one that is long, as there are none in Chinese or Thai."""
    return len(value.split()) > 1 or len(value) > SHORT


async def refill(request: Request, error: Refill) -> Response:
    """The form that was refused, with what was typed and what is wrong with it."""
    visit: Visit = request.state.visit
    languages.language.set(visit.language)
    try:
        return await error.shown(error.draft, error.status)
    except Refused as nothing_to_show:
        return await refused(request, nothing_to_show)


async def sent(request: Request) -> dict[str, Any]:
    """The form of this request, ready to be sent again; nothing of one that holds a secret or a file."""
    if has_files(dict(request.scope["headers"])):
        return {}
    form = await typed(request)
    if SECRETS & form.keys() or any(not isinstance(value, str) for value in form.values()):
        return {}
    return {"fields": form.multi_items(), "path": request.url.path}


async def broken(request: Request, error: Exception) -> Response:
    log.exception("page failed", exc_info=error)
    headers = HEADERS | {"X-Request-Id": request_id.get()} | (WHOLE if wanted_block(request) else {})
    return HTMLResponse(LAST_RESORT.format(number=escape(request_id.get())), 500, headers)


async def not_ours(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    status = TOO_MANY_FIELDS.get(status, status if status in PAGES else 404)
    is_file = status == 413 and has_files(dict(request.scope["headers"]))
    answer = await page(request, status, most_megabytes=MOST_BYTES_WITH_FILE // 1_000_000 if is_file else 0)
    if status == 405:
        answer.headers.update(allow(request))
    return answer


async def no_room(request: Request, error: Exception) -> Response:
    """A picture that is sent lies on the disk while it is read."""
    return await page(request, 503) if has_no_room(error) else await broken(request, error)


def install(app: FastAPI) -> None:
    app.add_exception_handler(OSError, no_room)
    app.add_exception_handler(SignInFirst, sign_in_first)
    app.add_exception_handler(Refill, refill)  # type: ignore[arg-type]
    app.add_exception_handler(Refused, refused)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, not_ours)
    app.add_exception_handler(RequestValidationError, not_ours)
    app.add_exception_handler(Exception, broken)

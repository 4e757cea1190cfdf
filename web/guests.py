"""Pages that are the same for every guest of one language: declared at the route, kept until a fact ends them."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, TypeAlias

from fastapi import FastAPI, Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.flash import COOKIE as FLASH
from web.shared import Shared
from web.visit import Visit, asked_language, session_cookie

PageOf: TypeAlias = Callable[..., Coroutine[Any, Any, Response]]


def is_plain(request: Request, shared: Shared) -> bool:
    """A whole page, for a guest who was told nothing on the page before."""
    of_one_reader = {session_cookie(shared.settings), FLASH} & request.cookies.keys()
    return not (of_one_reader or request.scope["query_string"] or "hx-target" in request.headers)


class EveryGuest:
    """A request as every guest makes it: no cookies, no headers, no query; asked for more of its reader, it fails."""

    method = "GET"

    def __init__(self, request: Request) -> None:
        self.url, self.app = request.url, request.app
        self.headers: dict[str, str] = {}
        self.cookies: dict[str, str] = {}
        self.query_params: dict[str, str] = {}


def same_for_guests(page: PageOf) -> PageOf:
    """Marks the route of such a page; who is signed in gets their own."""

    @wraps(page)
    async def shown(visit: Visit, **asked: Any) -> Response:
        request, pages = visit.request, visit.shared.guest_pages
        if visit.me or not is_plain(request, visit.shared):
            return await page(visit, **asked)
        heard = pages.heard
        guest: Any = EveryGuest(request)
        anybody = Visit(guest, visit.shared, None, "")
        anybody.language = visit.language
        answer = await page(anybody, **asked)
        path = request.scope["route"].path.format(**asked)
        # Another spelling of the same address is answered, and not kept once more.
        if path == request.scope["path"]:
            pages.keep(path, visit.language, (bytes(answer.body), {"Vary": answer.headers["Vary"]}), heard)
        return answer

    return shown


class KeptForGuests:
    """Answers guests from what is kept, before anything else is done."""

    def __init__(self, app: ASGIApp, web: FastAPI) -> None:
        self.app, self.web = app, web

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        shared: Shared | None = getattr(self.web.state, "shared", None)
        if scope["type"] == "http" and shared and (kept := shared.guest_pages.find(scope["path"])):
            request = Request(scope)
            page = kept.get(asked_language(request))
            if page and scope["method"] == "GET" and is_plain(request, shared):
                return await Response(page[0], 200, page[1], "text/html; charset=utf-8")(scope, receive, send)
        await self.app(scope, receive, send)
        return None

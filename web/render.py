"""Pages and their blocks: a fragment is a block of its page, so the two cannot differ."""

from typing import Any
from urllib.parse import urlsplit

import httpx
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Template
from markupsafe import Markup

from kit.ids import new_id
from web import flash, languages
from web.draft import Draft
from web.flash import Flash
from web.kept.contents import Content
from web.shown import Shown
from web.templates import speaking
from web.visit import Visit

ONCE = new_id().hex
WHOLE = {"HX-Retarget": "body", "HX-Reswap": "innerHTML"}


def wanted_block(request: Request) -> str:
    """What htmx is about to swap: `id` in htmx 2, `tag#id` in htmx 4; empty for a whole page."""
    return request.headers.get("HX-Target", "").rpartition("#")[2]


def render(visit: Visit, shown: Shown, status: int = 200, *, kept_by: tuple[str, ...] | None = None) -> HTMLResponse:
    """The page; or, when htmx asks for one of its blocks by name, that block of that same page.

    `kept_by` are the `ETag`s of all that the content shows: equal content is made once, and filled with a new `once`.
    """
    page = speaking(languages.language.get()).get_template(f"pages/{shown.template}")
    block = page.blocks.get(wanted_block(visit.request))
    kept_flash = None if block else flash.kept_for(visit.request)
    told = visit.flash or kept_flash
    common = {"language": visit.language, "zone": visit.zone, "signed_in": visit.me is not None, "flash": told}
    for_many = common | shown.context
    context = {"visit": visit, "me": visit.me, "request": visit.request, "status": status} | for_many
    if block:
        html = "".join(block(page.new_context(context)))
    elif kept_by and all(kept_by) and not told:
        html = _with_kept_content(visit, page, context, for_many, (shown.template, *kept_by))
    else:
        html = page.render(context)
    whole = WHOLE if not block and wanted_block(visit.request) else {}
    answer = HTMLResponse(html, status, headers={"Vary": "HX-Target, Cookie, Accept-Language"} | whole)
    if kept_flash:
        flash.forget(answer)
    return answer


def _with_kept_content(
    visit: Visit, page: Template, context: dict[str, Any], for_many: dict[str, Any], key: tuple[str, ...]
) -> str:
    """Content that many readers get is made without the reader: only what its key names is in scope."""

    def make() -> Content:
        stencil = page.new_context(for_many | {"draft": Draft(once=ONCE)})
        return Markup("".join(page.blocks["title"](stencil))), Markup("".join(page.blocks["content"](stencil)))

    whole_key = (*key, visit.language, visit.zone or "", "member" if visit.me else "guest")
    title, content = visit.shared.contents.of(whole_key, make)
    filled = Markup(content.replace(ONCE, new_id().hex))
    return (
        speaking(languages.language.get())
        .get_template("kept.html")
        .render(context | {"kept_title": title, "kept": filled})
    )


def picture_of(found: httpx.Response, **headers: str) -> Response:
    """A picture as a service gave it to this reader, or 304."""
    known = {"ETag": found.headers["etag"], "Vary": "Cookie"} | headers
    return Response(found.content, found.status_code, known, found.headers.get("content-type"))


def send_on(request: Request, path: str, told: Flash | None = None) -> Response:
    """The reader goes on to another page, and what this page had to say goes with them."""
    answer: Response = RedirectResponse(path, status_code=303)
    if request.headers.get("HX-Request"):
        answer = Response(status_code=204, headers={"HX-Redirect": path})
    if told := told or flash.kept_for(request):
        secure = request.app.state.shared.settings.is_https
        flash.keep(answer, told, urlsplit(path).path, secure=secure)
    return answer


def done(request: Request, code: str, path: str, **params: str) -> Response:
    """The reader goes on to a page that says what was done: at its part after the #, or above all of it."""
    return send_on(request, path, Flash(code, urlsplit(path).fragment, request.url.path, params))

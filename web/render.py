"""Pages and their blocks: a fragment is a block of its page, so the two cannot differ."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_timedelta
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kit.clock import now
from web import languages, words
from web.visit import Visit

HERE = Path(__file__).parent
MANIFEST = HERE / "static" / "dist" / "manifest.json"


@cache
def _built() -> dict[str, str]:
    built: dict[str, str] = json.loads(MANIFEST.read_text())
    return built


def asset(name: str) -> str:
    return f"/static/{_built()[name]}"


def until(at: datetime) -> str:
    """How long until then, roughly, in words."""
    return format_timedelta(at - now(), add_direction=True, locale=languages.locale(languages.language.get()))


def query(**params: Any) -> str:
    """A query string of what is not empty."""
    given = {name: value for name, value in params.items() if value}
    return "?" + urlencode(given) if given else ""


def paragraphs(text: str) -> list[list[str]]:
    """Plain text as paragraphs of lines."""
    return [block.splitlines() for block in text.split("\n\n") if block.strip()]


env = Environment(
    loader=FileSystemLoader([HERE, HERE / "ui"]),
    extensions=["jinja2.ext.i18n"],
    autoescape=True,
    auto_reload=False,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    cache_size=-1,
)
env.install_gettext_callables(languages.gettext, languages.ngettext, newstyle=True)  # type: ignore[attr-defined]
env.globals |= {
    "request_language": languages.language.get,
    "asset": asset,
    "word": words.word,
    "zone_named": languages.zone_named,
    "language_named": languages.language_named,
    "country_named": languages.country_named,
    "direction": languages.direction,
    "formatted": languages.formatted,
    "languages": languages.NAMES,
    "written": languages.WRITTEN,
    "formats": list(words.FORMATS),
    "until": until,
    "query": query,
    "paragraphs": paragraphs,
    "now": now,
}
env.globals["ui"] = env.get_template("macros.html").module


def wanted_block(request: Request) -> str:
    """What htmx is about to swap: `id` in htmx 2, `tag#id` in htmx 4; empty for a whole page."""
    return request.headers.get("HX-Target", "").rpartition("#")[2]


def render(visit: Visit, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """The page; or, when htmx asks for one of its blocks by name, that block of that same page."""
    page = env.get_template(f"pages/{template}")
    context = {"visit": visit, "me": visit.me, "request": visit.request, "language": visit.language, "status": status} | context
    block = page.blocks.get(wanted_block(visit.request))
    html = "".join(block(page.new_context(context))) if block else page.render(context)
    return HTMLResponse(html, status, headers={"Vary": "HX-Target, Cookie, Accept-Language"})


def send_on(request: Request, path: str) -> Response:
    """The reader goes on to another page."""
    if request.headers.get("HX-Request"):
        return Response(status_code=204, headers={"HX-Redirect": path})
    return RedirectResponse(path, status_code=303)

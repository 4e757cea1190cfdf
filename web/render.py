"""Pages and their blocks: a fragment is a block of its page, so the two cannot differ."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from babel.dates import format_timedelta
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from kit.clock import now
from kit.ids import new_id
from kit.links import linked
from web import flash, languages, words
from web.draft import Draft, field_of
from web.flash import Flash
from web.folding import SpokenEnvironment
from web.kept.contents import Content
from web.shown import Shown
from web.visit import Visit

HERE = Path(__file__).parent
ONCE = new_id().hex
MACROS = (
    "acts",
    "entries",
    "events",
    "forms",
    "invitations",
    "joining",
    "lists",
    "mails",
    "maps",
    "passkeys",
    "people",
    "places",
    "programme",
    "schools",
    "terms",
    "text",
    "tools",
)
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


def school_year(first: int) -> str:
    """2021 as 2021/22."""
    return f"{first}/{(first + 1) % 100:02}"


def query(**params: Any) -> str:
    """A query string of what is not empty."""
    given = {name: value for name, value in params.items() if value}
    return "?" + urlencode(given) if given else ""


def paragraphs(text: str) -> list[Markup]:
    """Plain text as paragraphs: their lines, with the addresses in them to follow."""
    return [Markup("<br>").join(map(linked, block.splitlines())) for block in text.split("\n\n") if block.strip()]


def scrolling(html: str, label: str) -> Markup:
    """Safe HTML of a text, with its tables in boxes that scroll by hand and by keyboard."""
    box = Markup('<div class="wide-table" role="group" tabindex="0" aria-label="{}">').format(label)
    return Markup(html.replace("<table>", f"{box}<table>").replace("</table>", "</table></div>"))


def runs(rows: Iterable[Any], name: str) -> list[tuple[Any, list[Any]]]:
    """Rows in their order, those that follow each other with the same `name` together: [(value, rows)]."""
    return [(value, list(alike)) for value, alike in groupby(rows, attrgetter(name))]


def days(rows: Iterable[Any], zone: str | None) -> list[tuple[str, list[Any]]]:
    """Rows in their order, those of one day of the zone together: [(the day, rows)]."""
    written = [(languages.formatted(row.at, "yMMMMEEEEd", zone or "UTC"), row) for row in rows]
    return [(day, [row for _, row in alike]) for day, alike in groupby(written, lambda pair: pair[0])]


def places(path: str, unseen: int) -> Markup:
    """The places that the rail leads to; the same for everybody who is in one and has so much news."""
    at = path.split("/")[1]
    return _places(languages.language.get(), "/" + WITHIN.get(at, at), unseen)


@lru_cache(maxsize=1_000)
def _places(language: str, at: str, unseen: int) -> Markup:
    ui: Any = speaking(language).globals["ui"]
    links: Markup = ui.places.links(at, unseen)
    return links


# Addresses of their own that belong to a place of the rail.
WITHIN = dict.fromkeys(
    ("schools", "school-invitations", "programme", "offices", "people", "countries", "acts"), "clusters"
)
WHOLE = {"HX-Retarget": "body", "HX-Reswap": "innerHTML"}

GLOBALS = {
    "request_language": languages.language.get,
    "asset": asset,
    "word": words.word,
    "zone_named": languages.zone_named,
    "zones": languages.zones,
    "language_named": languages.language_named,
    "number": languages.number,
    "kilometres": languages.kilometres,
    "languages_named": languages.languages_named,
    "licences": list(words.LICENCES),
    "school_kinds": list(words.SCHOOL_KINDS),
    "circles": list(words.CIRCLES),
    "tool_kinds": list(words.TOOL_KINDS),
    "field_of": field_of,
    "country_named": languages.country_named,
    "direction": languages.direction,
    "school_year": school_year,
    "written_day": languages.written_day,
    "written_days": languages.written_days,
    "formatted": languages.formatted,
    "formatted_span": languages.formatted_span,
    "languages": languages.NAMES,
    "written": languages.WRITTEN,
    "formats": list(words.FORMATS),
    "until": until,
    "days": days,
    "query": query,
    "paragraphs": paragraphs,
    "linked": linked,
    "scrolling": scrolling,
    "now": now,
    "places": places,
}


@cache
def speaking(language: str) -> Environment:
    """The templates in this language."""
    env = SpokenEnvironment(
        languages.catalogue(language).gettext,
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
    env.filters["runs"] = runs
    env.globals |= GLOBALS
    env.globals["ui"] = ui = SimpleNamespace()
    for subject in MACROS:
        setattr(ui, subject, env.get_template(f"{subject}.html").module)
    return env


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

"""The templates in each language, and what they may call."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_timedelta
from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kit.clock import now
from kit.dates import school_year
from kit.links import linked
from web import languages, words
from web.draft import field_of
from web.folding import SpokenEnvironment

HERE = Path(__file__).parent
MACROS = (
    "acts",
    "entries",
    "events",
    "forms",
    "help",
    "invitations",
    "joining",
    "lists",
    "overviews",
    "mails",
    "maps",
    "passkeys",
    "people",
    "places",
    "plans",
    "programme",
    "schools",
    "terms",
    "text",
    "todos",
    "proposals",
    "tools",
)
MANIFEST = HERE / "static" / "dist" / "manifest.json"


@cache
def _built() -> dict[str, str]:
    built: dict[str, str] = json.loads(MANIFEST.read_text())
    return built


def asset(name: str) -> str:
    return f"/static/{_built()[name]}"


def here_of(request: Request) -> str:
    """The page itself, with what was asked of it: a key, a code, how a list is narrowed."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def until(at: datetime) -> str:
    """How long until then, roughly, in words."""
    return format_timedelta(at - now(), add_direction=True, locale=languages.locale(languages.language.get()))


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
    return _alike(languages.language.get(), "places", "links", "/" + WITHIN.get(at, at), unseen)


def event_item(event: Any) -> Markup:
    """A row of a list of events; the same for everybody to whom the service answers the same of it."""
    return _alike(languages.language.get(), "events", "item", event, event.ends_at <= now())


@lru_cache(maxsize=2_000)
def _alike(language: str, subject: str, macro: str, *said: Any) -> Markup:
    """What a macro says of equal values, made once: it knows nothing of the reader but their language."""
    made: Markup = getattr(getattr(speaking(language).globals["ui"], subject), macro)(*said)
    return made


# Addresses of their own that belong to a place of the rail.
WITHIN = dict.fromkeys(
    (
        "schools",
        "school-invitations",
        "programme",
        "offices",
        "people",
        "countries",
        "acts",
        "plans",
        "todos",
        "proposals",
        "overview",
    ),
    "clusters",
)

GLOBALS = {
    "request_language": languages.language.get,
    "asset": asset,
    "here_of": here_of,
    "word": words.word,
    "zone_named": languages.zone_named,
    "zones": languages.zones,
    "language_named": languages.language_named,
    "number": languages.number,
    "kilometres": languages.kilometres,
    "languages_named": languages.languages_named,
    "day_named": languages.day_named,
    "month_named": languages.month_named,
    "plan_sections": list(words.PLAN_SECTIONS),
    "licences": list(words.LICENCES),
    "school_kinds": list(words.SCHOOL_KINDS),
    "circles": list(words.CIRCLES),
    "tool_kinds": list(words.TOOL_KINDS),
    "field_of": field_of,
    "country_named": languages.country_named,
    "direction": languages.direction,
    "school_year": school_year,
    "day_of": date.fromisoformat,
    "written_day": languages.written_day,
    "written_month": languages.written_month,
    "month_of_year": languages.month_of_year,
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
    "event_item": event_item,
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

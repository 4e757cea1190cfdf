"""What a kind of news says to one reader: its line in the app, and its letter, in their language and time zone."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone_location
from jinja2 import Environment
from pydantic import BaseModel

from kit import languages
from kit.characters import isolated
from kit.dates import written, written_span
from kit.languages import FALLBACK
from kit.texts import texts_in
from services.clusters.post.kinds.kind import Kind

HERE = Path(__file__).parent
# Two noncharacters around the name of what somebody typed: they are in no word of anybody.
OPENS, CLOSES = "\ufdd0", "\ufdd1"
DAY_AND_TIME, DAY = "yMMMMEEEEdjm", "yMMMMEEEEd"
FOOTER, LEFT = "parts/footer", "parts/left"


@cache
def _environment(language: str) -> Environment:
    return texts_in(HERE, language, autoescape=False)


@cache
def locale_of(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK)


def moment(value: str, language: str, zone: str) -> str:
    """A time as the letter's language writes it, with the city whose clocks show it."""
    return f"{written(datetime.fromisoformat(value), DAY_AND_TIME, zone, language)} ({_city(language, zone)})"


def day(value: str, language: str) -> str:
    """A day as the letter's language writes it."""
    return written(datetime.combine(date.fromisoformat(value), time(12), UTC), DAY, "UTC", language)


def span(start: str, end: str, language: str, zone: str) -> str:
    """From when to when, with the city whose clocks show it."""
    begun, ended = datetime.fromisoformat(start), datetime.fromisoformat(end)
    return f"{written_span(begun, ended, DAY_AND_TIME, zone, language)} ({_city(language, zone)})"


def _city(language: str, zone: str) -> str:
    return get_timezone_location(zone, locale=locale_of(language), return_city=True)


def spoken(language: str) -> str:
    """The language of what is said to somebody with this one: English, when there are no words in it."""
    return languages.spoken(language) or FALLBACK


class Span(BaseModel):
    """A part of a line: words of the house, or what somebody `typed`, in its `language` where that is known."""

    text: str
    typed: bool = False
    language: str | None = None


def line_of(kind: type[Kind] | None, params: Mapping[str, Any], language: str) -> list[Span]:
    """The line in the app, in parts: a page marks what somebody typed, so that it turns no word around it.

    Of a kind that another version told, what it is about.
    """
    if kind is None or not kind.in_app:
        return [Span(text=str(params.get("title", "…")), typed=True)]
    said, typed = kind.filled(params), kind.typed()
    marked = {name: f"{OPENS}{name}{CLOSES}" for name in typed if said[name]}
    left = {name: _block(LEFT, "left", spoken(language), {}) for name in kind.named() if not said[name]}
    line = _block(kind.name, "line", spoken(language), said | marked | left)
    spans = []
    for text in re.split(f"({OPENS}[a-z_]+{CLOSES})", " ".join(line.split())):
        if text.startswith(OPENS):
            name = text.strip(OPENS + CLOSES)
            spans.append(Span(text=said[name], typed=True, language=said.get(typed[name] or "")))
        elif text:
            spans.append(Span(text=text))
    return spans


def write_letter(
    kind: type[Kind], params: Mapping[str, Any], *, name: str, language: str, zone: str, base_url: str
) -> tuple[str, str]:
    """(subject, text) of a letter of this kind."""
    said = isolated_words(kind, params, language) | {
        "base_url": base_url,
        "hearing": f"{base_url}/profile/hearing",
        "name": isolated(name, _right_to_left(language)),
        "link": base_url + params["path"],
        "day": lambda value: day(value, language),
        "moment": lambda value: moment(value, language, zone),
        "span": lambda start, end: span(start, end, language, zone),
    }
    subject, text = (_block(kind.name, block, spoken(language), said) for block in ("subject", "letter"))
    footer = "" if not can_be_stopped(kind) else "\n\n" + _block(FOOTER, "footer", spoken(language), said)
    return " ".join(subject.split()), (text.strip() + footer).strip() + "\n"


def isolated_words(kind: type[Kind], params: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What somebody typed turns no word of the letter around it."""
    said, right_to_left = kind.filled(params), _right_to_left(language)
    return said | {name: isolated(said[name], right_to_left) for name in kind.typed() if isinstance(said[name], str)}


def spoken_in(kind: type[Kind], params: Mapping[str, Any], language: str) -> dict[str, str]:
    """The lines of a letter that somebody typed in a language that is known, with that language."""
    said = isolated_words(kind, params, language)
    typed = {said[text]: said.get(its or "") for text, its in kind.typed().items()}
    return {line.strip(): language for text, language in typed.items() if language for line in text.splitlines()}


def can_be_stopped(kind: type[Kind]) -> bool:
    """Whether somebody may want no more letters of this kind."""
    return bool(kind.ways) or kind.family == "the post itself"


def _block(text: str, block: str, language: str, said: Mapping[str, Any]) -> str:
    template = _environment(language).get_template(f"{text}.txt")
    return "".join(template.blocks[block](template.new_context(dict(said))))


def _right_to_left(language: str) -> bool:
    return languages.is_right_to_left(language)

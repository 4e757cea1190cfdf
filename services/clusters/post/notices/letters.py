"""Letters: templates beside this file, in the reader's language and time zone."""

import gettext
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone_location
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kit.characters import isolated
from kit.dates import written, written_span

HERE = Path(__file__).parent
FALLBACK = "en"
WORDS = ("name", "title", "text", "by", "name_invited", "reason", "place", "elsewhere", "school")
TYPED = {"title": "language", "text": "text_language"}
SPOKEN = {FALLBACK, *(folder.name for folder in (HERE / "locale").iterdir())}
# What letters say that the version before may have queued without it.
QUEUED_WITHOUT = {"join": "", "elsewhere": "", "text": "", "waits": False}
DAY_AND_TIME = "yMMMMEEEEdjm"


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "letters"),
        extensions=["jinja2.ext.i18n"],
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = gettext.translation("messages", HERE / "locale", [language], fallback=True)
    environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    return environment


@cache
def locale_of(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK)


def moment(value: str, language: str, zone: str) -> str:
    """A time as the letter's language writes it, with the city whose clocks show it."""
    return f"{written(datetime.fromisoformat(value), DAY_AND_TIME, zone, language)} ({_city(language, zone)})"


def span(start: str, end: str, language: str, zone: str) -> str:
    """From when to when, with the city whose clocks show it."""
    begun, ended = datetime.fromisoformat(start), datetime.fromisoformat(end)
    return f"{written_span(begun, ended, DAY_AND_TIME, zone, language)} ({_city(language, zone)})"


def _city(language: str, zone: str) -> str:
    return get_timezone_location(zone, locale=locale_of(language), return_city=True)


def isolated_words(params: dict[str, Any], language: str) -> dict[str, Any]:
    """What somebody typed turns no word of the letter around it."""
    right_to_left = locale_of(language).text_direction == "rtl"
    return {
        name: isolated(value, right_to_left) if name in WORDS and isinstance(value, str) else value
        for name, value in params.items()
    }


def spoken_in(params: dict[str, Any], language: str) -> dict[str, str]:
    """The lines of a letter that somebody typed in a language that is known, with that language."""
    params = isolated_words(params, language)
    typed = {params.get(text, ""): params.get(language) for text, language in TYPED.items()}
    return {line.strip(): language for text, language in typed.items() if language for line in text.splitlines()}


def spoken(language: str) -> str:
    """The language of the letters to somebody with this one: English, when there are none in it."""
    base = language.partition("-")[0]
    return base if base in SPOKEN else FALLBACK


def write_letter(
    kind: str, params: dict[str, Any], *, name: str, language: str, zone: str, base_url: str
) -> tuple[str, str]:
    """(subject, text) of a letter of this kind."""
    environment = _environment(spoken(language))
    params = isolated_words(QUEUED_WITHOUT | params | {"name": name}, language)
    text = environment.get_template(f"{kind}.txt").render(
        params,
        link=base_url + params["path"],
        moment=lambda value: moment(value, language, zone),
        span=lambda start, end: span(start, end, language, zone),
    )
    subject, _, body = text.partition("\n")
    return " ".join(subject.split()), body.strip() + "\n"

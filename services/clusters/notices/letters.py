"""Letters: templates beside this file, in the reader's language and time zone."""

import gettext
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime, format_time, get_timezone_location
from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
FALLBACK = "en"
PATTERN = "EEEE d MMMM y, HH:mm"
PATTERNS = {"cs": "EEEE d. MMMM y, HH:mm", "ar": "EEEE، d MMMM y، HH:mm"}


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
    """A time as the reader writes it, with the city whose clocks show it."""
    at, locale = datetime.fromisoformat(value).astimezone(ZoneInfo(zone)), locale_of(language)
    written = format_datetime(at, PATTERNS.get(locale.language, PATTERN), locale=locale)
    return f"{written} ({get_timezone_location(zone, locale=locale, return_city=True)})"


def clock_time(value: str, language: str, zone: str) -> str:
    return format_time(
        datetime.fromisoformat(value).astimezone(ZoneInfo(zone)), "HH:mm", locale=locale_of(language)
    )


def write_letter(
    kind: str, params: dict[str, Any], *, name: str, language: str, zone: str, base_url: str
) -> tuple[str, str]:
    """(subject, text) of a letter of this kind."""
    environment = _environment(language.partition("-")[0])
    text = environment.get_template(f"{kind}.txt").render(
        params,
        name=name,
        link=base_url + params["path"],
        moment=lambda value: moment(value, language, zone),
        clock_time=lambda value: clock_time(value, language, zone),
    )
    subject, _, body = text.partition("\n")
    return " ".join(subject.split()), body.strip() + "\n"

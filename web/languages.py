"""Languages: which one a reader gets, its catalogue, its direction, and how it writes dates."""

import gettext as gettext_module
from collections.abc import Collection, Iterable, Sequence
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import icu
from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from babel.numbers import format_decimal
from babel.units import format_unit

from kit import dates, languages
from kit.collation import folded, sort_key

LOCALES = Path(__file__).parent / "locale"
NAMES = languages.SPOKEN
WRITTEN = tuple(sorted(languages.LANGUAGES))
FALLBACK = languages.FALLBACK

language: ContextVar[str] = ContextVar("language", default=FALLBACK)


def direction(tag: str) -> str:
    return "rtl" if languages.is_right_to_left(tag) else "ltr"


def spoken(tag: str | None) -> str | None:
    """Ours for this tag: `cs-CZ` is `cs`; None when we do not speak it."""
    return languages.spoken(tag or "")


def wanted(header: str) -> str:
    """The best of our languages for an `Accept-Language` header."""
    ranked = []
    for part in header.split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            ranked.append((float(quality or 1), tag))
        except ValueError:
            continue
    best = sorted((r for r in ranked if r[0] > 0), key=lambda r: -r[0])
    return next((ours for _, tag in best if (ours := spoken(tag))), FALLBACK)


@cache
def catalogue(tag: str) -> gettext_module.NullTranslations:
    return gettext_module.translation("messages", LOCALES, [tag], fallback=True)


def gettext(message: str) -> str:
    return catalogue(language.get()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    return catalogue(language.get()).ngettext(singular, plural, n)


@cache
def locale(tag: str) -> Locale:
    return Locale.parse(tag)


def formatted(at: datetime, skeleton: str, zone: str) -> str:
    """A moment in a zone, with the parts that a CLDR skeleton names, as the reader's language writes it."""
    return dates.written(at, skeleton, zone, language.get())


def formatted_span(start: datetime, end: datetime, skeleton: str, zone: str) -> str:
    """From when to when in a zone, as the reader's language writes it."""
    return dates.written_span(start, end, skeleton, zone, language.get())


def written_day(day: date) -> str:
    return dates.written(_noon(day), "yMMMMd", "UTC", language.get())


def day_named(day: date) -> str:
    """A day of a year that is known."""
    return dates.written(_noon(day), "MMMd", "UTC", language.get())


def month_named(day: date) -> str:
    """The month of this day, in short, standing alone."""
    return dates.written(_noon(day), "LLL", "UTC", language.get())


def written_month(day: date) -> str:
    """The month of this day, with its year."""
    return dates.written(_noon(day), "yMMMM", "UTC", language.get())


def month_of_year(number: int) -> str:
    """A month by its number, standing alone."""
    return dates.written(datetime(2000, number, 1, 12, tzinfo=UTC), "LLLL", "UTC", language.get())


def written_days(first: date, last: date) -> str:
    return dates.written_span(_noon(first), _noon(last), "yMMMMd", "UTC", language.get())


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


@lru_cache(maxsize=2048)
def _zone_named(zone: str, tag: str) -> str:
    return get_timezone_location(zone, locale=locale(tag), return_city=True)


def zone_named(zone: str) -> str:
    """A zone by its city, in the reader's language."""
    return _zone_named(zone, language.get())


@cache
def _zones(tag: str) -> list[tuple[str, str]]:
    countries = {zone for zone, territory in get_global("zone_territories").items() if territory.isalpha()}
    return [(zone, _zone_named(zone, tag)) for zone in sorted(countries & available_timezones())] + [("UTC", "UTC")]


def zones() -> list[tuple[str, str]]:
    """Every time zone of every country, with its city in the reader's language."""
    return _zones(language.get())


def language_named(tag: str) -> str:
    name: str = locale(language.get()).languages.get(tag.partition("-")[0], tag)
    return name[:1].upper() + name[1:]


def languages_named(tags: Sequence[str], kept: str = "") -> list[tuple[str, str]]:
    """These languages, and the one that is kept already, by name as the reader's language sorts."""
    every = {*tags, kept} - {""}
    named = [(tag, language_named(tag)) for tag in every]
    return sorted(named, key=lambda pair: (sort_key(pair[1], language.get()), pair[0]))


def by_school_and_name(people: Iterable[Any]) -> list[Any]:
    """Whatever has a `school` and a `name`, as the reader's language sorts them."""
    sorts = language.get()
    return sorted(people, key=lambda one: (sort_key(one.school, sorts), sort_key(one.name, sorts)))


def number(n: int) -> str:
    """A number as the reader's language groups its digits; these are Latin everywhere."""
    written: str = format_decimal(n, locale=locale(language.get()))
    return written


def kilometres(n: int) -> str:
    """A distance, at least one of them."""
    return _kilometres(max(n, 1), language.get())


@lru_cache(maxsize=10_000)
def _kilometres(n: int, tag: str) -> str:
    return format_unit(n, "length-kilometer", length="short", locale=locale(tag))


@cache
def _countries(tag: str) -> list[tuple[str, str]]:
    named = [(code, locale(tag).territories.get(code, code)) for code in icu.Locale.getISOCountries()]
    return sorted(named, key=lambda pair: sort_key(pair[1], tag))


def countries(among: Collection[str] = ()) -> list[tuple[str, str]]:
    """Every country of ISO 3166, or those `among` these, by its name in the reader's language, in its order."""
    return [(code, name) for code, name in _countries(language.get()) if not among or code in among]


def is_country(code: str) -> bool:
    return code in icu.Locale.getISOCountries()


@cache
def _called() -> dict[str, str]:
    """Every country's code by its names in the languages of the table, and by itself."""
    called = {folded(code): code for code in icu.Locale.getISOCountries()}
    for tag in WRITTEN:
        territories = locale(tag).territories
        called |= {folded(territories[code]): code for code in icu.Locale.getISOCountries() if code in territories}
    return called


def country_called(name: str) -> str | None:
    """The country with this name, in any language in which people write here, or with this code."""
    return _called().get(folded(name))


def country_named(code: str) -> str:
    name: str = locale(language.get()).territories.get(code, code)
    return name

"""Dates and times as a language writes them, by the skeletons of CLDR: which parts are told, never in which order."""

from datetime import UTC, date, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from icu import DateInterval, DateIntervalFormat, DateTimePatternGenerator, Locale, SimpleDateFormat, TimeZone

FIRST_MONTH = 9  # of school years
SUMMER = (7, 8)  # months without school
REGIONS = {"en": "en-GB", "pt": "pt-PT"}  # whose dates are meant, where a language alone is another continent's
TimeZone.setDefault(TimeZone.createTimeZone("UTC"))  # spans of the library can be written in no other zone


@lru_cache(maxsize=4096)
def written(at: datetime, skeleton: str, zone: str, language: str) -> str:
    """A moment in a zone, with the parts that the skeleton names: `yMMMMd`, `jm` (j: the hours as they are counted)."""
    return str(_moments(skeleton, language).format(_shown(at, zone)))


@lru_cache(maxsize=4096)
def written_span(start: datetime, end: datetime, skeleton: str, zone: str, language: str) -> str:
    """From when to when in a zone; what both have in common is written once."""
    return str(_spans(skeleton, language).format(DateInterval(_shown(start, zone), _shown(end, zone))))


def first_of(month: str) -> date:
    """The first day of a month that is written `2026-10`."""
    return date.fromisoformat(f"{month}-01")


def school_year_of(day: date) -> int:
    """The first year of the school year that this day is in: it begins on the first of September."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def school_year(first: int) -> str:
    """2021 as 2021/22."""
    return f"{first}/{(first + 1) % 100:02}"


@cache
def _locale(language: str) -> Locale:
    """With the digits that all numbers of our pages have."""
    return Locale.forLanguageTag(f"{REGIONS.get(language, language)}-u-nu-latn")


@cache
def _moments(skeleton: str, language: str) -> SimpleDateFormat:
    locale = _locale(language)
    pattern = DateTimePatternGenerator.createInstance(locale).getBestPattern(skeleton)
    return SimpleDateFormat(pattern, locale)


@cache
def _spans(skeleton: str, language: str) -> DateIntervalFormat:
    return DateIntervalFormat.createInstance(skeleton, _locale(language))


def _shown(at: datetime, zone: str) -> float:
    """What the clocks of the zone show then, by our zone rules and not by those of the library, as if it were UTC."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=UTC).timestamp()

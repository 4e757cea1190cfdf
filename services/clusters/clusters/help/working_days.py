"""Until when something is promised that takes so many working days."""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

CLOSES = time(17)
SATURDAY_AND_SUNDAY = frozenset((5, 6))


def due_after(asked_at: datetime, days: int, country: str, zone: str) -> datetime:
    """The end of the last of so many days on which people work in this country, from the day after."""
    there = asked_at.astimezone(ZoneInfo(zone))
    day, left = there.date(), days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() not in weekend(country)
    return datetime.combine(day, CLOSES, ZoneInfo(zone)).astimezone(UTC)


@cache
def weekend(country: str) -> frozenset[int]:
    """Its days from 0, a Monday, as CLDR has them; holidays are not known there."""
    try:
        locale = Locale.parse(f"und_{country}")
    except (UnknownLocaleError, ValueError):
        return SATURDAY_AND_SUNDAY
    length = (locale.weekend_end - locale.weekend_start) % 7 + 1
    return frozenset((locale.weekend_start + n) % 7 for n in range(length))

"""When a digest goes out."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.clusters.post.preferences.models import Every

A_WEEK_AND_A_DAY = 8


def next_digest(at: datetime, zone: str, every: Every, weekday: int, hour: int) -> datetime:
    """The first such hour after `at` on the clocks of the zone; where they skip it, the moment that it would be."""
    clock = ZoneInfo(zone)
    today = at.astimezone(clock).date()
    days = (today + timedelta(days=n) for n in range(A_WEEK_AND_A_DAY + 1))
    moments = (
        datetime.combine(day, time(hour), clock).astimezone(UTC)
        for day in days
        if every is Every.day or day.weekday() == weekday
    )
    return next(moment for moment in moments if moment > at)

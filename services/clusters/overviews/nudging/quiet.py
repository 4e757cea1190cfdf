"""Since when somebody is quiet, in weeks of school."""

from datetime import date, timedelta

from kit.dates import SUMMER


def quiet_before(day: date, weeks: int) -> date:
    """Whose last sign of life is before this day has been quiet for so many weeks; July and August do not count."""
    left = weeks * 7
    while left or day.month in SUMMER:
        if day.month in SUMMER:
            day = date(day.year, SUMMER[0], 1) - timedelta(days=1)
        else:
            day, left = day - timedelta(days=1), left - 1
    return day

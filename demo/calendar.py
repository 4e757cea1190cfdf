"""School years of a country: which days are school days, and which day a week and a weekday name."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import count

from dateutil.easter import easter

from demo.days import Holiday

SEPTEMBER, DAY, WEEK = 9, timedelta(days=1), timedelta(weeks=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
PREPARATION = 5


def school_year_of(day: date) -> int:
    """The year in which the school year of this day begins, on 1 September."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


def is_weekday(day: date) -> bool:
    return day.weekday() < len(WEEKDAYS)


class Calendar:
    """Days without lessons are weekends and `holidays`."""

    def __init__(self, holidays: list[Holiday]) -> None:
        self._holidays = holidays
        self._off = cache(self._days_off)

    def is_school_day(self, day: date) -> bool:
        return is_weekday(day) and day not in self._off(school_year_of(day))

    def step(self, day: date, steps: int) -> date:
        """So many school days after this day, or before it; for 0 the day itself, or the first school day after it."""
        towards = DAY if steps >= 0 else -DAY
        wanted = abs(steps)
        if steps == 0:
            day, wanted = day - DAY, 1
        days = (day + towards * number for number in count(1))
        school_days = (each for each in days if self.is_school_day(each))
        return next(each for number, each in enumerate(school_days, 1) if number == wanted)

    def between(self, first: date, last: date) -> list[date]:
        """The school days from the first to the last of these days."""
        return [day for day in days_from(first, last) if self.is_school_day(day)]

    def day_in(self, year: int, week: int, weekday: str) -> date:
        """A day by the week of its school year, from 1; without lessons on that day, the next school day."""
        return self.step(_monday(year) + WEEK * (week - 1) + DAY * WEEKDAYS.index(weekday), 0)

    def preparation(self, year: int) -> list[date]:
        """The last weekdays before the lessons of a school year begin."""
        first = self.step(date(year, SEPTEMBER, 1), 0)
        return [day for day in days_from(first - 2 * WEEK, first - DAY) if is_weekday(day)][-PREPARATION:]

    def _days_off(self, year: int) -> frozenset[date]:
        return frozenset(day for holiday in self._holidays for day in _days_of(holiday, year))


def days_from(first: date, last: date) -> Iterator[date]:
    return (first + DAY * number for number in range((last - first).days + 1))


def _monday(year: int) -> date:
    """Of the week in which the first weekday of September is."""
    first = next(day for number in range(3) if is_weekday(day := date(year, SEPTEMBER, 1 + number)))
    return first - DAY * first.weekday()


def _days_of(holiday: Holiday, year: int) -> Iterator[date]:
    if holiday.school_week:
        monday = _monday(year) + WEEK * (holiday.school_week - 1)
        return days_from(monday, monday + WEEK - DAY)
    if holiday.easter:
        sunday = easter(year + 1)
        return days_from(sunday + DAY * holiday.easter[0], sunday + DAY * holiday.easter[1])
    return days_from(day_of(holiday.begins, year), day_of(holiday.ends or holiday.begins, year))


def day_of(month_and_day: str, year: int) -> date:
    """The day of a school year with this month and day."""
    month, day = map(int, month_and_day.split("-"))
    return date(year if month >= SEPTEMBER else year + 1, month, day)

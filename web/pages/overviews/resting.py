"""Until when somebody wants to be left alone with a nudge."""

from datetime import date, timedelta

from kit.dates import FIRST_MONTH, school_year_of

MONTH, YEAR = "month", "year"


def rests(day: date) -> list[tuple[str, date]]:
    """For four weeks, and for the rest of the school year where that is longer."""
    soon, then = day + timedelta(weeks=4), date(school_year_of(day) + 1, FIRST_MONTH, 1)
    return [(MONTH, soon), (YEAR, then)] if then > soon else [(MONTH, soon)]


def rest_until(choice: str, day: date) -> date:
    """What was chosen; four weeks for what nobody offered."""
    return dict(rests(day)).get(choice, rests(day)[0][1])

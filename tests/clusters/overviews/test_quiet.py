"""Since when somebody is quiet: in weeks of school, of which July and August have none."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clusters.overviews.nudging.quiet import SUMMER, quiet_before

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
WEEKS = st.integers(0, 60)


def school_days(begins, ends):
    """How many days there are from one until before another, without those of the summer."""
    days = [begins + timedelta(days=n) for n in range((ends - begins).days)]
    return len([day for day in days if day.month not in SUMMER])


@pytest.mark.parametrize(
    ("day", "weeks", "before"),
    [
        ("2026-11-27", 3, "2026-11-06"),
        ("2026-11-27", 6, "2026-10-16"),
        ("2026-11-27", 0, "2026-11-27"),
        ("2026-09-01", 0, "2026-09-01"),
        ("2026-09-22", 3, "2026-09-01"),
        ("2026-09-21", 3, "2026-06-30"),
        ("2026-09-01", 1, "2026-06-24"),
        ("2026-08-31", 1, "2026-06-23"),
        ("2026-07-01", 1, "2026-06-23"),
        ("2026-07-15", 0, "2026-06-30"),
        ("2026-06-30", 1, "2026-06-23"),
        ("2026-03-01", 1, "2026-02-22"),
        ("2024-03-01", 1, "2024-02-23"),
    ],
)
def test_weeks_of_school_are_counted_back(day, weeks, before):
    assert quiet_before(date.fromisoformat(day), weeks) == date.fromisoformat(before)


@given(DAYS, WEEKS)
def test_it_is_a_day_of_school_so_many_weeks_ago(day, weeks):
    before = quiet_before(day, weeks)
    assert before.month not in SUMMER
    last = day if day.month not in SUMMER else date(day.year, SUMMER[0], 1) - timedelta(days=1)
    assert before <= last
    assert school_days(before, last) == weeks * 7


@given(DAYS, WEEKS, WEEKS)
def test_more_weeks_never_end_later(day, some, more):
    assert quiet_before(day, some + more) <= quiet_before(day, some)


@given(DAYS, st.integers(0, 400), WEEKS)
def test_a_later_day_never_goes_further_back(day, later, weeks):
    assert quiet_before(day, weeks) <= quiet_before(day + timedelta(days=later), weeks)

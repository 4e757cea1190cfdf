"""When an event is, as people say it."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Info

import pytest
from pydantic_core import PydanticCustomError

from services.events.events.formats import Format, usual_minutes
from services.events.events.schemas import EventIn
from services.events.events.times import moment
from services.roster.year import month, school_year


def test_a_wall_clock_is_a_moment_in_its_zone():
    assert moment(datetime(2031, 1, 10, 14), "Europe/Prague") == datetime(2031, 1, 10, 13, tzinfo=UTC)


def test_a_time_with_its_offset_is_taken_as_it_is_and_told_in_utc():
    eastern = datetime.fromisoformat("2031-01-10T14:00:00-05:00")
    assert moment(eastern, "Europe/Prague") == eastern
    assert moment(eastern, "Europe/Prague").tzinfo == UTC


def test_a_time_that_the_clocks_jump_over_is_no_time():
    with pytest.raises(PydanticCustomError) as refused:
        moment(datetime(2031, 3, 30, 2, 30), "Europe/Prague")
    assert (refused.value.type, refused.value.context) == ("time_skipped", {"zone": "Europe/Prague"})


def test_of_a_time_that_comes_twice_the_first_is_meant():
    assert moment(datetime(2031, 10, 26, 2, 30), "Europe/Prague") == datetime(2031, 10, 26, 0, 30, tzinfo=UTC)


def test_every_format_has_its_usual_length_and_no_format_has_none():
    assert all(usual_minutes(kind) for kind in Format)
    assert (usual_minutes(Format.webinar), usual_minutes(None)) == (60, None)


@pytest.mark.parametrize("ends_at", [None, datetime(2031, 1, 10), datetime.now(UTC) + timedelta(days=1)])
def test_what_is_not_over_is_announced_as_what_it_is(ends_at):
    assert EventIn._meant_so(False, Info(data={"ends_at": ends_at})) is False


def test_what_is_over_is_announced_only_by_somebody_who_says_so():
    over = Info(data={"ends_at": datetime.now(UTC) - timedelta(days=1)})
    assert EventIn._meant_so(True, over) is True
    with pytest.raises(PydanticCustomError) as refused:
        EventIn._meant_so(False, over)
    assert refused.value.type == "past_unconfirmed"


@pytest.mark.parametrize(
    ("at", "began"), [("2030-08-31", "2029-09-01"), ("2030-09-01", "2030-09-01"), ("2031-01-10", "2030-09-01")]
)
def test_a_school_year_begins_in_september(at, began):
    assert school_year(datetime.fromisoformat(at)) == datetime.fromisoformat(f"{began}T00:00:00+00:00")


def test_a_month_begins_on_its_first_day():
    assert month(datetime(2031, 2, 10, 14, tzinfo=UTC)) == datetime(2031, 2, 1, tzinfo=UTC)

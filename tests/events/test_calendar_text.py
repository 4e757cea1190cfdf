"""What stands in a calendar file, line by line, and by which clocks its times are told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.events.calendars.ics import calendar_of
from services.events.calendars.models import State
from services.events.calendars.timezones import AROUND, timezone_of
from tests.events.test_calendar_words import ANNA, DAN, meeting

SUMMER = datetime(2030, 7, 1, 6, tzinfo=UTC)


def lines_of(message):
    return calendar_of(message).replace("\r\n ", "").splitlines()


def onsets(zone, starts_at, lasts=timedelta(hours=1)):
    """When the clocks are set, from what and to what, as the rules of a file say; None where it tells UTC."""
    rules = timezone_of(zone, starts_at, starts_at + lasts)
    if rules is None:
        return None
    assert rules["TZID"] == zone
    told = [dict(line.split(":", 1) for line in part.to_ical().decode().splitlines()) for part in rules.subcomponents]
    return [tuple(part[name] for name in ("BEGIN", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME")) for part in told]


def at(moment):
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_who_comes_has_everything_about_the_meeting_in_their_calendar():
    lines = lines_of(meeting(title="Reading", description="Bring a book", where="Library"))
    assert [line for line in lines if not line.startswith(("DTSTART:", "TZ", "BEGIN:", "END:"))] == [
        "VERSION:2.0",
        "PRODID:-//Staffroom//Staffroom//EN",
        "METHOD:REQUEST",
        "SUMMARY;LANGUAGE=cs:Reading",
        "DTSTART;TZID=Europe/Prague:20300701T080000",
        "DTEND;TZID=Europe/Prague:20300701T090000",
        "DTSTAMP:20300701T060000Z",
        f"UID:{ANNA}@staffroom",
        "SEQUENCE:0",
        f"ATTENDEE;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE:urn:uuid:{DAN}",
        "DESCRIPTION;LANGUAGE=cs:Bring a book",
        "LOCATION:Library",
        f"ORGANIZER:urn:uuid:{ANNA}",
        "STATUS:CONFIRMED",
        "URL:http://staffroom.test/events/1",
    ]


@pytest.mark.parametrize(
    ("state", "method", "status", "answer"),
    [
        (State.confirmed, "REQUEST", "CONFIRMED", "PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE"),
        (State.tentative, "REQUEST", "TENTATIVE", "PARTSTAT=TENTATIVE;ROLE=REQ-PARTICIPANT;RSVP=FALSE"),
        (State.withdrawn, "CANCEL", None, "ROLE=REQ-PARTICIPANT"),
        (State.cancelled, "CANCEL", "CANCELLED", "ROLE=REQ-PARTICIPANT"),
    ],
)
def test_a_calendar_is_told_whether_somebody_is_expected(state, method, status, answer):
    lines = lines_of(replace(meeting(), state=state))
    assert f"METHOD:{method}" in lines
    assert [line for line in lines if line.startswith("STATUS")] == ([f"STATUS:{status}"] if status else [])
    assert f"ATTENDEE;{answer}:urn:uuid:{DAN}" in lines


def test_who_is_not_registered_finds_nobody_named():
    lines = lines_of(replace(meeting(), state=State.published, attendee_id=None))
    assert {"METHOD:PUBLISH", "STATUS:CONFIRMED"} <= {*lines}
    assert not any(line.startswith("ATTENDEE") for line in lines)


def test_what_is_not_known_is_not_said():
    lines = lines_of(replace(meeting(description="", where=""), language=""))
    assert "SUMMARY:T" in lines
    assert not any(line.startswith(("DESCRIPTION", "LOCATION")) for line in lines)


def test_a_meeting_by_no_clocks_but_utc_is_told_in_utc_without_rules():
    lines = lines_of(replace(meeting(), zone="UTC"))
    assert {"DTSTART:20300701T060000Z", "DTEND:20300701T070000Z"} <= {*lines}
    assert not any("TZ" in line for line in lines)


def test_a_meeting_in_summer_needs_the_change_before_it_and_the_one_after():
    assert onsets("Europe/Prague", SUMMER) == [
        ("DAYLIGHT", "20300331T020000", "+0100", "+0200", "CEST"),
        ("STANDARD", "20301027T030000", "+0200", "+0100", "CET"),
    ]


def test_a_meeting_across_a_change_needs_three():
    assert onsets("Europe/Prague", at("2026-03-29T00:30"), timedelta(hours=3)) == [
        ("STANDARD", "20251026T030000", "+0200", "+0100", "CET"),
        ("DAYLIGHT", "20260329T020000", "+0100", "+0200", "CEST"),
        ("STANDARD", "20261025T030000", "+0200", "+0100", "CET"),
    ]


def test_a_meeting_that_begins_at_the_very_change_is_told_by_the_new_clocks():
    assert onsets("Europe/Prague", at("2026-03-29T01:00"))[0][:2] == ("DAYLIGHT", "20260329T020000")


def test_clocks_that_are_never_set_have_one_rule_of_a_year_before():
    assert onsets("Asia/Kathmandu", at("2026-06-01T08:00")) == [
        ("STANDARD", "20250427T134500", "+0545", "+0545", "+0545")
    ]


@pytest.mark.parametrize(
    ("zone", "moment", "why"),
    [
        ("Europe/Prague", "2026-10-25T00:30", "this hour is shown twice"),
        ("Europe/Prague", "2026-10-25T01:30", "this hour is shown twice"),
        ("Europe/Prague", "2026-10-24T23:30", "its end is shown twice"),
        ("Europe/London", "2030-07-01T08:00", "some take it for UTC, and it is not"),
        ("Africa/Monrovia", "1971-06-01T08:00", "its clocks differ by seconds"),
    ],
)
def test_where_clocks_do_not_tell_every_reader_utc_does(zone, moment, why):
    assert onsets(zone, at(moment)) is None, why


def test_where_the_clocks_show_utc_itself_they_tell_it():
    assert onsets("Europe/London", at("2030-01-10T08:00")) == [
        ("STANDARD", "20291028T020000", "+0100", "+0000", "GMT"),
        ("DAYLIGHT", "20300331T010000", "+0000", "+0100", "BST"),
    ]


def test_what_lasts_longer_than_a_year_is_told_in_utc():
    assert onsets("Asia/Kathmandu", SUMMER, AROUND) is not None
    assert onsets("Asia/Kathmandu", SUMMER, AROUND + timedelta(seconds=1)) is None

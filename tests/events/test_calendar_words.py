"""Whatever people type stays the value of its own property, and is read as it was typed."""

from datetime import UTC, datetime, timedelta
from unicodedata import category
from uuid import UUID

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from services.clusters.post.notices.calendars import addressed
from services.clusters.post.notices.queries import Known
from services.events.calendars.ics import Message, calendar_of
from services.events.calendars.models import State

ANNA, DAN = UUID("01a2126c-fc03-771a-aa77-8d3073276387"), UUID("01a2126c-fc03-771a-aa77-8d3073276388")
AT = datetime(2030, 7, 1, 6, tzinfo=UTC)
HOSTILE = [
    "x\r\nATTENDEE:mailto:evil@x.test", f"x\nORGANIZER:urn:uuid:{ANNA}\n", "x\rMETHOD:CANCEL", "x\x0bATTENDEE:y",
    "x\x85ATTENDEE:y", "x\u2028ATTENDEE:y", "\\nATTENDEE:y", 'a"b;c:d,e^n^\'f', "END:VEVENT", "\x00\x1b",
    "ž𝄞" * 400, " " + "ATTENDEE:urn:uuid:x " * 20, "دان  ‏", "=?utf-8?q?=0AATTENDEE:y?=",
]  # fmt: skip
NAMES = [name for name in HOSTILE if name.isprintable()]


def meeting(**words):
    written = {"title": "T", "description": "", "where": "W"} | words
    return Message(
        event_id=ANNA,
        state=State.confirmed,
        sequence=0,
        stamped_at=AT,
        language="cs",
        zone="Europe/Prague",
        starts_at=AT,
        ends_at=AT + timedelta(hours=1),
        organiser_id=ANNA,
        attendee_id=DAN,
        url="http://staffroom.test/events/1",
        **written,
    )


def as_read(text):
    """What a calendar program finds: its properties by name, once each."""
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    names = [line.partition(":")[0].partition(";")[0] for line in text.replace("\r\n ", "").split("\r\n")]
    assert names.count("ATTENDEE") == names.count("ORGANIZER") == names.count("METHOD") == names.count("SUMMARY") == 1
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "Cc" not in {category(character) for character in text.replace("\r\n", "")}
    assert vobject.readOne(text).vevent.summary.value == str(event["SUMMARY"])
    return event


def plain(text):
    return "\n".join("".join(c for c in line if category(c) != "Cc") for line in text.splitlines())


@pytest.mark.parametrize("words", HOSTILE)
def test_what_was_typed_stays_where_it_was_typed(words):
    event = as_read(calendar_of(meeting(title=f"T {words}", description=words, where=words)))
    assert str(event["ATTENDEE"]) == f"urn:uuid:{DAN}"
    assert str(event["SUMMARY"]) == plain(f"T {words}")


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text(), st.text())
def test_no_text_adds_a_property(title, description, where):
    event = as_read(calendar_of(meeting(title=f"T{title}", description=description, where=where)))
    assert str(event["ORGANIZER"]) == f"urn:uuid:{ANNA}"


@pytest.mark.parametrize("name", NAMES)
def test_addresses_are_put_in_and_nothing_else_changes(name):
    known = {
        ANNA: Known(ANNA, name, "en", "UTC", "anna@school.test", ANNA, without_content=False, chosen=()),
        DAN: Known(DAN, f"{name} D", "en", "UTC", "dan@school.test", DAN, without_content=False, chosen=()),
    }
    before = calendar_of(meeting(description=f"ATTENDEE:urn:uuid:{DAN}\nx", title=name))
    after = addressed(before, known)
    event = as_read(after)
    assert (str(event["ORGANIZER"]), str(event["ATTENDEE"])) == ("mailto:anna@school.test", "mailto:dan@school.test")
    assert event["ATTENDEE"].params["CN"].replace("'", '"') == f"{name} D".replace("'", '"')
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    others = [line for line in before.split("\r\n") if not line.startswith(("ORGANIZER", "ATTENDEE", " "))]
    assert [line for line in after.split("\r\n") if not line.startswith(("ORGANIZER", "ATTENDEE", " "))] == others

"""What the post office is asked to tell somebody about their place."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services.events.calendars.ics import Message
from services.events.calendars.models import State
from services.events.calendars.notices import announcement_to, notice_to
from services.events.calendars.queries import Seat

ANNA, MEETING, LIBRARY, HALL, ROOM = [UUID(int=number) for number in range(1, 6)]
STARTS = datetime(2031, 1, 10, 14, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=2)
WORDS = {"title": "Reading", "description": "Bring a book", "language": "en"}
WHEN = {"zone": "Europe/Prague", "starts_at": STARTS, "ends_at": ENDS, "organiser_id": ANNA}
IN_LIBRARY = Seat(
    **WORDS, **WHEN, person_id=ANNA, event_id=MEETING, revision=0, cancelled=False, cancelled_because=None,
    ended_with_cluster=None,
    registration_id=UUID(int=9), withdrawn=False, sees=True, placed=LIBRARY, waits_for=None, site="Library",
    address="Street 1", link=None, wanted_site="", wanted_address="", position=0,
)  # fmt: skip
WAITING = {"waits_for": HALL, "wanted_site": "Hall", "wanted_address": "Street 2", "position": 3}
NO_PLACE = {"placed": None, "site": "", "address": ""}
FILE = Message(
    **WORDS, **WHEN, event_id=MEETING, state=State.confirmed, sequence=0, stamped_at=STARTS, attendee_id=ANNA,
    where="Library", url="https://house.test/events/1",
)  # fmt: skip


def test_who_has_a_place_hears_when_and_where():
    notice = notice_to(IN_LIBRARY, FILE, "registration_placed")
    assert notice.pop("calendar").startswith("BEGIN:VCALENDAR")
    assert notice == {
        "person_id": str(ANNA),
        "kind": "registration_placed",
        "path": f"/events/{MEETING}",
        "in_app": True,
        "params": {
            "title": "Reading",
            "language": "en",
            "starts_at": "2031-01-10T14:00:00+00:00",
            "ends_at": "2031-01-10T16:00:00+00:00",
            "place": "Library, Street 1",
            "elsewhere": "",
            "online": False,
            "waits": False,
            "position": 0,
        },
        "letter": {"join": ""},
    }


def test_the_link_of_the_room_is_in_the_letter_alone():
    online = replace(IN_LIBRARY, placed=ROOM, site="", address="", link="https://meet.test/a")
    notice = notice_to(online, FILE, "registration_placed", in_app=False)
    assert (notice["letter"], notice["in_app"]) == ({"join": "https://meet.test/a"}, False)
    assert (notice["params"]["online"], notice["params"]["place"]) == (True, "")
    assert "https://meet.test/a" not in str(notice["params"])


@pytest.mark.parametrize(
    ("kind", "has", "place"),
    [
        ("registration_waiting", {}, "Hall, Street 2"),
        ("registration_waiting", NO_PLACE, "Hall, Street 2"),
        ("event_changed", {}, "Library, Street 1"),
        ("event_changed", NO_PLACE, "Hall, Street 2"),
    ],
)
def test_who_waits_hears_of_the_place_that_this_is_about(kind, has, place):
    told = notice_to(replace(IN_LIBRARY, **WAITING | has), FILE, kind)["params"]
    assert (told["place"], told["waits"], told["position"]) == (place, True, 3)
    assert told["elsewhere"] == ("" if has else "Library, Street 1")


def test_a_place_that_nobody_waits_for_is_told_also_in_a_letter_about_waiting():
    told = notice_to(replace(IN_LIBRARY, wanted_site="Hall"), FILE, "registration_waiting")["params"]
    assert told["place"] == "Library, Street 1"


def test_who_left_the_cluster_is_led_to_what_they_still_see():
    assert notice_to(replace(IN_LIBRARY, sees=False), FILE, "event_changed")["path"] == "/events"


def test_a_kind_may_say_more():
    told = notice_to(IN_LIBRARY, FILE, "event_changed", what=["time"], reason="Ice")["params"]
    assert (told["what"], told["reason"], told["title"]) == (["time"], "Ice", "Reading")


def test_a_new_event_is_announced_with_its_places():
    event = {"id": MEETING, "title": "Reading", "language": "en", "starts_at": STARTS, "ends_at": ENDS}
    event |= {"organiser_id": HALL}
    assert announcement_to(ANNA, event | {"organiser": "Ben", "places": "Library, Hall", "online": True}) == {
        "person_id": str(ANNA),
        "kind": "event_announced",
        "path": f"/events/{MEETING}",
        "named": {"by": str(HALL)},
        "params": {
            "title": "Reading",
            "language": "en",
            "by": "Ben",
            "starts_at": "2031-01-10T14:00:00+00:00",
            "ends_at": "2031-01-10T16:00:00+00:00",
            "place": "Library, Hall",
            "online": True,
        },
    }

"""What one calendar is told: each message outranks the one before, and a download says what the mail says."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import vobject
from icalendar import Calendar

from services.events.calendars import telling
from tests.clusters.doors.test_clients import acting_for
from tests.events.making import announce, ask, room, show, site, terms, withdraw
from tests.events.test_calendars import meeting, sent_to
from tests.events.test_changes import as_it_is, change
from tests.people import refusal, told

KEPT = ("UID", "SEQUENCE", "SUMMARY", "LOCATION", "STATUS", "ORGANIZER", "ATTENDEE", "DTSTART", "DTEND", "URL")


async def download(asker, event):
    answer = await asker.events.get(f"/v1/events/{event['id']}/calendar")
    assert answer.headers["content-type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content)


def said(calendar):
    """Everything but the stamp, as it is written."""
    event = meeting(calendar)
    return calendar["METHOD"], {name: event[name].to_ical() for name in KEPT if name in event}


def rank(calendar):
    return int(meeting(calendar)["SEQUENCE"]), meeting(calendar)["DTSTAMP"].dt


async def describe(asker, event, title, version="*"):
    words = {"title": title, "description": "Bring pens", "format": "workshop"}
    where = f"/v1/events/{event['id']}/description"
    return told(await asker.events.put(where, json=words, headers={"If-Match": version}))


@pytest.mark.parametrize("place", [site, room])
async def test_a_download_says_what_the_mail_says_and_does_not_fall_behind_it(house, cluster, place):
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, place(event)))
    (mailed,) = await sent_to(house, cluster, "cara")
    kept = await download(cluster.cara, event)
    assert said(kept) == said(mailed)
    assert rank(kept) > rank(mailed)
    assert str(meeting(kept)["ATTENDEE"]) == f"mailto:{cluster.addresses['cara']}"
    assert str(meeting(kept)["ORGANIZER"]) == f"mailto:{cluster.addresses['anna']}"
    assert ("meet.test" in meeting(kept)["LOCATION"]) == (place is room)


async def test_a_download_of_somebody_who_is_not_registered_names_no_attendee_and_no_link(cluster):
    event = await announce(cluster.anna, cluster, 5)
    kept = await download(cluster.cara, event)
    assert (kept["METHOD"], "ATTENDEE" in meeting(kept)) == ("PUBLISH", False)
    assert meeting(kept)["LOCATION"] == "Site 0, Street 1"
    assert meeting(await download(cluster.anna, event))["LOCATION"] == "Site 0, Street 1; https://meet.test/room"


async def test_a_download_of_what_is_cancelled_says_so(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, site(event)))
    told(await cluster.anna.events.post(f"/v1/events/{event['id']}/cancellation", json={}), 201)
    for asker in (cluster.cara, cluster.dan):
        kept = await download(asker, event)
        assert (kept["METHOD"], meeting(kept)["STATUS"]) == ("CANCEL", "CANCELLED")
    assert said(await download(cluster.cara, event)) == said((await sent_to(house, cluster, "cara"))[-1])


async def test_a_program_gets_no_addresses(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, site(event)))
    acting = await acting_for(house, cluster, cluster.cara)
    text = (await acting.events.get(f"/v1/events/{event['id']}/calendar")).text
    assert f"urn:uuid:{cluster.cara.id}" in text.replace("\r\n ", "")
    assert "mailto:" not in text


async def test_only_neighbour_services_ask_for_addresses(cluster):
    answer = await cluster.anna.clusters.post("/v1/calendars", json={"calendar": "x"})
    assert refusal(answer) == (403, "forbidden")


async def test_whoever_only_waits_is_tentative_and_confirmed_once_there_is_a_place(house, cluster):
    event = await announce(cluster.anna, cluster, 1)
    for asker in (cluster.cara, cluster.dan):
        told(await ask(asker, event, site(event)))
    told(await ask(cluster.hana, event, site(event), meanwhile=True))
    (waiting,) = await sent_to(house, cluster, "dan")
    assert (waiting["METHOD"], meeting(waiting)["STATUS"]) == ("REQUEST", "TENTATIVE")
    assert meeting(waiting)["ATTENDEE"].params["PARTSTAT"] == "TENTATIVE"
    (online,) = await sent_to(house, cluster, "hana")
    assert (meeting(online)["STATUS"], meeting(online)["LOCATION"]) == ("CONFIRMED", "https://meet.test/room")
    told(await withdraw(cluster.cara, event), 204)
    _, placed = await sent_to(house, cluster, "dan")
    assert (meeting(placed)["STATUS"], meeting(placed)["ATTENDEE"].params["PARTSTAT"]) == ("CONFIRMED", "ACCEPTED")
    assert int(meeting(placed)["SEQUENCE"]) == 1


async def test_each_message_outranks_the_one_before_whatever_happens_within_a_second(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    other_time = as_it_is(event, starts_at=terms(days=6)["starts_at"])
    acts = [
        lambda: ask(cluster.cara, event, site(event)),
        lambda: ask(cluster.cara, event, room(event)),
        lambda: withdraw(cluster.cara, event),
        lambda: ask(cluster.cara, event, site(event)),
        lambda: change(cluster.anna, event, other_time),
        lambda: cluster.anna.events.post(f"/v1/events/{event['id']}/cancellation", json={}),
    ]
    for act in acts:
        assert (await act()).status_code < 300
        await house.catch_up()
        await download(cluster.cara, event)
    ranks = [rank(calendar) for calendar in await sent_to(house, cluster, "cara")]
    assert len(ranks) == len(acts)
    assert ranks == sorted(set(ranks))
    assert [sequence for sequence, _ in ranks] == [0, 0, 1, 3, 4, 5]


async def test_two_workers_at_once_never_give_an_older_state_the_newer_stamp(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, site(event)))
    await house.catch_up()
    titles = [f"Title {n}" for n in range(8)]

    async def write():
        for title in titles:
            await describe(cluster.anna, event, title)

    async def tell(worker):
        for n in range(8):
            await telling.tell_words(house.context("events"), event["id"], f"{worker}-{n}")

    await asyncio.gather(write(), tell("a"), tell("b"))
    calendars = (await sent_to(house, cluster, "cara"))[1:]
    assert len(calendars) >= 16
    in_order = sorted(calendars, key=rank)
    assert len({rank(calendar) for calendar in calendars}) == len(calendars)
    told_titles = [str(meeting(calendar)["SUMMARY"]) for calendar in in_order]
    assert told_titles == sorted(told_titles, key=["Writing together", *titles].index)


async def test_new_words_reach_calendars_with_the_same_sequence_and_a_later_stamp(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, site(event)))
    await house.catch_up()
    await describe(cluster.anna, event, "Reading together")
    first, second = await sent_to(house, cluster, "cara")
    assert (meeting(second)["SUMMARY"], meeting(second)["DESCRIPTION"]) == ("Reading together", "Bring pens")
    assert int(meeting(second)["SEQUENCE"]) == int(meeting(first)["SEQUENCE"]) == 0
    assert rank(second) > rank(first)
    kinds = [n["kind"] for n in told(await cluster.cara.clusters.get("/v1/notices"))["items"]]
    assert "event_described" not in kinds


async def test_edits_that_follow_each_other_within_minutes_are_told_together(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, site(event)))
    await house.catch_up()
    for title in ("One", "Two"):
        await describe(cluster.anna, event, title)
    assert [str(meeting(c)["SUMMARY"]) for c in await sent_to(house, cluster, "cara")][1:] == ["Two"]
    for title in ("Three", "Four", "Five"):
        await describe(cluster.anna, event, title)
        await house.catch_up()
    assert len(await sent_to(house, cluster, "cara")) == 2
    later = "update event set description_told_at = now() - interval '11 minutes' where id = $1"
    await house.rows("events", later, event["id"])
    await house.rows("events", "update pgqueuer set execute_after = now() where entrypoint = 'description.tell'")
    assert [str(meeting(c)["SUMMARY"]) for c in await sent_to(house, cluster, "cara")][1:] == ["Two", "Five"]


async def test_the_sequence_rises_for_time_and_places_and_not_for_seats_or_a_link(cluster):
    event = await announce(cluster.anna, cluster, 5)
    changes = [
        ({"online_room": {"link": "https://meet.test/new"}}, 0),
        ({"sites": [as_it_is(event)["sites"][0] | {"capacity": 9}]}, 0),
        ({"sites": [as_it_is(event)["sites"][0] | {"address": "Street 2"}]}, 1),
        ({"starts_at": terms(days=6)["starts_at"]}, 2),
    ]
    for wanted, sequence in changes:
        now = await show(cluster.anna, event["id"])
        assert told(await change(cluster.anna, now, as_it_is(now, **wanted)), 201)["sequence"] == sequence, wanted


async def test_a_time_that_clocks_show_twice_is_read_as_it_is_stored(house, cluster):
    when = {"starts_at": "2030-10-27T02:30:00+01:00", "ends_at": "2030-10-27T03:00:00Z"}
    event = await announce(cluster.anna, cluster, 5, **when)
    told(await ask(cluster.cara, event, site(event)))
    (calendar,) = await sent_to(house, cluster, "cara")
    read = vobject.readOne(calendar.to_ical().decode()).vevent
    starts = datetime(2030, 10, 27, 1, 30, tzinfo=UTC)
    assert (read.dtstart.value, read.dtend.value) == (starts, starts + timedelta(minutes=90))

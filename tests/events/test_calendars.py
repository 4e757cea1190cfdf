"""Calendar files as a calendar program reads them."""

from contextlib import contextmanager

import httpx
import pytest
from icalendar import Calendar

from kit.client import Refused
from services.events.calendars import telling
from tests.events.making import announce, ask, room, site, terms, withdraw
from tests.events.test_changes import as_it_is, change
from tests.house import Asker, bearing
from tests.people import told


async def sent_to(house, cluster, name):
    """The calendars that this person was mailed, oldest first."""
    await house.catch_up()
    rows = await house.rows(
        "clusters",
        "select calendar from mailbox_mail where mail = $1 and calendar is not null order by id",
        cluster.addresses[name],
    )
    return [Calendar.from_ical(row["calendar"]) for row in rows]


def meeting(calendar):
    (event,) = calendar.walk("VEVENT")
    return event


async def test_a_registration_comes_with_an_invitation_to_this_person(house, cluster):
    event = await announce(cluster.anna, cluster, 5, description="Bring pens")
    told(await ask(cluster.dan, event, site(event)))
    (calendar,) = await sent_to(house, cluster, "dan")
    invited = meeting(calendar)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert (invited["UID"], invited["SEQUENCE"]) == (f"{event['id']}@staffroom", 0)
    assert str(invited["ATTENDEE"]) == f"mailto:{cluster.addresses['dan']}"
    assert invited["ATTENDEE"].params["CN"] == "دان"
    assert str(invited["ORGANIZER"]) == f"mailto:{cluster.addresses['anna']}"
    assert (invited["LOCATION"], invited["STATUS"]) == ("Site 0, Street 1", "CONFIRMED")
    assert invited["DESCRIPTION"] == "Bring pens"


async def test_times_are_in_the_zone_of_the_event_and_the_zone_is_described(house, cluster):
    when = {"starts_at": "2030-07-01T08:00", "ends_at": "2030-07-01T09:30", "zone": "Europe/Prague"}
    event = await announce(cluster.anna, cluster, 5, **when)
    told(await ask(cluster.cara, event, site(event)))
    (calendar,) = await sent_to(house, cluster, "cara")
    starts = meeting(calendar)["DTSTART"]
    assert starts.dt.isoformat() == "2030-07-01T08:00:00+02:00"
    assert starts.params["TZID"] == "Europe/Prague"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Prague"]


async def test_a_change_raises_the_sequence_under_the_same_uid(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, site(event)))
    await house.catch_up()
    told(await change(cluster.anna, event, as_it_is(event, starts_at=terms(days=6)["starts_at"])), 201)
    first, second = map(meeting, await sent_to(house, cluster, "cara"))
    assert (first["UID"], first["SEQUENCE"]) == (second["UID"], second["SEQUENCE"] - 1)
    assert second["DTSTART"].dt < first["DTSTART"].dt


async def test_whoever_withdraws_is_taken_out_and_the_event_goes_on(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, site(event)))
    await house.catch_up()
    told(await withdraw(cluster.cara, event), 204)
    _, calendar = await sent_to(house, cluster, "cara")
    assert calendar["METHOD"] == "CANCEL"
    assert "STATUS" not in meeting(calendar)
    assert str(meeting(calendar)["ATTENDEE"]) == f"mailto:{cluster.addresses['cara']}"


async def test_whoever_withdrew_before_the_invitation_went_out_gets_none(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, site(event)))
    told(await withdraw(cluster.cara, event), 204)
    assert [calendar["METHOD"] for calendar in await sent_to(house, cluster, "cara")] == ["CANCEL"]


async def test_whoever_left_gets_no_news_and_no_link_only_a_calendar_without_it(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, room(event)))
    await house.catch_up()
    await the_change_runs_before_the_withdrawal(house, cluster, event)
    first, *later = await sent_to(house, cluster, "cara")
    assert meeting(first)["LOCATION"] == "https://meet.test/room"
    assert [calendar["METHOD"] for calendar in later] == ["CANCEL"]
    assert "meet.test" not in later[0].to_ical().decode()


async def the_change_runs_before_the_withdrawal(house, cluster, event):
    told(await cluster.hana.clusters.delete(f"/v1/staff/{cluster.staff['cara']}"))
    await house.hear()
    withdrawal = "where entrypoint = 'registration.end_of_sight'"
    await house.rows("events", f"update pgqueuer set execute_after = now() + interval '1 hour' {withdrawal}")
    new_room = as_it_is(event, online_room={"link": "https://meet.test/new"})
    told(await change(cluster.anna, event, new_room), 201)
    await house.run_jobs("events")
    await house.rows("events", f"update pgqueuer set execute_after = now() {withdrawal}")


async def test_nobody_is_passed_over_when_a_telling_is_tried_again(house, cluster, monkeypatch):
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    event = await announce(cluster.anna, cluster, 5)
    for asker in (cluster.cara, cluster.dan, cluster.hana):
        told(await ask(asker, event, site(event)))
    await house.catch_up()
    done = told(await change(cluster.anna, event, as_it_is(event, starts_at=terms(days=6)["starts_at"])), 201)
    with falling_silent_after(house, "/v1/notices"), pytest.raises(Refused):
        await telling.tell_change(house.context("events"), done["id"])
    told(await withdraw(cluster.dan, event), 204)
    for name in ("cara", "dan", "hana"):
        sequences = [int(meeting(calendar)["SEQUENCE"]) for calendar in await sent_to(house, cluster, name)]
        assert sequences.count(1) == 1, name


@contextmanager
def falling_silent_after(house, path):
    """Clusters answers one request to `path`, and then nobody is there."""
    answering, asked = house.hosts.transports["clusters"], []

    class FallsSilent(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request):
            if request.url.path == path and (asked.append(path) or len(asked) > 1):
                raise httpx.ConnectError("nobody listens there", request=request)
            return await answering.handle_async_request(request)

    house.hosts.transports["clusters"] = FallsSilent()
    yield
    house.hosts.transports["clusters"] = answering


async def test_an_event_that_was_cancelled_before_the_invitation_went_out_invites_nobody(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, site(event)))
    told(await cluster.anna.events.post(f"/v1/events/{event['id']}/cancellation", json={}), 201)
    assert [calendar["METHOD"] for calendar in await sent_to(house, cluster, "cara")] == ["CANCEL"]


async def test_a_cancelled_event_is_cancelled_in_the_calendar(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, site(event)))
    await house.catch_up()
    told(await cluster.anna.events.post(f"/v1/events/{event['id']}/cancellation", json={"reason": "Flu"}), 201)
    calendar = (await sent_to(house, cluster, "cara"))[-1]
    cancelled = meeting(calendar)
    assert (calendar["METHOD"], cancelled["STATUS"], cancelled["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)


async def test_a_program_that_acts_for_itself_gets_the_meeting_as_everybody_may_see_it(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    new = {"name": "Moodle", "scopes": ["webhooks"]}
    program = told(await cluster.anna.clusters.post(f"/v1/clusters/{cluster.id}/clients", json=new), 201)
    form = {"grant_type": "client_credentials", "client_id": program["client_id"], "client_secret": program["secret"]}
    token = told(await house.guest.clusters.post("/v1/tokens", data=form))["access_token"]
    answer = await Asker(house.hosts, bearing(token)).events.get(f"/v1/events/{event['id']}/calendar")
    assert answer.status_code == 200, answer.text
    calendar = Calendar.from_ical(answer.text)
    shown = meeting(calendar)
    assert (calendar["METHOD"], shown["SUMMARY"], "ATTENDEE" in shown) == ("PUBLISH", event["title"], False)
    assert "meet.test" not in answer.text
    assert await house.rows("events", "select 1 from calendar_copy where event_id = $1", event["id"]) == []


async def test_a_title_cannot_break_out_of_its_line(house, cluster):
    title = "A, b; c\\nATTENDEE:mailto:evil@x.test"
    event = await announce(cluster.anna, cluster, 5, title=title)
    told(await ask(cluster.cara, event, site(event)))
    (calendar,) = await sent_to(house, cluster, "cara")
    assert str(meeting(calendar)["ATTENDEE"]) == f"mailto:{cluster.addresses['cara']}"
    assert meeting(calendar)["SUMMARY"].replace("\r", "") == title

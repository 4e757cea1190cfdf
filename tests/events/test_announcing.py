"""What the house knows of a meeting that is announced, and what it says of one that is wrong."""

from datetime import datetime, timedelta

import pytest

from services.events.events.formats import Format
from tests.events.making import announce, begin, show, terms
from tests.people import a_person, a_school, told, wrong_fields

WALL = {"zone": "Europe/Prague", "starts_at": "2030-05-14T14:00", "online_room": {"link": "https://meet.test/"}}


async def asked(cluster, **more):
    new = {"cluster_id": cluster.id, "title": "T", "format": "workshop"} | WALL | more
    return await cluster.anna.events.post("/v1/events", json=new)


async def length(cluster, **more):
    event = await show(cluster.anna, told(await asked(cluster, **more), 201)["id"])
    return datetime.fromisoformat(event["ends_at"]) - datetime.fromisoformat(event["starts_at"])


async def test_the_end_follows_from_how_long_it_takes_or_from_its_format(house, cluster):
    usual = {known["format"]: known["minutes"] for known in told(await house.guest.events.get("/v1/formats"))}
    assert await length(cluster) == timedelta(minutes=usual["workshop"])
    assert await length(cluster, format="learning_snack") == timedelta(minutes=usual["learning_snack"])
    assert await length(cluster, minutes=45) == timedelta(minutes=45)
    assert await length(cluster, ends_at="2030-05-14T14:20") == timedelta(minutes=20)
    assert await length(cluster, starts_at="2030-03-31T01:45", minutes=30) == timedelta(minutes=30)


async def test_every_format_has_a_usual_length(house):
    known = told(await house.guest.events.get("/v1/formats"))
    assert {one["format"] for one in known} == set(Format)
    assert all(15 <= one["minutes"] <= 480 for one in known)


@pytest.mark.parametrize("wrong", [{"minutes": 0}, {"minutes": -60}, {"minutes": "60"}, {"minutes": 10**9}])
async def test_a_length_is_a_number_of_minutes(cluster, wrong):
    assert list(wrong_fields(await asked(cluster, **wrong))) == ["/minutes"]


async def test_everything_that_is_wrong_is_told_at_once(cluster):
    wrong = {"title": " ", "ends_at": "2030-05-14T13:00", "online_room": None, "sites": [], "format": "party"}
    assert wrong_fields(await asked(cluster, **wrong)) == {
        "/title": "string_too_short",
        "/format": "enum",
        "/ends_at": "end_before_start",
        "/sites": "place_missing",
    }
    skipped = {"starts_at": "2030-03-31T02:30", "title": "", "online_room": {"link": "no"}}
    assert wrong_fields(await asked(cluster, **skipped)) == {
        "/title": "string_too_short",
        "/starts_at": "time_skipped",
        "/online_room/link": "link_invalid",
    }
    site_id = "01a21360-8ee8-7479-a2bd-4729bc8bc9e5"
    twice = {"sites": [{"id": site_id, "name": "A"}, {"id": site_id, "name": "B"}], "zone": "Europe/Nowhere"}
    assert wrong_fields(await asked(cluster, **twice)) == {"/zone": "zone_unknown", "/sites": "site_twice"}


async def test_a_past_day_is_announced_only_by_who_says_so(cluster):
    for over in ({"starts_at": "2021-05-14T14:00"}, {"starts_at": "2021-05-14T14:00", "title": " "}):
        assert wrong_fields(await asked(cluster, **over))["/past"] == "past_unconfirmed"
        assert wrong_fields(await asked(cluster, **over, past=False))["/past"] == "past_unconfirmed"
    event = await show(cluster.anna, told(await asked(cluster, starts_at="2021-05-14T14:00", past=True), 201)["id"])
    assert "register" not in event["can"]
    told(await asked(cluster, past=True), 201)


async def change(cluster, event, **more):
    kept = {name: event[name] for name in ("zone", "starts_at")} | {"online_room": {"link": "https://meet.test/room"}}
    headers = {"if-match": f'"{event["version"]}"'}
    return await cluster.anna.events.post(f"/v1/events/{event['id']}/changes", json=kept | more, headers=headers)


async def test_a_meeting_that_is_moved_stays_as_long_as_it_was(cluster):
    event = await announce(cluster.anna, cluster, minutes=None, ends_at=None, format="course")
    moved = (datetime.fromisoformat(event["starts_at"]) + timedelta(days=3)).isoformat()
    told(await change(cluster, event, starts_at=moved), 201)
    after = await show(cluster.anna, event["id"])
    assert datetime.fromisoformat(after["ends_at"]) - datetime.fromisoformat(moved) == timedelta(hours=2)


async def test_a_meeting_is_moved_into_the_past_only_by_who_says_so_and_one_that_runs_is_changed_freely(house, cluster):
    event = await announce(cluster.anna, cluster)
    over = terms(days=-2)
    assert wrong_fields(await change(cluster, event, starts_at=over["starts_at"])) == {"/past": "past_unconfirmed"}
    await begin(house, event)
    event = await show(cluster.anna, event["id"])
    told(await change(cluster, event, sites=[{"name": "Library"}]), 201)
    event = await show(cluster.anna, event["id"])
    told(await change(cluster, event, starts_at=over["starts_at"], past=True), 201)


async def test_where_nobody_else_belongs_nobody_is_told(house):
    demo = await house.as_service("demo")
    formed = {"name": "Small", "country": "CZ", "approach": "top_down", "zone": "UTC"}
    cluster_id = told(await demo.clusters.post("/v1/clusters", json=formed), 201)["id"]
    school_id = await a_school(house)
    member = {"school_id": school_id, "role": "mentor"}
    told(await demo.clusters.post(f"/v1/clusters/{cluster_id}/memberships", json=member), 201)
    alone = await house.as_person((await a_person(house, school_id, "coordinator"))["person_id"])
    await house.hear()
    waiting = "select count(*) from pgqueuer where entrypoint = 'announcement.tell'"
    before = await house.rows("events", waiting)
    new = {"cluster_id": cluster_id, "title": "T", "format": "workshop"} | WALL
    told(await alone.events.post("/v1/events", json=new), 201)
    assert await house.rows("events", waiting) == before

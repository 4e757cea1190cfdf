"""Deadlines as a calendar that other programs read: a private address, what stands in it, and its end."""

from datetime import timedelta

from icalendar import Calendar

from kit.clock import now
from tests.clusters.year.planning import a_plan, a_todo, change, remove, tick
from tests.people import a_cluster, an_official, refusal, told

SOON = (now().date() + timedelta(days=20)).isoformat()
HALF = {"kind": "milestone", "title": "Half of the way; see", "text": "Two\nlines, each.", "ends": SOON}


async def address(person):
    return told(await person.clusters.put("/v1/me/calendar-feed"))["address"]


async def read(house, where):
    key = where.rpartition("/")[2].removesuffix(".ics")
    answer = await house.guest.clusters.get(f"/v1/calendar-feeds/{key}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/calendar")
    return Calendar.from_ical(answer.text)


async def test_milestones_and_todos_of_my_clusters_stand_in_it(house, cluster):
    nora, elsewhere = await an_official(house, "national_coordinator", "CZ"), await a_cluster(house)
    plan, todo = await a_plan(cluster.anna, cluster, HALF), await a_todo(nora, cluster)
    await a_plan(elsewhere.anna, elsewhere, HALF)
    await a_todo(nora, elsewhere)
    where = await address(cluster.cara)
    stands = (await read(house, where)).walk("VEVENT")
    mine = [event for event in stands if "milestone" in event["uid"] or cluster.id in event["summary"]]
    found = {str(event["uid"]).partition("-")[0]: event for event in mine}
    assert len([event for event in stands if "milestone" in event["uid"]]) == 1
    assert not [event for event in stands if elsewhere.id in event["summary"]]
    half = found["milestone"]
    assert (half["dtstart"].dt.isoformat(), (half["dtend"].dt - half["dtstart"].dt).days) == (SOON, 1)
    assert (str(half["summary"]), str(half["description"])) == ("Half of the way; see", "Two\nlines, each.")
    assert (str(half["url"]).endswith(f"/plans/{plan['id']}"), str(half["transp"])) == (True, "TRANSPARENT")
    assert str(found["todo"]["summary"]) == todo["title"]
    told(await tick(cluster.anna, plan["parts"][0]), 204)
    (half,) = [event for event in (await read(house, where)).walk("VEVENT") if "milestone" in event["uid"]]
    assert str(half["summary"]).startswith("✓ ")


async def test_a_change_keeps_its_name_and_outranks_what_was_read(house, cluster):
    plan = await a_plan(cluster.anna, cluster, HALF)
    where = await address(cluster.cara)
    (before,) = [event for event in (await read(house, where)).walk("VEVENT") if "milestone" in event["uid"]]
    later = (now().date() + timedelta(days=30)).isoformat()
    told(await change(cluster.anna, plan["parts"][0], HALF, ends=later))
    (after,) = [event for event in (await read(house, where)).walk("VEVENT") if "milestone" in event["uid"]]
    assert (after["uid"], after["sequence"]) == (before["uid"], before["sequence"] + 1)
    assert after["dtstart"].dt.isoformat() == later
    told(await remove(cluster.anna, plan["parts"][0]), 204)
    assert not [event for event in (await read(house, where)).walk("VEVENT") if "milestone" in event["uid"]]


async def test_an_empty_calendar_is_one_too(house):
    stranger = await an_official(house, "national_coordinator", "JO")
    assert (await read(house, await address(stranger)))["version"] == "2.0"


async def test_the_address_is_made_anew_and_ended(house, cluster):
    assert told(await cluster.cara.clusters.get("/v1/me/calendar-feed"))["address"] is None
    first = await address(cluster.cara)
    assert told(await cluster.cara.clusters.get("/v1/me/calendar-feed"))["address"] == first
    second = await address(cluster.cara)
    assert first != second
    old = first.rpartition("/")[2].removesuffix(".ics")
    assert refusal(await house.guest.clusters.get(f"/v1/calendar-feeds/{old}")) == (404, "not-found")
    assert refusal(await house.guest.clusters.get("/v1/calendar-feeds/x")) == (404, "not-found")
    for _ in range(2):
        told(await cluster.cara.clusters.delete("/v1/me/calendar-feed"), 204)
    new = second.rpartition("/")[2].removesuffix(".ics")
    assert refusal(await house.guest.clusters.get(f"/v1/calendar-feeds/{new}")) == (404, "not-found")
    assert (await house.guest.clusters.put("/v1/me/calendar-feed")).status_code == 401


async def test_who_left_a_school_reads_its_cluster_no_more(house, cluster):
    await a_plan(cluster.anna, cluster, HALF)
    where = await address(cluster.cara)
    await house.rows("clusters", "update staff set ended_at = now() where id = $1", cluster.staff["cara"])
    assert (await read(house, where)).walk("VEVENT") == []

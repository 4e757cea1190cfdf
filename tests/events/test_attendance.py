"""Who came, and corrections that keep what was said before."""

import asyncio

from tests.events.making import announce, ask, begin, show, site
from tests.people import a_cluster, an_official, refusal, told, wrong_fields


async def mark(asker, event, *people, version="*"):
    came, headers = {"came": [str(person.id) for person in people]}, {"If-Match": str(version)}
    return await asker.events.put(f"/v1/events/{event['id']}/attendance", json=came, headers=headers)


async def marked(asker, event):
    return told(await asker.events.get(f"/v1/events/{event['id']}/attendance"))


async def test_whoever_came_is_marked_registered_or_not(cluster):
    event = await announce(cluster.anna, cluster, 5, days=-1)
    assert told(await mark(cluster.anna, event, cluster.cara, cluster.marie)) == {"came": 2, "version": 2}
    attendance = await marked(cluster.ben, event)
    assert {person["person_id"] for person in attendance["came"]} == {str(cluster.cara.id), str(cluster.marie.id)}
    assert attendance["version"] == 2
    assert (await show(cluster.cara, event["id"]))["came"] == 2
    summary = told(await cluster.dan.events.get(f"/v1/events/{event['id']}/summary"))
    assert sorted(row["came"] for row in summary["came"]) == [1, 1]


async def test_two_coordinators_who_mark_at_once_do_not_undo_each_other(cluster):
    event = await announce(cluster.anna, cluster, 5, days=-1)
    assert (await marked(cluster.anna, event))["version"] == 0
    both = await asyncio.gather(
        mark(cluster.ben, event, cluster.cara, cluster.dan, version='"0"'),
        mark(cluster.anna, event, cluster.marie, version='"0"'),
    )
    assert sorted(answer.status_code for answer in both) == [200, 412]
    attendance = await marked(cluster.anna, event)
    assert (len(attendance["came"]), attendance["version"]) in ((2, 2), (1, 1))
    everybody = (cluster.cara, cluster.dan, cluster.marie)
    again = await mark(cluster.anna, event, *everybody, version=f'"{attendance["version"]}"')
    assert told(again) == {"came": 3, "version": 3}


async def test_a_mark_that_was_taken_back_is_a_new_version(cluster):
    event = await announce(cluster.anna, cluster, 5, days=-1)
    told(await mark(cluster.anna, event, cluster.cara, version='"0"'))
    assert told(await mark(cluster.ben, event, version='"1"')) == {"came": 0, "version": 2}
    assert refusal(await mark(cluster.anna, event, cluster.cara, version='"1"')) == (412, "changed")
    path = f"/v1/events/{event['id']}/attendance"
    unnamed = await cluster.anna.events.put(path, json={"came": []})
    assert refusal(unnamed) == (428, "precondition-required")


async def test_an_official_came_and_so_did_somebody_who_left_since(house, cluster):
    olga = await an_official(house, "national_coordinator", "CZ")
    abroad = await an_official(house, "national_coordinator", "JO")
    event = await announce(cluster.anna, cluster, 5)
    for asker in (olga, cluster.dan):
        told(await ask(asker, event, site(event)))
    await begin(house, event)
    told(await cluster.hana.clusters.delete(f"/v1/staff/{cluster.staff['dan']}"))
    await house.catch_up()
    assert wrong_fields(await mark(cluster.anna, event, olga, abroad)) == {"/came": "person_unknown"}
    told(await mark(cluster.anna, event, olga, cluster.dan))
    came = {person["name"]: person["school"] for person in (await marked(cluster.ben, event))["came"]}
    (school,) = await house.rows("events", "select name from school where id = $1", cluster.mentee)
    assert came == {"Olga": "", "دان": school["name"]}


async def test_what_waits_for_a_mark_is_shown_to_a_national_organiser(house, cluster):
    olga = await an_official(house, "national_coordinator", "CZ")
    event = await announce(olga, cluster, 5, days=-1)
    assert [item["id"] for item in told(await olga.events.get("/v1/today"))["to_mark"]] == [event["id"]]


async def test_a_correction_ends_a_row_and_keeps_it(house, cluster):
    event = await announce(cluster.anna, cluster, 5, days=-1)
    told(await mark(cluster.anna, event, cluster.cara, cluster.dan))
    told(await mark(cluster.ben, event, cluster.dan, cluster.hana))
    told(await mark(cluster.anna, event, cluster.cara, cluster.dan, cluster.hana))
    rows = await house.rows(
        "events",
        "select person_id, marked_by, undone_by from attendance where event_id = $1 order by marked_at, undone_at",
        event["id"],
    )
    of_cara = [(row["marked_by"], row["undone_by"]) for row in rows if row["person_id"] == cluster.cara.id]
    assert of_cara == [(cluster.anna.id, cluster.ben.id), (cluster.anna.id, None)]
    assert len(rows) == 4


async def test_marking_the_same_again_tells_nothing_new(house, cluster):
    event = await announce(cluster.anna, cluster, 5, days=-1)
    for _ in range(2):
        told(await mark(cluster.anna, event, cluster.cara))
    facts = await house.rows(
        "events",
        "select 1 from fact where kind = 'attendance.recorded' and data->>'event_id' = $1",
        event["id"],
    )
    assert len(facts) == 1


async def test_that_nobody_came_at_all_is_marked_too(house, cluster):
    event = await announce(cluster.anna, cluster, 5, days=-1)
    assert (await show(cluster.anna, event["id"]))["came"] is None
    version = told(await mark(cluster.anna, event, version='"0"'))["version"]
    assert told(await cluster.anna.events.get("/v1/today"))["to_mark"] == []
    assert (await show(cluster.anna, event["id"]))["came"] == 0
    assert await marked(cluster.anna, event) == {"came": [], "version": version}
    assert told(await mark(cluster.anna, event))["version"] == version
    assert told(await mark(cluster.anna, event, cluster.cara, version=f'"{version}"'))["came"] == 1


async def test_nobody_came_before_it_began(cluster):
    event = await announce(cluster.anna, cluster, 5)
    assert refusal(await mark(cluster.anna, event, cluster.cara)) == (409, "not-begun")
    assert "mark_attendance" not in event["can"]


async def test_nobody_came_to_an_event_that_was_cancelled(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await cluster.anna.events.post(f"/v1/events/{event['id']}/cancellation", json={}), 201)
    await begin(house, event)
    assert refusal(await mark(cluster.anna, event, cluster.cara)) == (409, "event-cancelled")
    assert "mark_attendance" not in (await show(cluster.anna, event["id"]))["can"]


async def test_a_stranger_cannot_have_come(house, cluster):
    event = await announce(cluster.anna, cluster, 5, days=-1)
    other = await a_cluster(house)
    assert wrong_fields(await mark(cluster.anna, event, cluster.cara, other.cara)) == {"/came": "person_unknown"}
    assert (await show(cluster.anna, event["id"]))["came"] is None


async def test_teachers_do_not_mark(cluster):
    event = await announce(cluster.anna, cluster, 5, days=-1)
    assert refusal(await mark(cluster.cara, event, cluster.cara)) == (403, "forbidden")


async def test_what_waits_for_a_mark_is_shown_to_the_organiser(cluster):
    event = await announce(cluster.anna, cluster, 5, days=-1)
    assert [item["id"] for item in told(await cluster.anna.events.get("/v1/today"))["to_mark"]] == [event["id"]]
    assert told(await cluster.ben.events.get("/v1/today"))["to_mark"] == []
    told(await mark(cluster.anna, event, cluster.cara))
    assert told(await cluster.anna.events.get("/v1/today"))["to_mark"] == []

"""Who asks for a place gets it, or waits in the order of asking."""

from uuid import uuid4

from tests.events.making import announce, ask, registered, room, show, site, terms, withdraw
from tests.people import a_cluster, a_person, an_official, refusal, told, wrong_fields
from tests.statements import Statements


async def test_a_teacher_gets_a_place_until_the_site_is_full(cluster):
    event = await announce(cluster.anna, cluster, 1)
    first = told(await ask(cluster.cara, event, site(event)))
    assert (first["placed"], first["waits_for"]) == (site(event), None)
    second = told(await ask(cluster.dan, event, site(event)))
    assert (second["placed"], second["waits_for"], second["position"]) == (None, site(event), 1)
    place = (await show(cluster.ben, event["id"]))["places"][0]
    assert (place["taken"], place["waiting"]) == (1, 1)


async def test_asking_again_for_the_same_changes_nothing(house, cluster):
    event = await announce(cluster.anna, cluster, 1)
    asked = [told(await ask(cluster.cara, event, site(event))) for _ in range(3)]
    assert asked[0] == asked[1] == asked[2]
    jobs = await house.rows(
        "events", "select 1 from pgqueuer where payload like $1", f"%{asked[0]['registration_id']}%".encode()
    )
    assert len(jobs) == 1


async def test_a_place_costs_as_few_statements_as_a_turn_in_the_line(house, cluster, monkeypatch):
    event = await announce(cluster.anna, cluster, 1)
    counter, counts = Statements(house.database("events"), monkeypatch), []
    for asker in (cluster.cara, cluster.dan):
        counter.count = 0
        told(await ask(asker, event, site(event)))
        counts.append(counter.count)
    assert counts == [10, 11]


async def test_who_waits_may_take_part_online_meanwhile(cluster):
    event = await announce(cluster.anna, cluster, 1)
    told(await ask(cluster.cara, event, site(event)))
    waiting = told(await ask(cluster.dan, event, site(event), meanwhile=True))
    assert (waiting["placed"], waiting["waits_for"]) == (room(event), site(event))


async def test_the_first_in_line_moves_up_when_somebody_withdraws(cluster):
    event = await announce(cluster.anna, cluster, 1)
    for asker in (cluster.cara, cluster.dan, cluster.hana):
        told(await ask(asker, event, site(event), meanwhile=asker is cluster.dan))
    told(await withdraw(cluster.cara, event), 204)
    dan, hana = await show(cluster.dan, event["id"]), await show(cluster.hana, event["id"])
    assert (dan["mine"]["placed"], dan["mine"]["waits_for"]) == (site(event), None)
    assert (hana["mine"]["waits_for"], hana["mine"]["position"]) == (site(event), 1)
    assert (await show(cluster.cara, event["id"]))["mine"] is None


async def test_whoever_switches_to_another_place_frees_the_first(cluster):
    event = await announce(cluster.anna, cluster, 1, 5)
    told(await ask(cluster.cara, event, site(event)))
    told(await ask(cluster.dan, event, site(event)))
    told(await ask(cluster.cara, event, site(event, 1)))
    assert (await show(cluster.dan, event["id"]))["mine"]["placed"] == site(event)


async def test_whoever_waits_elsewhere_keeps_the_place_they_have(cluster):
    event = await announce(cluster.anna, cluster, 1, 1)
    told(await ask(cluster.cara, event, site(event)))
    told(await ask(cluster.dan, event, site(event, 1)))
    switching = told(await ask(cluster.dan, event, site(event)))
    assert (switching["placed"], switching["waits_for"]) == (site(event, 1), site(event))


async def test_whoever_comes_back_is_last_in_line(cluster):
    event = await announce(cluster.anna, cluster, 1)
    for asker in (cluster.cara, cluster.dan, cluster.hana):
        told(await ask(asker, event, site(event)))
    told(await withdraw(cluster.dan, event), 204)
    assert told(await ask(cluster.dan, event, site(event)))["position"] == 2


async def test_the_line_is_the_order_of_asking_whatever_clocks_say(house, cluster):
    event = await announce(cluster.anna, cluster, 1)
    for asker in (cluster.ben, cluster.cara):
        told(await ask(asker, event, site(event)))
    an_hour_ahead = "update wait set turn = turn + 3600000000 where until is null and place_id = $1"
    await house.rows("events", an_hour_ahead, site(event))
    assert told(await ask(cluster.dan, event, site(event)))["position"] == 2


async def test_whoever_left_is_withdrawn_and_the_next_moves_up(house, cluster):
    event = await announce(cluster.anna, cluster, 1)
    told(await ask(cluster.dan, event, site(event)))
    told(await ask(cluster.marie, event, site(event)))
    told(await cluster.hana.clusters.delete(f"/v1/staff/{cluster.staff['dan']}"))
    await house.catch_up()
    (coming,) = await registered(cluster.anna, event)
    assert (coming["person_id"], coming["placed"]) == (str(cluster.marie.id), site(event))
    assert [notice["kind"] for notice in await notices_of(cluster.marie)] == ["registration_moved"]
    assert {notice["kind"]: notice["path"] for notice in await notices_of(cluster.dan)} == {
        "registration_withdrawn": "/events",
        "staff_ended": "/profile",
    }


async def test_everybody_of_a_school_that_left_is_withdrawn(house, cluster):
    event = await announce(cluster.anna, cluster, 1)
    for asker in (cluster.dan, cluster.cara, cluster.marie):
        told(await ask(asker, event, site(event)))
    demo = await house.as_service("demo")
    told(await demo.clusters.delete(f"/v1/memberships/{cluster.memberships['mentee']}"))
    await house.catch_up()
    (coming,) = await registered(cluster.anna, event)
    assert (coming["person_id"], coming["placed"]) == (str(cluster.marie.id), site(event))
    assert [notice["kind"] for notice in await notices_of(cluster.cara)] == ["registration_withdrawn"]


async def test_whoever_left_one_school_of_two_stays_registered(house, cluster):
    event = await announce(cluster.anna, cluster, 1)
    told(await ask(cluster.dan, event, site(event)))
    await a_person(house, cluster.mentor, mail=cluster.addresses["dan"])
    told(await cluster.hana.clusters.delete(f"/v1/staff/{cluster.staff['dan']}"))
    await house.catch_up()
    assert [coming["person_id"] for coming in await registered(cluster.anna, event)] == [str(cluster.dan.id)]


async def test_an_official_whose_office_ended_is_withdrawn(house, cluster):
    olga = await an_official(house, "national_coordinator", "CZ")
    event = await announce(cluster.anna, cluster, 1)
    told(await ask(olga, event, site(event)))
    (office,) = await house.rows("clusters", "select id from office where person_id = $1", olga.id)
    demo = await house.as_service("demo")
    told(await demo.clusters.delete(f"/v1/offices/{office['id']}"))
    await house.catch_up()
    assert await registered(cluster.anna, event) == []


async def test_whoever_left_a_moment_ago_can_be_withdrawn_but_not_registered(house, cluster):
    event = await announce(cluster.anna, cluster, 1)
    told(await ask(cluster.dan, event, site(event)))
    told(await cluster.hana.clusters.delete(f"/v1/staff/{cluster.staff['dan']}"))
    await house.hear()
    assert refusal(await ask(cluster.anna, event, room(event), person=cluster.dan)) == (404, "not-found")
    assert refusal(await withdraw(cluster.marie, event, cluster.dan)) == (403, "forbidden")
    told(await withdraw(cluster.ben, event, cluster.dan), 204)
    assert refusal(await withdraw(cluster.anna, event, cluster.dan)) == (404, "not-found")
    await house.catch_up()


async def test_a_notice_is_for_what_somebody_else_did(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, site(event)))
    told(await ask(cluster.ben, event, site(event), person=cluster.dan))
    await house.catch_up()
    told(await withdraw(cluster.ben, event, cluster.cara), 204)
    told(await withdraw(cluster.dan, event), 204)
    await house.catch_up()
    assert [notice["kind"] for notice in await notices_of(cluster.cara)] == ["registration_withdrawn"]
    assert [notice["kind"] for notice in await notices_of(cluster.dan)] == ["registration_placed"]


async def notices_of(asker):
    """What they were told since the event was announced."""
    notices = told(await asker.clusters.get("/v1/notices"))["items"]
    return [notice for notice in notices if notice["kind"] != "event_announced"]


async def test_coordinators_register_their_own_teachers_and_the_mentor_everybody(cluster):
    event = await announce(cluster.anna, cluster, 9)
    told(await ask(cluster.ben, event, site(event), person=cluster.cara))
    told(await ask(cluster.anna, event, site(event), person=cluster.dan))
    assert refusal(await ask(cluster.ben, event, site(event), person=cluster.marie)) == (403, "forbidden")
    assert refusal(await ask(cluster.cara, event, site(event), person=cluster.dan)) == (403, "forbidden")


async def test_nobody_outside_the_cluster_is_registered(house, cluster):
    other = await a_cluster(house)
    event = await announce(cluster.anna, cluster, 9)
    assert refusal(await ask(cluster.anna, event, site(event), person=other.cara)) == (404, "not-found")
    assert refusal(await ask(other.cara, event, site(event))) == (404, "not-found")
    assert refusal(await house.guest.events.get(f"/v1/events/{event['id']}")) == (401, "unauthenticated")


async def test_a_place_of_another_event_is_the_wrong_field(cluster):
    event, other = await announce(cluster.anna, cluster, 9), await announce(cluster.anna, cluster, 9)
    for place_id in (site(other), str(uuid4())):
        assert wrong_fields(await ask(cluster.cara, event, place_id)) == {"/place_id": "place_unknown"}


async def test_nobody_withdraws_twice(cluster):
    event = await announce(cluster.anna, cluster, 9)
    assert refusal(await withdraw(cluster.cara, event)) == (409, "not-registered")


async def test_an_event_that_is_over_takes_nobody(cluster):
    event = await announce(cluster.anna, cluster, 9, days=-1)
    assert refusal(await ask(cluster.cara, event, site(event))) == (409, "event-over")
    assert refusal(await withdraw(cluster.cara, event)) == (409, "event-over")
    assert "register" not in (await show(cluster.cara, event["id"]))["can"]


async def test_an_event_that_is_over_is_neither_cancelled_nor_described_anew(cluster):
    event = await announce(cluster.anna, cluster, 9, days=-1)
    assert "change" not in event["can"]
    cancelled = await cluster.anna.events.post(f"/v1/events/{event['id']}/cancellation", json={})
    assert refusal(cancelled) == (409, "event-over")
    words = {"title": "Too late", "format": "panel"}
    path, headers = f"/v1/events/{event['id']}/description", {"If-Match": '"1"'}
    assert refusal(await cluster.anna.events.put(path, json=words, headers=headers)) == (409, "event-over")


async def test_a_cancelled_event_takes_nobody_and_tells_everybody_once(house, cluster):
    event = await announce(cluster.anna, cluster, 9)
    told(await ask(cluster.cara, event, site(event)))
    where = f"/v1/events/{event['id']}/cancellation"
    told(await cluster.anna.events.post(where, json={"reason": "Snow"}), 201)
    assert refusal(await cluster.anna.events.post(where, json={})) == (409, "event-cancelled")
    assert refusal(await ask(cluster.dan, event, site(event))) == (409, "event-cancelled")
    await house.catch_up()
    notices = await notices_of(cluster.cara)
    assert [notice["kind"] for notice in notices] == ["event_cancelled"]
    assert notices[0]["params"]["reason"] == "Snow"


async def test_the_link_of_the_room_is_for_those_who_are_in_it(cluster):
    event = await announce(cluster.anna, cluster, 9)
    told(await ask(cluster.cara, event, room(event)))
    told(await ask(cluster.dan, event, site(event)))
    links = {
        name: [place["link"] for place in (await show(asker, event["id"]))["places"] if place["online"]]
        for name, asker in {"cara": cluster.cara, "dan": cluster.dan, "anna": cluster.anna}.items()
    }
    assert links == {"cara": ["https://meet.test/room"], "dan": [None], "anna": ["https://meet.test/room"]}


async def test_a_listed_event_says_how_i_stand(cluster):
    event = await announce(cluster.anna, cluster, 1)
    told(await ask(cluster.cara, event, site(event)))
    told(await ask(cluster.dan, event, site(event)))
    for asker, state in ((cluster.cara, "placed"), (cluster.dan, "waiting"), (cluster.hana, None)):
        (item,) = told(await asker.events.get("/v1/events"))["items"]
        assert (item["my_state"], item["coming"], item["waiting"], item["mode"]) == (state, 1, 1, "hybrid")


async def test_events_that_make_no_sense_are_refused_at_their_field(cluster):
    wrong = {
        "/ends_at": ("end_before_start", {"ends_at": "2030-05-01T09:00", "starts_at": "2030-05-01T10:00"}),
        "/sites": ("place_missing", {"sites": [], "online_room": None}),
        "/zone": ("zone_unknown", {"zone": "Europe/Peruc"}),
        "/online_room/link": ("link_invalid", {"online_room": {"link": "no link"}}),
        "/title": ("string_too_long", {"title": "x" * 300}),
        "/sites/0/capacity": ("greater_than_equal", {"sites": [{"name": "S", "capacity": 0}]}),
    }
    for pointer, (code, changes) in wrong.items():
        new = {"cluster_id": cluster.id, "title": "T", "format": "workshop"} | terms(5) | changes
        assert wrong_fields(await cluster.anna.events.post("/v1/events", json=new)) == {pointer: code}

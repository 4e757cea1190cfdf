"""An event changes, and nobody is lost."""

from collections import Counter

from tests.events.making import announce, ask, registered, room, show, site, terms
from tests.people import a_person, refusal, told, wrong_fields
from tests.statements import Statements

ONLINE = {"link": "https://meet.test/room"}


async def a_full_event(cluster):
    """Cara and dan sit on two sites, hana waits for the first, ben is online, marie waits and is online meanwhile."""
    event = await announce(cluster.anna, cluster, 1, 1)
    told(await ask(cluster.cara, event, site(event)))
    told(await ask(cluster.dan, event, site(event, 1)))
    told(await ask(cluster.hana, event, site(event)))
    told(await ask(cluster.ben, event, room(event)))
    told(await ask(cluster.marie, event, site(event), meanwhile=True))
    return await show(cluster.anna, event["id"])


def as_it_is(event, **changes):
    sites = [
        {key: place[key] for key in ("id", "name", "address", "capacity")}
        for place in event["places"]
        if not place["online"]
    ]
    return (
        {key: event[key] for key in ("zone", "starts_at", "ends_at")}
        | {"sites": sites, "online_room": ONLINE}
        | changes
    )


async def preview(asker, event, wanted):
    return told(await asker.events.post(f"/v1/events/{event['id']}/changes/preview", json=wanted))


async def change(asker, event, wanted, version=None):
    headers = {"If-Match": f'"{version or event["version"]}"'}
    return await asker.events.post(f"/v1/events/{event['id']}/changes", json=wanted, headers=headers)


async def seats(asker, event):
    return {person["person_id"]: (person["placed"], person["waits_for"]) for person in await registered(asker, event)}


async def test_what_is_shown_first_is_what_happens(house, cluster):
    event = await a_full_event(cluster)
    wanted = as_it_is(event, sites=[], reason="Ice on the roads")
    shown = await preview(cluster.anna, event, wanted)
    assert await show(cluster.anna, event["id"]) == event
    done = told(await change(cluster.anna, event, wanted, shown["version"]), 201)
    (row,) = await house.rows("events", "select effects from change where id = $1", done["id"])
    names = await house.rows("events", "select id, person_id from registration where event_id = $1", event["id"])
    person_of = {str(name["id"]): str(name["person_id"]) for name in names}
    applied = {person_of[registration]: effect for registration, effect in row["effects"].items()}
    assert applied == {effect["person_id"]: effect["effect"] for effect in shown["effects"]}
    assert done["what"] == shown["what"] == ["places", "moved_online"]


async def test_moved_online_everybody_takes_part_and_whoever_was_not_there_is_told_once(house, cluster):
    event = await a_full_event(cluster)
    await house.catch_up()
    before = await seats(cluster.anna, event)
    told(await change(cluster.anna, event, as_it_is(event, sites=[], reason="Ice")), 201)
    after, people = await show(cluster.anna, event["id"]), await seats(cluster.anna, event)
    assert {placed for placed, _ in people.values()} == {room(after)}
    assert people.keys() == before.keys()
    assert (after["mode"], after["sequence"], after["version"]) == ("online", 1, 2)
    assert (after["last_change"]["reason"], after["last_change"]["before"]["sites"]) == (
        "Ice",
        ["Site 0", "Site 1"],
    )
    await house.catch_up()
    mails = await house.rows(
        "clusters",
        "select address.person_id, mailbox_mail.calendar from mailbox_mail join address using (mail) "
        "where address.person_id = any($1) and calendar like '%SEQUENCE:1%'",
        list(people),
    )
    concerned = people.keys() - {str(cluster.ben.id)}
    assert Counter(str(mail["person_id"]) for mail in mails) == dict.fromkeys(concerned, 1)
    assert {f"UID:{event['id']}@staffroom" in mail["calendar"] for mail in mails} == {True}


async def test_many_are_moved_in_as_many_statements_as_few(house, cluster, monkeypatch):
    colleagues = [await a_person(house, cluster.mentee) for _ in range(9)]
    await house.hear()
    askers = [await house.as_person(person["person_id"]) for person in colleagues]
    counter = Statements(house.database("events"), monkeypatch)
    counts = [await statements_of_moving_online(counter, cluster, askers[:size]) for size in (2, 9)]
    assert counts[0] == counts[1]


async def statements_of_moving_online(counter, cluster, askers):
    event = await announce(cluster.anna, cluster, 20)
    for asker in askers:
        told(await ask(asker, event, site(event)))
    counter.count = 0
    told(await change(cluster.anna, event, as_it_is(event, sites=[])), 201)
    count = counter.count
    assert {placed for placed, _ in (await seats(cluster.anna, event)).values()} == {room(event)}
    return count


async def test_a_site_that_is_given_up_moves_its_people_online(cluster):
    event = await a_full_event(cluster)
    wanted = as_it_is(event)
    wanted["sites"] = wanted["sites"][1:]
    effects = {e["name"]: e["effect"] for e in (await preview(cluster.anna, event, wanted))["effects"]}
    assert effects == {
        "Cara Sykes": "moves_online",
        "دان": "stays",
        "Hana Velká": "moves_online",
        "Ben Hill": "stays",
        "Marie Malá": "stays",
    }
    told(await change(cluster.anna, event, wanted), 201)
    after = await seats(cluster.anna, event)
    assert after[str(cluster.dan.id)] == (site(event, 1), None)
    assert after[str(cluster.cara.id)] == (room(event), None)


async def test_more_places_let_those_who_wait_in(cluster):
    event = await a_full_event(cluster)
    wanted = as_it_is(event)
    wanted["sites"][0]["capacity"] = 2
    effects = {e["name"]: e["effect"] for e in (await preview(cluster.anna, event, wanted))["effects"]}
    assert (effects["Hana Velká"], effects["Marie Malá"]) == ("gets_seat", "stays")
    told(await change(cluster.anna, event, wanted), 201)
    after = await seats(cluster.anna, event)
    assert after[str(cluster.hana.id)] == (site(event), None)
    assert after[str(cluster.marie.id)] == (room(event), site(event))


async def test_fewer_places_send_nobody_away(cluster):
    event = await announce(cluster.anna, cluster, 3)
    for asker in (cluster.cara, cluster.dan, cluster.hana):
        told(await ask(asker, event, site(event)))
    wanted = as_it_is(event)
    wanted["sites"][0]["capacity"] = 1
    told(await change(cluster.anna, event, wanted), 201)
    assert {placed for placed, _ in (await seats(cluster.anna, event)).values()} == {site(event)}
    assert told(await ask(cluster.ben, event, site(event)))["position"] == 1


async def test_another_time_keeps_every_seat(cluster):
    event = await a_full_event(cluster)
    later = terms(days=9)
    wanted = as_it_is(event, starts_at=later["starts_at"], ends_at=later["ends_at"])
    assert (await preview(cluster.anna, event, wanted))["what"] == ["time"]
    before = await seats(cluster.anna, event)
    told(await change(cluster.anna, event, wanted), 201)
    assert await seats(cluster.anna, event) == before


async def test_nothing_changes_when_nothing_is_changed(cluster):
    event = await a_full_event(cluster)
    done = told(await change(cluster.anna, event, as_it_is(event)), 201)
    assert (done["id"], done["what"], done["version"], done["sequence"]) == (None, [], 1, 0)


async def test_whoever_saw_an_older_version_is_told_so(cluster):
    event = await a_full_event(cluster)
    wanted = as_it_is(event, sites=[])
    told(await change(cluster.anna, event, wanted), 201)
    late = await change(cluster.anna, event, as_it_is(event))
    assert refusal(late) == (412, "changed")
    assert late.json()["params"] == {"version": 2}
    unnamed = await cluster.anna.events.post(f"/v1/events/{event['id']}/changes", json=wanted)
    assert refusal(unnamed) == (428, "precondition-required")


async def test_changes_that_make_no_sense_are_refused_at_their_field(cluster):
    event = await a_full_event(cluster)
    nowhere = as_it_is(event, sites=[], online_room=None)
    assert wrong_fields(await change(cluster.anna, event, nowhere)) == {"/sites": "place_missing"}
    backwards = as_it_is(event, ends_at=event["starts_at"])
    assert wrong_fields(await change(cluster.anna, event, backwards)) == {"/ends_at": "end_before_start"}
    assert await show(cluster.anna, event["id"]) == event


async def test_a_site_named_twice_is_refused(cluster):
    event = await a_full_event(cluster)
    wanted = as_it_is(event)
    wanted["sites"].append(wanted["sites"][0])
    assert wrong_fields(await change(cluster.anna, event, wanted)) == {"/sites": "site_twice"}


async def test_only_those_who_run_it_change_it(cluster):
    event = await a_full_event(cluster)
    answer = await change(cluster.ben, event, as_it_is(event, sites=[]))
    assert refusal(answer) == (403, "forbidden")


async def test_a_new_description_touches_no_registration(cluster):
    event = await a_full_event(cluster)
    words = {"title": "<b>Peer review</b>", "description": "…", "format": "panel"}
    where = f"/v1/events/{event['id']}/description"
    told(await cluster.anna.events.put(where, json=words, headers={"If-Match": '"1"'}))
    after = await show(cluster.anna, event["id"])
    assert (after["title"], after["sequence"], after["version"]) == ("<b>Peer review</b>", 0, 2)
    assert refusal(await cluster.anna.events.put(where, json=words, headers={"If-Match": '"1"'})) == (
        412,
        "changed",
    )


async def test_an_event_speaks_the_language_of_its_organiser_or_another(cluster):
    assert (await announce(cluster.anna, cluster, 5))["language"] == "cs"
    event = await announce(cluster.anna, cluster, 5, language="ar")
    assert event["language"] == "ar"
    where, words = f"/v1/events/{event['id']}/description", {"title": "Peer review", "format": "panel"}
    told(await cluster.anna.events.put(where, json=words, headers={"If-Match": '"1"'}))
    assert (await show(cluster.anna, event["id"]))["language"] == "ar"
    told(await cluster.anna.events.put(where, json=words | {"language": "en"}, headers={"If-Match": '"2"'}))
    listed = {item["id"]: item["language"] for item in told(await cluster.cara.events.get("/v1/events"))["items"]}
    assert listed[event["id"]] == (await show(cluster.anna, event["id"]))["language"] == "en"
    refused = await cluster.anna.events.put(where, json=words | {"language": "!"}, headers={"If-Match": '"3"'})
    assert wrong_fields(refused) == {"/language": "string_pattern_mismatch"}


async def test_an_event_whose_room_is_given_up_goes_on_at_its_sites_and_changes_there(cluster):
    event = await announce(cluster.anna, cluster, 2)
    done = told(await change(cluster.anna, event, as_it_is(event, online_room=None)), 201)
    assert done["what"] == ["places"]
    after = await show(cluster.anna, event["id"])
    assert [place["online"] for place in after["places"]] == [False]
    library = [as_it_is(after)["sites"][0] | {"name": "Library"}]
    told(await change(cluster.anna, after, as_it_is(after, online_room=None, sites=library)), 201)
    assert [place["name"] for place in (await show(cluster.anna, event["id"]))["places"]] == ["Library"]


async def test_words_that_stay_as_they_are_are_told_to_nobody(house, cluster):
    event = await announce(cluster.anna, cluster, 5, title="Reading", description="Bring a book")
    waiting = "select count(*) from pgqueuer where entrypoint = 'description.tell'"
    before = await house.rows("events", waiting)
    same = {"title": "Reading", "description": "Bring a book", "format": "panel"}
    told(await cluster.anna.events.put(f"/v1/events/{event['id']}/description", json=same, headers={"If-Match": '"1"'}))
    assert (await show(cluster.anna, event["id"]))["format"] == "panel"
    assert await house.rows("events", waiting) == before

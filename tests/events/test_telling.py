"""A change tells whom it concerns, what it means for them, and nobody else."""

import pytest

from tests.events.making import announce, ask, room, show, site, terms, withdraw
from tests.events.test_changes import a_full_event, as_it_is, change, preview
from tests.people import a_person, told


async def mails_about(house, cluster, event):
    """name: [(kind, text)] of the mails that were written about an event since the last time."""
    await house.catch_up()
    found = {}
    for name, address in cluster.addresses.items():
        rows = await house.rows(
            "clusters",
            "delete from mailbox_mail where mail = $1 and text like $2 returning subject, text, calendar",
            address,
            f"%/events/{event['id']}%",
        )
        if rows:
            found[name] = rows
    return found


async def notices_about(asker, event):
    notices = told(await asker.clusters.get("/v1/notices"))["items"]
    return [notice for notice in notices if notice["path"] == f"/events/{event['id']}"]


async def whom_it_tells(house, cluster, event, **changes):
    """Who is mailed because of a change, after the preview has said how many."""
    await mails_about(house, cluster, event)
    wanted = as_it_is(event, **changes)
    shown = await preview(cluster.anna, event, wanted)
    told(await change(cluster.anna, event, wanted), 201)
    mails = await mails_about(house, cluster, event)
    assert all(len(rows) == 1 for rows in mails.values())
    assert len(mails) == sum(effect["told"] for effect in shown["effects"])
    return mails


def sites_with(event, **changes):
    first, *others = as_it_is(event)["sites"]
    return {"sites": [first | changes, *others]}


@pytest.mark.parametrize(
    ("wanted", "concerned"),
    [
        (lambda event: sites_with(event, address="Street 2"), {"cara", "hana", "marie"}),
        (lambda event: sites_with(event, name="Gym"), {"cara", "hana", "marie"}),
        (lambda event: {"online_room": {"link": "https://meet.test/new"}}, {"ben", "marie"}),
        (lambda event: {"starts_at": terms(days=6)["starts_at"]}, {"ben", "cara", "dan", "hana", "marie"}),
        (lambda event: {"sites": [*as_it_is(event)["sites"], {"name": "Attic", "capacity": 3}]}, set()),
        (lambda event: sites_with(event, capacity=2), {"hana"}),
        (lambda event: {"online_room": {"link": "https://meet.test/room", "capacity": 50}}, set()),
        (lambda event: {"sites": as_it_is(event)["sites"][:1]}, {"dan"}),
        (lambda event: {"sites": as_it_is(event)["sites"][1:]}, {"cara", "hana", "marie"}),
        (lambda event: {"sites": []}, {"cara", "dan", "hana", "marie"}),
    ],
)
async def test_a_change_tells_those_whom_it_concerns(house, cluster, wanted, concerned):
    event = await a_full_event(cluster)
    assert (await whom_it_tells(house, cluster, event, **wanted(event))).keys() == concerned


async def test_more_seats_are_told_to_whom_they_give_a_place_and_say_that(house, cluster):
    event = await a_full_event(cluster)
    (mail,) = (await whom_it_tells(house, cluster, event, **sites_with(event, capacity=2)))["hana"]
    assert mail["subject"] == "Uvolnilo se pro vás místo: Writing together"
    assert "STATUS:CONFIRMED" in mail["calendar"]
    told_in_app = await notices_about(cluster.hana, event)
    assert told_in_app[0]["kind"] == "registration_moved"


async def test_who_moves_online_gets_the_link_with_the_mail_and_nowhere_else(house, cluster):
    event = await a_full_event(cluster)
    mails = await whom_it_tells(house, cluster, event, sites=[])
    for name in ("cara", "dan", "hana"):
        assert "https://meet.test/room" in mails[name][0]["text"].splitlines(), name
    assert "This meeting moves online." in mails["cara"][0]["text"]
    told_in_app = await notices_about(cluster.cara, event)
    assert told_in_app[0]["params"]["what"] == ["moved_online"]
    assert "meet.test" not in str(told_in_app)


async def test_who_comes_online_gets_the_link_and_who_sits_on_site_does_not(house, cluster):
    event = await announce(cluster.anna, cluster, 1)
    told(await ask(cluster.cara, event, room(event)))
    told(await ask(cluster.dan, event, site(event)))
    told(await ask(cluster.marie, event, site(event), meanwhile=True))
    mails = await mails_about(house, cluster, event)
    texts = {name: "\n".join(mail["text"] for mail in rows).splitlines() for name, rows in mails.items()}
    assert {name for name, lines in texts.items() if "https://meet.test/room" in lines} == {"cara", "marie"}


async def test_who_waited_for_a_place_that_goes_keeps_the_one_they_have_and_is_told(house, cluster):
    event = await a_full_event(cluster)
    mails = await whom_it_tells(house, cluster, event, sites=as_it_is(event)["sites"][1:])
    assert "The place that you waited for is given up; you keep the one that you have." in mails["marie"][0]["text"]
    assert (await show(cluster.marie, event["id"]))["mine"]["waits_for"] is None


async def test_an_announcement_tells_the_members_of_the_cluster_once_and_not_the_organiser(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    mails = await mails_about(house, cluster, event)
    assert {name: len(rows) for name, rows in mails.items()} == dict.fromkeys(cluster.addresses.keys() - {"anna"}, 1)
    assert mails["hana"][0]["subject"] == "Pozvánka: Writing together"
    for asker in (cluster.ben, cluster.dan):
        (notice,) = await notices_about(asker, event)
        assert (notice["kind"], notice["params"]["title"]) == ("event_announced", "Writing together")
    assert await notices_about(cluster.anna, event) == []


async def test_who_left_before_the_announcement_went_out_hears_nothing_of_it(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await cluster.hana.clusters.delete(f"/v1/staff/{cluster.staff['dan']}"))
    await house.hear()
    assert "dan" not in await mails_about(house, cluster, event)


async def test_a_past_event_is_not_announced_and_a_cancelled_one_no_more(house, cluster):
    past = await announce(cluster.anna, cluster, 5, days=-1)
    cancelled = await announce(cluster.anna, cluster, 5)
    told(await cluster.anna.events.post(f"/v1/events/{cancelled['id']}/cancellation", json={}), 201)
    assert (await mails_about(house, cluster, past), await mails_about(house, cluster, cancelled)) == ({}, {})


async def test_an_announcement_goes_out_in_sets(house, cluster, monkeypatch):
    monkeypatch.setattr("services.events.events.actions.TOLD_AT_ONCE", 2)
    event = await announce(cluster.anna, cluster, 5)
    jobs = await house.rows("events", "select 1 from pgqueuer where entrypoint = 'announcement.tell'")
    assert len(jobs) == 3
    assert (await mails_about(house, cluster, event)).keys() == cluster.addresses.keys() - {"anna"}


async def test_the_longest_words_reach_many_people(house, cluster):
    people = [await a_person(house, cluster.mentee) for _ in range(45)]
    await house.hear()
    event = await announce(cluster.anna, cluster, 60, description="ž𝄞" * 2_500)
    for person in people:
        told(await ask(await house.as_person(person["person_id"]), event, site(event)))
    await house.catch_up()
    told(await change(cluster.anna, event, as_it_is(event, starts_at=terms(days=6)["starts_at"])), 201)
    await house.catch_up()
    changed = "select count(*) as n from mailbox_mail where mail = any($1) and calendar like '%SEQUENCE:1%'"
    (count,) = await house.rows("clusters", changed, [person["mail"] for person in people])
    assert count["n"] == len(people)


async def test_whoever_withdrew_is_told_of_no_change(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, site(event)))
    told(await withdraw(cluster.cara, event), 204)
    assert await whom_it_tells(house, cluster, event, **sites_with(event, name="Gym")) == {}

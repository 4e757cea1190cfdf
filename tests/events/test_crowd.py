"""Two hundred people want fifty places at the same moment."""

import asyncio

import pytest

from tests.events.making import announce, ask, registered, show, site
from tests.house import Asker, bearing
from tests.people import a_cluster, a_person, told

PEOPLE, PLACES = 200, 50


@pytest.mark.proof
async def test_two_hundred_at_once_fill_fifty_places_and_nobody_is_lost(house):
    cluster = await a_cluster(house)
    joined = [(await a_person(house, cluster.mentee))["person_id"] for _ in range(PEOPLE)]
    await house.hear()
    askers = [Asker(house.hosts, bearing(await house.token_of(person)), person) for person in joined]
    event = await announce(cluster.anna, cluster, PLACES)
    answers = await asyncio.gather(*(ask(asker, event, site(event)) for asker in askers))
    seats = [told(answer) for answer in answers]
    placed = [seat for seat in seats if seat["placed"]]
    waiting = [seat for seat in seats if seat["waits_for"]]
    assert (len(placed), len(waiting)) == (PLACES, PEOPLE - PLACES)
    assert sorted(seat["position"] for seat in waiting) == list(range(1, PEOPLE - PLACES + 1))
    place = (await show(cluster.anna, event["id"]))["places"][0]
    assert (place["taken"], place["waiting"]) == (PLACES, PEOPLE - PLACES)
    await the_line_is_the_order_of_the_facts(house, event, waiting)
    await leaving_lets_the_first_in_line_move_up(askers, event, placed, waiting, cluster)


async def the_line_is_the_order_of_the_facts(house, event, waiting):
    await house.hear()
    facts = await house.rows(
        "events",
        "select data->>'registration_id' as id from fact where kind = 'registration.waiting' "
        "and data->>'event_id' = $1 order by place",
        event["id"],
    )
    in_line = [seat["registration_id"] for seat in sorted(waiting, key=lambda seat: seat["position"])]
    assert [fact["id"] for fact in facts] == in_line


async def leaving_lets_the_first_in_line_move_up(askers, event, placed, waiting, cluster):
    leaving = {seat["person_id"] for seat in placed[:5]}
    gone = [asker for asker in askers if asker.id in leaving]
    answers = await asyncio.gather(
        *(asker.events.delete(f"/v1/events/{event['id']}/registrations/{asker.id}") for asker in gone)
    )
    assert [answer.status_code for answer in answers] == [204] * 5
    first = {seat["person_id"] for seat in waiting if seat["position"] <= 5}
    sitting = {person["person_id"] for person in await registered(cluster.anna, event) if person["placed"]}
    assert sitting == ({seat["person_id"] for seat in placed} - leaving) | first

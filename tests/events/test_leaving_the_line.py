"""Who waits can leave the line, and keeps the place that they have meanwhile."""

from uuid import UUID

from services.events.registration.actions import withdraw_who_left
from tests.events.making import announce, ask, registered, room, show, site
from tests.events.test_calendars import meeting, sent_to
from tests.people import refusal, told


async def leave(asker, event, person=None):
    return await asker.events.delete(f"/v1/events/{event['id']}/registrations/{(person or asker).id}/wait")


async def a_line(cluster):
    """Cara sits on site, dan waits and is online meanwhile, hana only waits."""
    event = await announce(cluster.anna, cluster, 1)
    told(await ask(cluster.cara, event, site(event)))
    told(await ask(cluster.dan, event, site(event), meanwhile=True))
    told(await ask(cluster.hana, event, site(event)))
    return event


async def test_whoever_is_online_meanwhile_stays_online(house, cluster):
    event = await a_line(cluster)
    await house.catch_up()
    told(await leave(cluster.dan, event), 204)
    mine = (await show(cluster.dan, event["id"]))["mine"]
    assert (mine["placed"], mine["waits_for"]) == (room(event), None)
    assert (await show(cluster.hana, event["id"]))["mine"]["position"] == 1
    await house.catch_up()
    facts = await house.rows("events", "select kind, data from fact where data->>'event_id' = $1", event["id"])
    (ended,) = [fact["data"] for fact in facts if fact["kind"] == "registration.wait_ended"]
    assert (ended["person_id"], ended["place_id"]) == (str(cluster.dan.id), site(event))
    told_of = meeting((await sent_to(house, cluster, "dan"))[-1])
    assert (told_of["LOCATION"], told_of["STATUS"]) == ("https://meet.test/room", "CONFIRMED")


async def test_whoever_has_no_place_is_withdrawn_with_it(cluster):
    event = await a_line(cluster)
    told(await leave(cluster.hana, event), 204)
    assert str(cluster.hana.id) not in {person["person_id"] for person in await registered(cluster.anna, event)}


async def test_whoever_does_not_wait_has_no_line_to_leave(cluster):
    event = await a_line(cluster)
    assert refusal(await leave(cluster.cara, event)) == (409, "not-waiting")
    assert refusal(await leave(cluster.ben, event)) == (409, "not-waiting")
    told(await leave(cluster.dan, event), 204)
    assert refusal(await leave(cluster.dan, event)) == (409, "not-waiting")


async def test_a_coordinator_takes_their_teacher_out_of_the_line_and_others_do_not(house, cluster):
    event = await a_line(cluster)
    await house.catch_up()
    assert refusal(await leave(cluster.marie, event, cluster.dan)) == (403, "forbidden")
    told(await leave(cluster.ben, event, cluster.dan), 204)
    await house.catch_up()
    notices = told(await cluster.dan.clusters.get("/v1/notices"))["items"]
    assert notices[0]["kind"] == "registration_placed"


async def test_where_everybody_still_belongs_nobody_is_withdrawn(house, cluster):
    """Two heard at once that somebody left: the second finds them withdrawn already."""
    event = await a_line(cluster)
    before = await registered(cluster.anna, event)
    async with house.database("events").writing() as connection:
        await withdraw_who_left(connection, UUID(event["id"]))
    assert await registered(cluster.anna, event) == before

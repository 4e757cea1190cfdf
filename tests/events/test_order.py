"""Who comes stands in the order of the reader's language, on each page of the list and in what is counted."""

from tests.events.making import announce, ask, begin, room
from tests.people import a_person, told

NAMES = ["Horák", "Chalupa", "Cibulka", "Černá", "Šimek", "Sova"]
CZECH = ["Cibulka", "Černá", "Horák", "Chalupa", "Sova", "Šimek"]
ENGLISH = ["Černá", "Chalupa", "Cibulka", "Horák", "Šimek", "Sova"]


async def meeting_of_all(house, cluster):
    event = await announce(cluster.anna, cluster, 9)
    people = [(await a_person(house, cluster.mentor, "teacher", name=name))["person_id"] for name in NAMES]
    await house.hear()
    for person_id in people:
        told(await ask(cluster.anna, event, room(event), person=await house.as_person(person_id)))
    return event, people


async def names_of(reader, event, limit):
    names, after = [], {}
    while after is not None:
        params = {"limit": limit} | after
        page = told(await reader.events.get(f"/v1/events/{event['id']}/registrations", params=params))
        names += [registered["name"] for registered in page["items"]]
        after = {"after": page["next"]} if page["next"] else None
    return names


async def test_registrations_stand_in_the_order_of_their_readers_language(house, cluster):
    event, _ = await meeting_of_all(house, cluster)
    for limit in (1, 4, 100):
        assert await names_of(cluster.anna, event, limit) == CZECH
        assert await names_of(cluster.ben, event, limit) == ENGLISH


async def test_who_came_stands_in_that_order_too(house, cluster):
    event, people = await meeting_of_all(house, cluster)
    await begin(house, event)
    path = f"/v1/events/{event['id']}/attendance"
    told(await cluster.anna.events.put(path, json={"came": people}, headers={"if-match": '"0"'}))
    came = told(await cluster.anna.events.get(path))["came"]
    assert [person["name"] for person in came] == CZECH

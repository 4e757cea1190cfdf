"""Events as tests need them."""

from datetime import timedelta

from kit.clock import now
from tests.people import told


def terms(*capacities, online=True, days=7, **more):
    """When and where: a site for each capacity, an hour long, so many days from now."""
    starts = now().replace(microsecond=0) + timedelta(days=days)
    return {
        "zone": "Europe/Prague",
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=1)).isoformat(),
        "sites": [{"name": f"Site {n}", "address": "Street 1", "capacity": c} for n, c in enumerate(capacities)],
        "online_room": {"link": "https://meet.test/room"} if online else None,
        "past": days < 0,
    } | more


async def announce(asker, cluster, *capacities, **more):
    new = {"cluster_id": cluster.id, "title": "Writing together", "format": "workshop"}
    answer = await asker.events.post("/v1/events", json=new | terms(*capacities, **more))
    return await show(asker, told(answer, 201)["id"])


async def show(asker, event_id):
    return told(await asker.events.get(f"/v1/events/{event_id}"))


async def begin(house, event):
    """It has begun an hour ago and is not over."""
    hour = "set starts_at = now() - interval '1 hour', ends_at = now() + interval '1 hour'"
    await house.rows("events", f"update event {hour} where id = $1", event["id"])


async def registered(asker, event):
    """Everybody who comes, with where they are placed and what they wait for."""
    found, after = [], {}
    while after is not None:
        page = told(await asker.events.get(f"/v1/events/{event['id']}/registrations", params=after))
        found += page["items"]
        after = {"after": page["next"]} if page["next"] else None
    return found


def site(event, number=0):
    return [place["id"] for place in event["places"] if not place["online"]][number]


def room(event):
    return next(place["id"] for place in event["places"] if place["online"])


async def ask(asker, event, place_id, *, person=None, meanwhile=False):
    person_id = (person or asker).id
    body = {"place_id": place_id, "meanwhile_online": meanwhile}
    return await asker.events.put(f"/v1/events/{event['id']}/registrations/{person_id}", json=body)


async def withdraw(asker, event, person=None):
    return await asker.events.delete(f"/v1/events/{event['id']}/registrations/{(person or asker).id}")

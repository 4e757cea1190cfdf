"""Announcing events, registering those who come, marking those who came."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

from demo.asking import Voices
from demo.clusters import Formed
from demo.reading import Event

SATURDAY = 5
ONLINE = "online"


def day_of(day: date | int, today: date) -> date:
    """A date as it is; so many days before or after today, moved away from today to the next weekday."""
    if isinstance(day, date):
        return day
    wanted = today + timedelta(day)
    step = timedelta(1 if day >= 0 else -1)
    while wanted.weekday() >= SATURDAY:
        wanted += step
    return wanted


async def hold_events(voices: Voices, cluster: Formed) -> dict[str, str]:
    """Every event of the cluster; their ids by key."""
    ids = await asyncio.gather(*(_hold(voices, cluster, event) for event in cluster.data.events))
    return {event.key: event_id for event, event_id in zip(cluster.data.events, ids, strict=True)}


async def _hold(voices: Voices, cluster: Formed, event: Event) -> str:
    organiser = voices.of(cluster.people[event.organiser])
    key = f"event/{cluster.data.key}/{event.key}"
    announced = await organiser.post("events", "/v1/events", _terms(cluster, event), key=key)
    event_id: str = announced["id"]
    if event.came:
        path = f"/v1/events/{event_id}/attendance"
        version = (await organiser.get("events", path))["version"]
        await organiser.put("events", path, {"came": _who_came(cluster, event)}, version=version)
    if event.coming:
        await _register(voices, cluster, event, event_id)
    return event_id


def _terms(cluster: Formed, event: Event) -> dict[str, Any]:
    schools = {school.key: school for school in cluster.data.schools}
    day = day_of(event.day, cluster.day)
    sites = [
        {
            "name": ", ".join(filter(None, (schools[site.school].name, site.room))),
            "address": schools[site.school].town,
            "school_id": cluster.schools[site.school],
            "capacity": site.capacity,
        }
        for site in event.sites
    ]
    return {
        "cluster_id": cluster.id,
        "title": event.title,
        "description": event.description,
        "language": event.language,
        "format": event.format,
        "zone": cluster.data.zone,
        "starts_at": datetime.combine(day, event.starts).isoformat(),
        "ends_at": datetime.combine(day, event.ends).isoformat(),
        "sites": sites,
        "online_room": {"link": event.room} if event.room else None,
    }


def _who_came(cluster: Formed, event: Event) -> list[str]:
    schools = {school.key: [person.key for person in school.people] for school in cluster.data.schools}
    came = [person for name in event.came for person in schools.get(name, [name])]
    return sorted({cluster.people[person] for person in came if person not in event.missing})


async def _register(voices: Voices, cluster: Formed, event: Event, event_id: str) -> None:
    """One after the other: the order of asking is the order of waiting."""
    path = f"/v1/events/{event_id}"
    shown = await voices.of(cluster.people[event.organiser]).get("events", path)
    if "register" not in shown["can"]:
        return
    keys = {school_id: key for key, school_id in cluster.schools.items()}
    places = {ONLINE if place["online"] else keys[place["school_id"]]: place["id"] for place in shown["places"]}
    for coming in event.coming:
        asked = {"place_id": places[coming.at], "meanwhile_online": coming.meanwhile_online}
        for person in coming.people:
            person_id = cluster.people[person]
            await voices.of(person_id).put("events", f"{path}/registrations/{person_id}", asked)

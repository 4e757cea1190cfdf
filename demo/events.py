"""Announcing events, registering those who come, marking those who came."""

import asyncio
from datetime import datetime
from typing import Any

from demo.asking import Voices
from demo.clusters import Formed
from demo.planning import ONLINE, PlannedEvent


async def hold_events(voices: Voices, cluster: Formed) -> dict[str, str]:
    """Every event of the cluster; their ids by key."""
    events = cluster.planned.events
    ids = await asyncio.gather(*(_hold(voices, cluster, event) for event in events))
    return {event.data.key: event_id for event, event_id in zip(events, ids, strict=True)}


async def _hold(voices: Voices, cluster: Formed, event: PlannedEvent) -> str:
    organiser, act = voices.of(cluster.people[event.data.organiser]), f"event/{event.data.key}"
    terms = _terms(cluster, event)
    announced = await organiser.post(
        "events", "/v1/events", terms, key=cluster.planned.key(act), at=cluster.planned.at(act)
    )
    path = f"/v1/events/{announced['id']}"
    await _register(voices, cluster, event, path)
    if event.came:
        path, came = f"{path}/attendance", sorted(cluster.people[person] for person in event.came)
        version = (await organiser.get("events", path))["version"]
        marked = cluster.planned.at(f"attendance/{event.data.key}")
        await organiser.change("events", path, {"came": came}, version=version, at=marked)
    event_id: str = announced["id"]
    return event_id


def _terms(cluster: Formed, event: PlannedEvent) -> dict[str, Any]:
    schools = {school.key: school for school in cluster.planned.data.schools}
    sites = [
        {
            "name": ", ".join(filter(None, (schools[site.school].name, site.room))),
            "address": schools[site.school].town,
            "school_id": cluster.schools[site.school],
            "capacity": site.capacity,
        }
        for site in event.data.sites
    ]
    return event.data.model_dump(include={"title", "description", "language", "format"}) | {
        "cluster_id": cluster.id,
        "zone": cluster.planned.data.zone,
        "starts_at": datetime.combine(event.day, event.data.starts).isoformat(),
        "ends_at": datetime.combine(event.day, event.data.ends).isoformat(),
        "sites": sites,
        "online_room": {"link": event.data.room} if event.data.room else None,
    }


async def _register(voices: Voices, cluster: Formed, event: PlannedEvent, path: str) -> None:
    """One after the other: the order of asking is the order of waiting."""
    shown = await voices.of(cluster.people[event.data.organiser]).get("events", path)
    keys = {school_id: key for key, school_id in cluster.schools.items()}
    places = {ONLINE if place["online"] else keys[place["school_id"]]: place["id"] for place in shown["places"]}
    for coming in event.coming:
        asked = {"place_id": places[coming.at], "meanwhile_online": coming.meanwhile_online}
        for person in coming.people:
            person_id, at = cluster.people[person], cluster.planned.at(f"registration/{event.data.key}/{person}")
            await voices.of(person_id).put("events", f"{path}/registrations/{person_id}", asked, at=at)

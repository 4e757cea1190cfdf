"""What is measured against: a cluster with 200 teachers, an event that all come to, an entry with 20 comments; and
twenty clusters more in its country, which has a national coordinator."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from kit.client import Client, Http, Refused, grant, open_http
from web.flash import COOKIE as FLASH

TEACHERS, COMMENTS, UPCOMING, CLUSTERS = 200, 20, 25, 20
PASSWORD = "a password for the bench"
KINDS = ("takeaway", "question", "suggestion")


@dataclass
class Scene:
    """Ids, tokens of people, the cookie of a browser that is signed in, and the address of its person."""

    cluster_id: str
    event_id: str
    busy_event_id: str
    places: list[str]
    entry_id: str
    busy_entry_id: str
    people: list[str]
    tokens: list[str]
    cookie: str
    mail: str
    office_cookie: str


class Stage:
    def __init__(self, http: Http, port: int, secret: str) -> None:
        self.http, self.secret = http, secret
        self.urls = {
            name: f"http://127.0.0.1:{port + n}" for n, name in enumerate(("web", "clusters", "events", "diaries"))
        }

    async def token(self, person_id: str | None = None) -> str:
        form = {"grant_type": "client_credentials", "client_id": "demo", "client_secret": self.secret}
        form |= {"person_id": person_id} if person_id else {}
        return str((await grant(self.http, f"{self.urls['clusters']}/v1/tokens", form))["access_token"])

    def as_(self, service: str, token: str) -> Client:
        async def bearer() -> str:
            return token

        return Client(self.http, self.urls[service], bearer)


def event(cluster_id: str, n: int, **more: Any) -> dict[str, Any]:
    starts = datetime.now(UTC) + timedelta(days=n + 1)
    return {
        "cluster_id": cluster_id,
        "title": f"Meeting {n}: reading together",
        "format": "workshop",
        "zone": "Europe/Prague",
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=2)).isoformat(),
        "sites": [{"name": "The library", "capacity": 500}, {"name": "Room 12", "capacity": 500}],
        "online_room": {"link": "https://meet.example/room"},
    } | more


async def set_the_scene(port: int, secret: str) -> Scene:
    async with open_http() as http:
        stage = Stage(http, port, secret)
        clusters = stage.as_("clusters", await stage.token())
        cluster_id, people, mail = await _people(clusters)
        tokens = [await stage.token(person_id) for person_id in people[:9]]
        first = stage.as_("events", tokens[0])
        await _until_known(first, cluster_id)
        event_ids = [(await first.ask("POST", "/v1/events", json=event(cluster_id, n)))["id"] for n in range(UPCOMING)]
        places = [p["id"] for p in (await first.ask("GET", f"/v1/events/{event_ids[0]}"))["places"]]
        await _register_all(stage, event_ids[0], places, people, tokens[0])
        busy = (await first.ask("GET", f"/v1/events/{event_ids[1]}"))["places"]
        entries = [await _entry(stage, cluster_id, tokens, comments) for comments in (COMMENTS, 0)]
        cookie = await _cookie(stage, tokens[0], mail)
        # Most readers have been here for longer than the guide of the first weeks is shown.
        await stage.as_("clusters", tokens[0]).ask("DELETE", "/v1/me/guide")
        office_cookie = await _office(stage, clusters)
    return Scene(
        cluster_id,
        event_ids[0],
        event_ids[1],
        [p["id"] for p in busy],
        entries[0],
        entries[1],
        people,
        tokens,
        cookie,
        mail,
        office_cookie,
    )


async def announce(scene: Scene, port: int, secret: str, events: int) -> None:
    """So many events to all of the cluster: a letter for everybody but who announces, each with its calendar file."""
    async with open_http() as http:
        first = Stage(http, port, secret).as_("events", scene.tokens[0])
        for n in range(events):
            await first.ask("POST", "/v1/events", json=event(scene.cluster_id, n))


async def _people(clusters: Client) -> tuple[str, list[str], str]:
    """The cluster, its people, and the address of the first: a coordinator of the mentor school."""
    cluster = {
        "name": "Bench",
        "country": "CZ",
        "approach": "bottom_up",
        "zone": "Europe/Prague",
    }
    cluster_id = (await clusters.ask("POST", "/v1/clusters", json=cluster))["id"]
    people: list[str] = []
    mails: list[str] = []
    for n, role in enumerate(("mentor", "mentee", "mentee", "mentee")):
        school = {"name": f"School {n}", "town": "Louny", "country": "CZ", "zone": "Europe/Prague"}
        school_id = (await clusters.ask("POST", "/v1/schools", json=school))["id"]
        await clusters.ask(
            "POST", f"/v1/clusters/{cluster_id}/memberships", json={"school_id": school_id, "role": role}
        )
        for teacher in range(TEACHERS // 4):
            staff = {
                "name": f"Teacher {n}-{teacher}",
                "mail": f"t{n}-{teacher}-{uuid4().hex[:8]}@bench.example",
                "role": "teacher" if teacher else "coordinator",
            }
            mails.append(staff["mail"])
            invited = await clusters.ask("POST", f"/v1/schools/{school_id}/invitations", json=staff)
            joined = await clusters.ask("POST", f"/v1/invitations/{invited['id']}/acceptance")
            people.append(joined["person_id"])
    return cluster_id, people, mails[0]


async def _office(stage: Stage, clusters: Client) -> str:
    """The browser of a national coordinator, who sees twenty clusters more."""
    for n in range(CLUSTERS):
        more = {"name": f"Bench {n}", "country": "CZ", "approach": "top_down", "zone": "Europe/Prague"}
        await clusters.ask("POST", "/v1/clusters", json=more)
    mail = f"office-{uuid4().hex[:8]}@bench.example"
    office = {"name": "Nora", "mail": mail, "kind": "national_coordinator", "country": "CZ"}
    invited = await clusters.ask("POST", "/v1/offices/invitations", json=office)
    begun = await clusters.ask("POST", f"/v1/invitations/{invited['id']}/acceptance", json={})
    return await _cookie(stage, await stage.token(begun["person_id"]), mail)


async def _until_known(events: Client, cluster_id: str) -> None:
    for _ in range(300):
        try:
            await events.ask("GET", "/v1/events", params={"cluster_id": cluster_id})
            return
        except Refused:
            await asyncio.sleep(0.1)
    raise RuntimeError("events has not heard of the cluster")


async def _register_all(stage: Stage, event_id: str, places: list[str], people: list[str], token: str) -> None:
    mentor = stage.as_("events", token)
    for n, person_id in enumerate(people):
        body = {"place_id": places[n % len(places)]}
        await mentor.ask("PUT", f"/v1/events/{event_id}/registrations/{person_id}", json=body)


async def _entry(stage: Stage, cluster_id: str, tokens: list[str], comments: int) -> str:
    author = stage.as_("diaries", tokens[0])
    for _ in range(300):
        try:
            await author.ask("GET", "/v1/entries", params={"cluster_id": cluster_id})
            break
        except Refused:
            await asyncio.sleep(0.1)
    words = "We read in pairs, one child with the tablet and one with the book. " * 12
    entry = {"cluster_id": cluster_id, "title": "Reading in pairs", "text": words, "language": "en"}
    entry_id: str = (await author.ask("POST", "/v1/entries", json=entry))["id"]
    await author.ask("PUT", f"/v1/entries/{entry_id}/publication", json={"reach": "everyone"})
    for n in range(comments):
        comment = {"kind": KINDS[n % 3], "text": "How long did it take until they did it by themselves? " * 2}
        peer = stage.as_("diaries", tokens[1 + n % 8])
        await peer.ask("POST", f"/v1/entries/{entry_id}/comments", json=comment)
    return entry_id


async def _cookie(stage: Stage, token: str, mail: str) -> str:
    await stage.as_("clusters", token).ask("PUT", "/v1/me/password", json={"password": PASSWORD})
    answer = await stage.http.post(stage.urls["web"] + "/sign-in", data={"mail": mail, "password": PASSWORD})
    # What a page says once is not said at every request.
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in answer.cookies.jar if cookie.name != FLASH)

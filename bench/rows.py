"""What is measured: each row's name, the port that is asked, and what each connection asks."""

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.hammer import CONNECTIONS, Request
from bench.scene import PASSWORD, Scene

JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}

Ask = Callable[[], Request]


@dataclass(frozen=True)
class Row:
    """`writes`: its jobs belong to it, so the processes are looked at until nothing waits.

    One address may try few passwords at once: `connections` is one there.
    """

    name: str
    port: int
    asks: list[Ask]
    writes: bool = False
    connections: int = CONNECTIONS


def get(path: str, **headers: str) -> list[Ask]:
    request = Request("GET", path, headers)
    return [lambda: request]


def rows_of(scene: Scene, port: int, secret: str) -> list[Row]:
    """The rows of a house whose web answers at `port` and its services at the three after it."""
    page = {"cookie": scene.cookie, "accept-encoding": "gzip"}
    office = {"cookie": scene.office_cookie, "accept-encoding": "gzip"}
    bearer = {"authorization": f"Bearer {scene.tokens[0]}"}
    credentials = {"grant_type": "client_credentials", "client_id": "demo", "client_secret": secret}
    token = Request("POST", "/v1/tokens", FORM, urlencode(credentials).encode())
    known = Request("POST", "/sign-in", FORM, urlencode({"mail": scene.mail, "password": PASSWORD}).encode(), True)
    return [
        Row("api-events", port + 2, get(f"/v1/events?cluster_id={scene.cluster_id}", **bearer)),
        Row("today", port, get("/", **page)),
        Row("event-page", port, get(f"/events/{scene.event_id}", **page)),
        Row("events-page", port, get("/events", **page)),
        Row("cluster-page", port, get(f"/clusters/{scene.cluster_id}", **page)),
        Row("cluster-people", port, get(f"/clusters/{scene.cluster_id}/people", **page)),
        Row("schools", port, get("/schools?q=louny", **page)),
        Row("participants", port, get(f"/events/{scene.event_id}/people", **page)),
        Row("calendar-file", port, get(f"/events/{scene.event_id}/calendar.ics", **page)),
        Row("cluster-overview", port, get(f"/clusters/{scene.cluster_id}/overview", **page)),
        Row("country-overview", port, get("/overview", **office)),
        Row("entry-member", port, get(f"/entries/{scene.entry_id}", **page)),
        Row("entry-guest", port, get(f"/entries/{scene.entry_id}")),
        Row("sign-in", port, [lambda: known], connections=1),
        Row("who-am-i", port + 1, get("/v1/me", **bearer)),
        Row("token", port + 1, [lambda: token]),
        Row("register", port + 2, [registering(scene, n) for n in range(CONNECTIONS)], writes=True),
        Row("comment", port + 3, [commenting(scene, n) for n in range(CONNECTIONS)], writes=True),
    ]


def registering(scene: Scene, n: int) -> Ask:
    """One teacher who cannot decide between the sites."""
    headers = JSON | {"authorization": f"Bearer {scene.tokens[1 + n]}"}
    path = f"/v1/events/{scene.busy_event_id}/registrations/{scene.people[1 + n]}"
    places = itertools.cycle(scene.places[:2])
    return lambda: Request("PUT", path, headers, json.dumps({"place_id": next(places)}).encode())


def commenting(scene: Scene, n: int) -> Ask:
    headers = JSON | {"authorization": f"Bearer {scene.tokens[1 + n]}"}
    body = json.dumps({"kind": "takeaway", "text": "Begin with two children, not with a class."}).encode()
    return lambda: Request("POST", f"/v1/entries/{scene.busy_entry_id}/comments", headers, body)

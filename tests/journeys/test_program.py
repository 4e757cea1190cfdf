"""The story once more, by a program with client credentials that reads the published documents; and its webhooks."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook

from tests.journeys.listener import Listener
from tests.journeys.program import Program
from tests.journeys.test_story import BEGUN

CLUSTER = "Louny cluster"
HEARD_WITHIN = 15
KINDS = {
    *("event.announced", "registration.placed", "registration.waiting", "event.changed", "attendance.recorded"),
    *("entry.published", "comment.posted"),
}


@pytest.fixture
async def house_program(home):
    """The house's own client, which also loads the demonstration year."""
    program = Program(home.services, "demo", home.secrets["clients"]["demo"])
    await program.read_documents()
    yield program
    await program.http.aclose()


@pytest.fixture
async def scene(house_program):
    """The cluster, and its people by name."""
    clusters = (await house_program.ask("clusters", "list_clusters", limit=100))["items"]
    cluster = next(each["id"] for each in clusters if each["name"] == CLUSTER)
    people, after = {}, {}
    while True:
        page = await house_program.ask("clusters", "list_people", cluster_id=cluster, limit=100, **after)
        people |= {person["name"]: person["person_id"] for person in page["items"]}
        if not page["next"]:
            return cluster, people
        after = {"after": page["next"]}


@pytest.fixture
async def program(home, house_program, scene):
    """A program that Eva lets in for her cluster."""
    cluster, people = scene
    new = {"name": "School calendar", "scopes": ["act_for_people", "webhooks"]}
    eva = people["Eva Nováková"]
    made = await house_program.ask("clusters", "make_client", person=eva, cluster_id=cluster, json=new)
    program = Program(home.services, made["client_id"], made["secret"])
    await program.read_documents()
    yield program
    await program.http.aclose()


async def test_a_program_holds_a_meeting_and_hears_of_it(home, house_program, program, scene):
    cluster, people = scene
    eva, pavel, layla = (people[name] for name in ("Eva Nováková", "Pavel Doležal", "Layla Haddad"))
    with Listener() as listener:
        endpoints = {}
        for service in ("events", "diaries"):
            wanted = {"url": listener.url, "kinds": [], "cluster_id": cluster}
            refused = await program.call(service, "register_endpoint", json=wanted)
            assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "address_private")
            endpoints[service] = await house_program.ask(service, "register_endpoint", json=wanted)
        event = await meets(home, program, cluster, eva, pavel, layla)
        entry = await writes(program, cluster, event, eva, pavel)
        heard = await hears(listener, endpoints, event, entry)
        for service, endpoint in endpoints.items():
            await house_program.ask(service, "remove_endpoint", endpoint_id=endpoint["id"])
    assert all(fact["data"]["cluster_id"] == cluster for fact in heard)
    assert "@" not in str(heard)


async def meets(home, program, cluster, eva, pavel, layla):
    starts = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)
    terms = {
        "zone": "Europe/Prague",
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=1)).isoformat(),
        "sites": [{"name": "Louny", "capacity": 1}, {"name": "Peruc", "capacity": 1}],
        "online_room": {"link": "https://meet.louny.example/program"},
    }
    new = {"cluster_id": cluster, "title": "Planned by a program", "format": "meeting"} | terms
    event = (await program.ask("events", "announce_event", person=eva, json=new))["id"]
    site = (await program.ask("events", "show_event", person=pavel, event_id=event))["places"][0]["id"]
    for person in (pavel, layla):
        asked = {"place_id": site, "meanwhile_online": True}
        await program.ask("events", "register", person=person, event_id=event, person_id=person, json=asked)
    shown = await program.ask("events", "show_event", person=layla, event_id=event)
    assert (shown["mine"]["waits_for"], shown["mine"]["position"]) == (site, 1)

    online = terms | {"sites": [], "reason": "Snow"}
    preview = await program.ask("events", "preview_change", person=eva, event_id=event, json=online)
    assert {each["name"]: each["effect"] for each in preview["effects"]}["Pavel Doležal"] == "moves_online"
    await program.ask("events", "change_event", person=eva, event_id=event, json=online, version=preview["version"])
    await home.rows("events", BEGUN, event)
    version = (await program.ask("events", "show_attendance", person=eva, event_id=event))["version"]
    came = {"came": [pavel, eva]}
    await program.ask("events", "mark_attendance", person=eva, event_id=event, json=came, version=version)
    return event


async def writes(program, cluster, event, eva, pavel):
    new = {"cluster_id": cluster, "title": "Echo", "text": "It worked.", "language": "en", "event_id": event}
    entry = (await program.ask("diaries", "start_entry", person=eva, json=new))["id"]
    origin = (await program.ask("diaries", "show_entry", person=eva, entry_id=entry))["origin"]
    assert sorted(school["came"] for school in origin["came"]) == [1, 1]
    await program.ask("diaries", "publish_entry", person=eva, entry_id=entry, json={"reach": "cluster"})
    question = {"kind": "question", "text": "For whom?"}
    asked = await program.ask("diaries", "post_comment", person=pavel, entry_id=entry, json=question)
    reply = {"text": "For everybody."}
    await program.ask("diaries", "post_reply", person=eva, entry_id=entry, comment_id=asked["id"], json=reply)
    return entry


async def hears(listener, endpoints, event, entry):
    """What was delivered about this event and entry, once the last of it is there; every signature is good."""
    end = time.monotonic() + HEARD_WITHIN
    hooks = [Webhook(endpoint["secret"]) for endpoint in endpoints.values()]
    while True:
        facts = {each.headers["webhook-id"]: verified(hooks, each) for each in list(listener.delivered)}
        ours = [fact for fact in facts.values() if event in str(fact) or entry in str(fact)]
        kinds = [fact["type"] for fact in ours]
        if set(kinds) >= KINDS and kinds.count("comment.posted") == 2:
            return ours
        assert time.monotonic() < end, kinds
        await asyncio.sleep(0.1)


def verified(hooks, delivered):
    for hook in hooks:
        try:
            return hook.verify(delivered.body, delivered.headers)
        except Exception:
            continue
    raise AssertionError("nobody signed this")


async def test_a_secret_that_is_wrong_or_taken_back_opens_nothing(home, house_program, program, scene):
    eva = scene[1]["Eva Nováková"]
    for client_id, secret in ((program.credentials["client_id"], "wrong"), ("demo", "wrong"), ("nobody", "x")):
        form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
        answer = await program.http.post(f"{home.services['clusters']}/v1/tokens", data=form)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    await house_program.ask("clusters", "revoke_client", person=eva, client_id=program.credentials["client_id"])
    form = {"grant_type": "client_credentials", **program.credentials}
    assert (await program.http.post(f"{home.services['clusters']}/v1/tokens", data=form)).status_code == 401

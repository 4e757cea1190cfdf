"""What must hold of the services while they run."""

import io
import json
import logging
import sys

import httpx
import pytest
import structlog

import kit.logs
from tests.diaries.writing import comment, published, start
from tests.events.making import announce
from tests.house import SECRETS
from tests.people import a_person, a_school, told
from tests.provider.running import SECRET, signed_in_there
from tests.statements import Statements


async def more_clusters(house, cluster):
    school_id = (await house.rows("clusters", "select school_id from staff where person_id = $1", cluster.cara.id))[0]
    demo = await house.as_service("demo")
    new = {"name": "More", "country": "CZ", "approach": "top_down", "zone": "UTC"}
    made = told(await demo.clusters.post("/v1/clusters", json=new), 201)["id"]
    member = {"school_id": str(school_id["school_id"]), "role": "mentor"}
    told(await demo.clusters.post(f"/v1/clusters/{made}/memberships", json=member), 201)


async def more_members(house, cluster):
    demo = await house.as_service("demo")
    school_id = await a_school(house)
    member = {"school_id": school_id, "role": "mentee"}
    told(await demo.clusters.post(f"/v1/clusters/{cluster.id}/memberships", json=member), 201)
    await a_person(house, school_id)


async def more_members_and_tools(house, cluster):
    await more_members(house, cluster)
    tool = await cluster.anna.clusters.post(f"/v1/clusters/{cluster.id}/tools", json={"kind": "lms", "name": "Moodle"})
    await cluster.ben.clusters.put(f"/v1/tools/{told(tool, 201)['id']}/lockouts/{cluster.mentee}", json={})


async def more_asked(house, cluster):
    demo = await house.as_service("demo")
    asked = {"school_id": await a_school(house)}
    told(await demo.clusters.post(f"/v1/clusters/{cluster.id}/school-invitations", json=asked), 201)


async def more_notices(house, cluster):
    diaries = await house.as_service("diaries")
    said = {"title": "T", "by": "Ben", "as": "question"}
    notice = {"person_id": str(cluster.cara.id), "kind": "comment_posted", "params": said, "path": "/x"}
    told(await diaries.clusters.post("/v1/notices", json={"notices": [notice]}), 202)


async def more_events(house, cluster):
    for days in (5, -5):
        await announce(cluster.anna, cluster, 5, days=days)


async def more_entries(house, cluster):
    await published(cluster.dan, cluster, "everyone")
    await start(cluster.cara, cluster)


LISTS = {
    ("clusters", "/v1/clusters"): (more_clusters, 3),
    ("clusters", "/v1/clusters/{cluster}"): (more_members_and_tools, 5),
    ("clusters", "/v1/clusters/{cluster}/school-invitations"): (more_asked, 3),
    ("clusters", "/v1/schools"): (more_asked, 2),
    ("clusters", "/v1/schools/{mentor}"): (more_asked, 2),
    ("clusters", "/v1/schools/{mentor}/people"): (more_members, 5),
    ("clusters", "/v1/clusters/{cluster}/people"): (more_members, 4),
    ("clusters", "/v1/notices"): (more_notices, 3),
    ("events", "/v1/events"): (more_events, 2),
    ("events", "/v1/events?when=past"): (more_events, 2),
    ("events", "/v1/today"): (more_events, 4),
    ("diaries", "/v1/entries"): (more_entries, 2),
    ("diaries", "/v1/entries?school_id={mentor}"): (more_entries, 2),
    ("diaries", "/v1/public-entries"): (more_entries, 1),
    ("diaries", "/v1/today"): (more_entries, 5),
}


@pytest.mark.parametrize(("service", "path"), LISTS)
async def test_a_list_asks_as_much_for_three_as_for_one(house, cluster, monkeypatch, service, path):
    more, statements = LISTS[service, path]
    counter = Statements(house.database(service), monkeypatch)
    counts = []
    for _ in range(3):
        await more(house, cluster)
        await house.hear()
        counter.count = 0
        told(await cluster.cara[service].get(path.format(cluster=cluster.id, mentor=cluster.mentor)))
        counts.append(counter.count)
    assert counts == [statements] * 3


@pytest.fixture
def written(monkeypatch):
    """What the house's log says at its chattiest, as it would be written."""
    stream = io.StringIO()
    loud = structlog.wrap_logger(
        structlog.PrintLogger(stream),
        processors=structlog.get_config()["processors"],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
    )
    quiet = kit.logs.log
    for name, module in list(sys.modules.items()):
        if name.startswith(("kit.", "services.")) and getattr(module, "log", None) is quiet:
            monkeypatch.setattr(module, "log", loud)
    return stream


async def test_logs_hold_nothing_of_an_account_elsewhere(house, cluster, providers, written):
    region, web = providers["region"], await house.as_service("web")
    mail, subject = f"eva-{cluster.id}@secret.test", f"eva-{cluster.id}-secret"
    await region.has(subject, email=mail, email_verified=True)
    private = [mail, subject, SECRET]
    for spoilt in ({}, {"claims": {"nonce": "very private words"}}, {"status": 500}):
        await region.spoils(**spoilt)
        begun = told(await web.clusters.post("/v1/authentication-requests", json={"provider": "region"}), 201)
        back = httpx.URL(await signed_in_there(begun["address"], subject)).params
        private += [begun["secret"], back["code"], back["state"]]
        answer = {"request": begun["secret"], "provider": "region", **back}
        assert (await web.clusters.post("/v1/sessions", json={"answer": answer})).status_code in (409, 502)
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert {line["event"] for line in lines} >= {
        "what a provider says does not hold",
        "provider away",
        "sign-in refused",
    }
    assert [word for word in [*private, "very private words"] if word in written.getvalue()] == []


async def test_logs_hold_no_personal_data(house, cluster, written):
    mail, name, words = f"eva-{cluster.id}@secret.test", "Eva Tajná", "very private words"
    await a_person(house, cluster.mentee, name=name, mail=mail)
    told(await house.guest.clusters.post("/v1/mail-links", json={"mail": mail}), 202)
    web = await house.as_service("web")
    await web.clusters.post("/v1/sessions", json={"mail": mail, "password": words})
    await web.clusters.post("/v1/sessions", json={"link": words})
    entry_id = await published(cluster.cara, cluster, title=words, text=words)
    await comment(cluster.dan, entry_id, text=words)
    await cluster.dan.diaries.get("/v1/entries", params={"after": words})
    await house.catch_up()
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert len([line for line in lines if line["event"] == "request"]) > 10
    assert any(line.get("actor", "").endswith(str(cluster.cara.id)) for line in lines)
    assert all(line["request_id"] for line in lines if line["event"] == "request")
    plain = json.dumps(lines, ensure_ascii=False)
    for secret in (mail, name, words, SECRETS["web"], cluster.cara.headers["authorization"].split()[1]):
        assert secret not in plain

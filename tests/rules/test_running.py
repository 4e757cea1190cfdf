"""What must hold of the services while they run."""

import importlib
import io
import json
import logging
import sys

import pytest
import structlog

import kit.logs
from services.clusters.directory.people.models import Person
from services.clusters.doors.sessions.actions import begin_session
from tests.diaries.writing import add_picture, comment, published, start
from tests.events.making import announce, ask, site, terms, withdraw
from tests.events.test_attendance import mark
from tests.events.test_changes import as_it_is, change
from tests.house import MODULES, SECRETS
from tests.people import a_person, a_school, an_office, told
from tests.statements import Statements


async def more_clusters(house, cluster):
    school_id = (await house.rows("clusters", "select school_id from staff where person_id = $1", cluster.cara.id))[0]
    demo = await house.as_service("demo")
    new = {"name": "More", "programme": "P", "country": "CZ", "approach": "top_down", "zone": "UTC"}
    made = told(await demo.clusters.post("/v1/clusters", json=new), 201)["id"]
    member = {"school_id": str(school_id["school_id"]), "role": "mentor"}
    told(await demo.clusters.post(f"/v1/clusters/{made}/memberships", json=member), 201)


async def more_members(house, cluster):
    demo = await house.as_service("demo")
    school_id = await a_school(house)
    member = {"school_id": school_id, "role": "mentee"}
    told(await demo.clusters.post(f"/v1/clusters/{cluster.id}/memberships", json=member), 201)
    await a_person(house, school_id)


async def more_notices(house, cluster):
    diaries = await house.as_service("diaries")
    notice = {"person_id": str(cluster.cara.id), "kind": "comment_posted", "params": {}, "path": "/x"}
    told(await diaries.clusters.post("/v1/notices", json={"notices": [notice]}), 202)


async def more_events(house, cluster):
    for days in (5, -5):
        await announce(cluster.anna, cluster, 5, days=days)


async def more_entries(house, cluster):
    await published(cluster.dan, cluster, "everyone")
    await start(cluster.cara, cluster)


LISTS = {
    ("clusters", "/v1/clusters"): (more_clusters, 2),
    ("clusters", "/v1/clusters/{cluster}"): (more_members, 3),
    ("clusters", "/v1/clusters/{cluster}/people"): (more_members, 3),
    ("clusters", "/v1/notices"): (more_notices, 3),
    ("events", "/v1/events"): (more_events, 2),
    ("events", "/v1/events?when=past"): (more_events, 2),
    ("events", "/v1/today"): (more_events, 4),
    ("diaries", "/v1/entries"): (more_entries, 2),
    ("diaries", "/v1/public-entries"): (more_entries, 1),
    ("diaries", "/v1/today"): (more_entries, 4),
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
        told(await cluster.cara[service].get(path.format(cluster=cluster.id)))
        counts.append(counter.count)
    assert counts == [statements] * 3


async def test_every_fact_has_exactly_the_data_that_is_announced(house, cluster):
    event = await announce(cluster.anna, cluster, 1)
    for asker in (cluster.cara, cluster.dan):
        told(await ask(asker, event, site(event)))
    told(await ask(cluster.hana, event, site(event), meanwhile=True))
    told(await cluster.hana.events.delete(f"/v1/events/{event['id']}/registrations/{cluster.hana.id}/wait"), 204)
    told(await withdraw(cluster.cara, event), 204)
    told(await change(cluster.anna, event, as_it_is(event, starts_at=terms(days=6)["starts_at"])), 201)
    words = {"title": "T", "format": "panel"}
    where = f"/v1/events/{event['id']}"
    told(await cluster.anna.events.put(f"{where}/description", json=words, headers={"If-Match": "*"}))
    told(await cluster.anna.events.post(f"{where}/cancellation", json={}), 201)
    told(await mark(cluster.anna, await announce(cluster.anna, cluster, 1, days=-1), cluster.cara))
    entry_id = await published(cluster.cara, cluster)
    picture_id = told(await add_picture(cluster.cara, entry_id), 201)["id"]
    told(await cluster.cara.diaries.delete(f"/v1/entries/{entry_id}/pictures/{picture_id}"), 204)
    question = told(await comment(cluster.dan, entry_id), 201)["id"]
    told(await cluster.cara.diaries.put(f"/v1/entries/{entry_id}/comments/{question}/resolution"), 204)
    entry = {"title": "T", "text": "x", "language": "cs"}
    told(await cluster.cara.diaries.put(f"/v1/entries/{entry_id}", json=entry, headers={"If-Match": "*"}))
    mine, version = f"/v1/entries/{entry_id}/comments/{question}", {"If-Match": "*"}
    told(await cluster.dan.diaries.put(mine, json={"text": "Why?"}, headers=version))
    told(await cluster.dan.diaries.delete(mine, headers=version), 204)
    told(await cluster.cara.diaries.delete(f"/v1/entries/{entry_id}/publication"), 204)
    told(await cluster.cara.diaries.delete(f"/v1/entries/{entry_id}", headers=version), 204)
    await everything_that_clusters_tells(house, cluster)
    await house.catch_up()
    for service in MODULES:
        announced = importlib.import_module(f"services.{service}.facts").FACTS
        rows = await house.rows(
            service, "select distinct kind, array(select jsonb_object_keys(data) order by 1) as names from fact"
        )
        told_here = {(row["kind"], tuple(row["names"])) for row in rows if not row["kind"].startswith("test.")}
        assert told_here == {(kind, tuple(sorted(names))) for kind, names in announced.items()}


async def everything_that_clusters_tells(house, cluster):
    demo = await house.as_service("demo")
    invitations = f"/v1/schools/{cluster.mentee}/invitations"
    for verb, asker in (("refusal", cluster.cara), ("", cluster.hana)):
        new = {"name": "C", "mail": cluster.addresses["cara"], "role": "coordinator"}
        invited = f"/v1/invitations/{told(await cluster.hana.clusters.post(invitations, json=new), 201)['id']}"
        answered = asker.clusters.post(f"{invited}/{verb}") if verb else asker.clusters.delete(invited)
        told(await answered, 204)
    profile = {"name": "C", "language": "cs", "zone": "UTC"}
    told(await cluster.cara.clusters.put("/v1/me", json=profile))
    school = {"name": "S", "town": "T", "country": "CZ", "zone": "UTC"}
    told(await demo.clusters.put(f"/v1/schools/{cluster.mentee}", json=school))
    told(await demo.clusters.put(f"/v1/staff/{cluster.staff['cara']}/role", json={"role": "teacher"}))
    told(await demo.clusters.delete(f"/v1/staff/{cluster.staff['cara']}"))
    told(await demo.clusters.delete(f"/v1/memberships/{cluster.memberships['mentee']}"))
    office = {"name": "O", "mail": f"o-{cluster.id}@x.test", "kind": "programme_coordinator"}
    given = (await an_office(demo, office))["office_id"]
    told(await demo.clusters.delete(f"/v1/offices/{given}"))
    clients = f"/v1/clusters/{cluster.id}/clients"
    made = told(await cluster.anna.clusters.post(clients, json={"name": "Moodle", "scopes": ["webhooks"]}), 201)
    told(await cluster.anna.clusters.delete(f"/v1/clients/{made['client_id']}"), 204)
    async with house.database("clusters").transaction() as session:
        secret = begin_session(session, await session.get_one(Person, cluster.dan.id))
    web = await house.as_service("web")
    told(await web.clusters.post("/v1/sessions/end", json={"secret": secret}), 204)
    await more_notices(house, cluster)
    told(await cluster.cara.clusters.post("/v1/notices/seen", json={}), 204)
    told(await demo.clusters.post("/v1/house/opening"))
    await house.set_up()


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

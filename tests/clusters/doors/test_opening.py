"""While a house is being set up, its own program says when something happened; from its opening on, nobody does."""

from datetime import UTC, datetime, timedelta

import pytest

from kit.happened import SAY_WHEN
from services.clusters.doors.opening.clients import ensure_service_clients
from tests.diaries.writing import comment, published, start
from tests.events.making import announce, ask, site
from tests.events.test_attendance import mark
from tests.house import SECRETS, Asker, bearing
from tests.people import a_school, accept, refusal, token_refusal, told

LONG_AGO = datetime(2025, 3, 4, 15, 20, tzinfo=UTC)
SETUP, OPENING = "/v1/house/setup", "/v1/house/opening"


def at(moment):
    return {"happened-at": moment if isinstance(moment, str) else moment.isoformat()}


def ago(**past):
    return datetime.now(UTC) - timedelta(**past)


@pytest.fixture(autouse=True)
async def set_up(house):
    """A house that is being set up, whatever the tests before did to it, and again for those after."""
    await house.set_up()
    yield
    await house.set_up()


@pytest.fixture
async def demo(house):
    return await house.as_service("demo")


async def voice_of(house, person, moment):
    """The house's own program, acting for a person at a moment that it says."""
    token = await acting(house, "demo", SECRETS["demo"], person.id)
    return Asker(house.hosts, bearing(token) | at(moment), person.id)


async def acting(house, client_id, secret, person_id):
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    answer = await house.guest.clusters.post("/v1/tokens", data=form | {"person_id": str(person_id)})
    return told(answer)["access_token"]


async def fact_of(house, service, kind):
    (row,) = await house.rows(service, "select * from fact where kind = $1 order by seq desc limit 1", kind)
    return row


async def test_what_a_program_says_is_when_it_happened(house, cluster):
    entry_id = await start(await voice_of(house, cluster.cara, LONG_AGO), cluster)
    (row,) = await house.rows("diaries", "select * from entry where id = $1", entry_id)
    assert (row["started_at"], row["changed_at"]) == (LONG_AGO, LONG_AGO)
    assert row["id"].int >> 80 == int(LONG_AGO.timestamp() * 1000)


async def test_the_audit_keeps_both_moments_and_who_said_the_other(house, cluster):
    await published(cluster.cara, cluster)
    plain = await fact_of(house, "diaries", "entry.published")
    assert (plain["recorded_at"], plain["said_by"]) == (None, None)
    await start(await voice_of(house, cluster.cara, LONG_AGO), cluster)
    fact = await fact_of(house, "diaries", "entry.started")
    (client,) = await house.rows("clusters", "select id from client where service = 'demo'")
    assert (fact["at"], fact["said_by"]) == (LONG_AGO, client["id"])
    assert timedelta() < datetime.now(UTC) - fact["recorded_at"] < timedelta(minutes=1)


async def test_followers_read_both_moments(house, cluster):
    await start(await voice_of(house, cluster.cara, LONG_AGO), cluster)
    await house.hear()
    newest = (await house.rows("diaries", "select max(place) as place from fact"))[0]["place"]
    follower = await house.as_service("web")
    page = told(await follower.diaries.get("/v1/facts", params={"after": newest - 1}))
    assert page["items"][0]["at"] == LONG_AGO.isoformat().replace("+00:00", "Z")
    assert page["items"][0]["recorded_at"]
    assert page["behind"] is False


async def test_a_fact_of_long_ago_is_not_behind_before_it_has_its_place(house, cluster):
    await house.hear()
    await start(await voice_of(house, cluster.cara, LONG_AGO), cluster)
    follower = await house.as_service("web")
    assert told(await follower.diaries.get("/v1/facts", params={"newest": True}))["behind"] is False


async def test_rules_of_the_day_are_those_of_the_moment_that_is_said(house, cluster):
    event = await announce(cluster.anna, cluster, 5, days=-30)
    before, after = ago(days=33), ago(days=29)
    told(await ask(await voice_of(house, cluster.cara, before), event, site(event)))
    late = await ask(await voice_of(house, cluster.dan, after), event, site(event))
    assert refusal(late) == (409, "event-over")
    early = await mark(await voice_of(house, cluster.anna, before), event, cluster.cara)
    assert refusal(early) == (409, "not-begun")
    told(await mark(await voice_of(house, cluster.anna, after), event, cluster.cara))


async def test_news_of_long_ago_are_in_the_record_and_neither_new_nor_mailed(house, cluster):
    entry_id = await published(cluster.cara, cluster)
    await house.catch_up()
    for days in (9, 1):
        told(await comment(await voice_of(house, cluster.dan, ago(days=days)), entry_id), 201)
    await house.catch_up()
    newer, older = told(await cluster.cara.clusters.get("/v1/notices"))["items"]
    assert older["seen_at"] == older["told_at"]
    assert newer["seen_at"] is None
    for notice, days in ((older, 9), (newer, 1)):
        assert abs(datetime.fromisoformat(notice["told_at"]) - ago(days=days)) < timedelta(minutes=1)
    mails = told(await house.guest.clusters.get("/v1/mailbox", params={"mail": cluster.addresses["cara"]}))["items"]
    (mail,) = [mail for mail in mails if "/entries/" in mail["text"]]
    assert abs(datetime.fromisoformat(mail["at"]) - ago(days=1)) < timedelta(minutes=1)


async def test_an_invitation_of_long_ago_is_not_mailed(house, demo):
    new = {"name": "Zora", "mail": "zora@long-ago.test", "role": "teacher", "language": "en"}
    path = f"/v1/schools/{await a_school(house)}/invitations"
    invited = told(await demo.clusters.post(path, json=new, headers=at(LONG_AGO)), 201)
    accepted = await demo.clusters.post(f"/v1/invitations/{invited['id']}/acceptance", headers=at(LONG_AGO))
    person_id = told(accepted, 201)["person_id"]
    await house.catch_up()
    (person,) = await house.rows("clusters", "select registered_at from person where id = $1", person_id)
    assert person["registered_at"] == LONG_AGO
    assert told(await demo.clusters.get("/v1/mailbox", params={"mail": new["mail"]}))["items"] == []


async def test_a_limit_never_believes_what_is_said(house, demo, cluster):
    told(await demo.clusters.put(SETUP, headers=at(LONG_AGO)))
    (setup,) = await house.rows("clusters", "select began_at from house_setup")
    assert setup["began_at"] > ago(minutes=1)
    cara = await voice_of(house, cluster.cara, LONG_AGO)
    told(await cara.clusters.put("/v1/me/password", json={"password": "long enough 1"}), 204)
    (kept,) = await house.rows("clusters", "select set_at from password where person_id = $1", cluster.cara.id)
    assert kept["set_at"] > ago(minutes=1)
    new = {"name": "S", "town": "T", "country": "CZ", "zone": "UTC"}
    told(await demo.clusters.post("/v1/schools", json=new, headers=at(LONG_AGO) | {"idempotency-key": "said"}), 201)
    (answer,) = await house.rows("clusters", "select kept_at from kept_answer where key = 'said'")
    assert answer["kept_at"] > ago(minutes=1)


@pytest.mark.parametrize("name", ["anna", "guest", "web", "events"])
async def test_nobody_else_says_when(house, cluster, name):
    asker = getattr(cluster, name, None) or (house.guest if name == "guest" else await house.as_service(name))
    for service, path in (("clusters", "/v1/keys"), ("events", "/v1/events"), ("diaries", "/v1/public-entries")):
        assert refusal(await asker[service].get(path, headers=at(LONG_AGO))) == (403, "not-yours-to-say")


async def test_a_program_of_a_cluster_cannot_say_when(house, cluster):
    clients = f"/v1/clusters/{cluster.id}/clients"
    asked = {"name": "Moodle", "scopes": [SAY_WHEN]}
    assert (await cluster.anna.clusters.post(clients, json=asked)).status_code == 422
    made = told(await cluster.anna.clusters.post(clients, json=asked | {"scopes": ["act_for_people"]}), 201)
    # Even if its row said that it may.
    more = "update client set scopes = scopes || $1::text where id = $2"
    await house.rows("clusters", more, SAY_WHEN, made["client_id"])
    token = await acting(house, made["client_id"], made["secret"], cluster.cara.id)
    cara = Asker(house.hosts, bearing(token))
    assert refusal(await cara.diaries.get("/v1/entries", headers=at(LONG_AGO))) == (403, "not-yours-to-say")


@pytest.mark.parametrize(
    "moment",
    [
        "", "yesterday", "2025-03-04", "2025-03-04T15:20:00", "2025-W10-2T15:20:00Z", "20250304T152000Z", "1741101600",
        "1989-12-31T23:59:59Z", "2999-01-01T00:00:00Z", "2025-02-30T00:00:00Z", "2025-03-04T15:20:00+99:99",
        "٢٠٢٥-03-04T15:20:00Z", "0001-01-01T00:00:00+23:59",
    ],
)  # fmt: skip
async def test_a_moment_is_written_as_rfc_3339_says_and_is_past(demo, moment):
    answer = await demo.clusters.get("/v1/clusters", headers={"happened-at": moment.encode()})
    assert refusal(answer) == (400, "moment-wrong")


async def test_one_request_has_one_moment(demo):
    twice = [("happened-at", LONG_AGO.isoformat()), ("happened-at", ago(days=1).isoformat())]
    assert refusal(await demo.clusters.get("/v1/clusters", headers=twice)) == (400, "moment-wrong")


async def test_in_an_open_house_no_program_says_yes_for_somebody(house, cluster, demo):
    new = {"name": "Eva Nová", "mail": f"eva-{cluster.id}@school.test", "role": "teacher", "language": "cs"}
    asked = told(await demo.clusters.post(f"/v1/schools/{cluster.mentee}/invitations", json=new), 201)["id"]
    told(await demo.clusters.post(OPENING))
    assert refusal(await accept(demo, asked)) == (403, "forbidden")
    (row,) = await house.rows("clusters", "select person_id from invitation where id = $1", asked)
    as_eva = bearing(await acting(house, "demo", SECRETS["demo"], row["person_id"]))
    assert refusal(await accept(Asker(house.hosts, as_eva), asked)) == (403, "forbidden")


async def test_a_client_that_is_named_no_longer_is_shut_out(house, urls):
    await ensure_service_clients(urls["clusters"], {name: SECRETS[name] for name in SECRETS if name != "demo"})
    form = {"grant_type": "client_credentials", "client_id": "demo", "client_secret": SECRETS["demo"]}
    assert token_refusal(await house.guest.clusters.post("/v1/tokens", data=form)) == (401, "invalid_client")


async def test_an_open_house_does_not_let_anybody_say_when(house, cluster, urls, demo):
    began = told(await demo.clusters.put(SETUP))
    assert began["opened_at"] is None
    opened = told(await demo.clusters.post(OPENING))
    assert opened["began_at"] == began["began_at"]
    assert told(await demo.clusters.post(OPENING)) == opened == told(await demo.clusters.put(SETUP))
    # A start of the house makes its clients anew.
    await ensure_service_clients(urls["clusters"], SECRETS)
    later = await house.as_service("demo")
    assert refusal(await later.clusters.get("/v1/clusters", headers=at(LONG_AGO))) == (403, "not-yours-to-say")
    cara = await voice_of(house, cluster.cara, LONG_AGO)
    assert refusal(await cara.diaries.get("/v1/entries")) == (403, "not-yours-to-say")
    told(await later.clusters.get("/v1/clusters"))

"""Help that a cluster asks for: an answer is promised, late it climbs, and only those whom it concerns read it."""

from datetime import UTC, datetime, timedelta

import pytest

from services.clusters.clusters.help import actions
from services.clusters.clusters.help.jobs import climb_overdue
from services.clusters.clusters.help.working_days import due_after
from tests.people import a_cluster, an_official, refusal, told, wrong_fields

QUESTION = {"about": "How do we start when only two teachers come?", "text": "Two of twelve came.", "language": "cs"}


async def ask(asker, cluster, **more):
    return await asker.clusters.post(f"/v1/clusters/{cluster.id}/help-requests", json=QUESTION | more)


async def show(asker, request):
    return await asker.clusters.get(f"/v1/help-requests/{request['id']}")


async def answer(asker, request, text="Begin with two.", **more):
    return await asker.clusters.post(f"/v1/help-requests/{request['id']}/answers", json={"text": text} | more)


async def settle(asker, request):
    return await asker.clusters.put(f"/v1/help-requests/{request['id']}/settlement")


async def climb(asker, request):
    return await asker.clusters.put(f"/v1/help-requests/{request['id']}/climb")


async def listed(asker, path, **asked):
    return [one["id"] for one in told(await asker.clusters.get(path, params=asked))["items"]]


async def news(asker, request):
    notices = told(await asker.clusters.get("/v1/notices"))["items"]
    return [one["kind"] for one in notices if one["path"] == f"/help/{request['id']}"]


async def late(house, request):
    statement = "update help_request set due_at = now() - interval '1 minute' where id = $1"
    await house.rows("clusters", statement, request["id"])
    for _ in range(2):
        await climb_overdue(house.context("clusters"))


@pytest.fixture(scope="module")
async def nora(house):
    return await an_official(house, "national_coordinator", "CZ")


@pytest.fixture(scope="module")
async def olga(house):
    return await an_official(house, "programme_coordinator")


@pytest.fixture
async def request_of_cara(nora, cluster):
    return told(await ask(cluster.cara, cluster), 201)


@pytest.mark.parametrize(
    ("asked", "days", "country", "due"),
    [
        ("2026-11-23T14:12", 3, "CZ", "2026-11-26T16:00"),
        ("2026-11-26T23:30", 1, "CZ", "2026-11-30T16:00"),
        ("2026-11-27T14:00", 1, "CZ", "2026-11-30T16:00"),
        ("2026-11-26T09:00", 1, "IL", "2026-11-29T16:00"),
        ("2026-03-27T09:00", 1, "CZ", "2026-03-30T15:00"),
        ("2026-11-27T09:00", 1, "ZZ", "2026-11-30T16:00"),
    ],
)
def test_weekends_of_the_country_are_no_working_days(asked, days, country, due):
    zone = {"CZ": "Europe/Prague", "IL": "Europe/Prague"}.get(country, "Europe/Prague")
    at = datetime.fromisoformat(asked).replace(tzinfo=UTC)
    assert due_after(at, days, country, zone) == datetime.fromisoformat(due).replace(tzinfo=UTC)


async def test_it_is_asked_answered_and_settled(nora, cluster, request_of_cara):
    request = request_of_cara
    assert (request["name"], request["language"], request["answered_at"]) == ("Cara Sykes", "cs", None)
    assert datetime.fromisoformat(request["due_at"]) > datetime.now(UTC) + timedelta(days=2)
    assert {one["reads_as"] for one in request["read_by"]} == {"asker", "coordinator", "national_coordinator"}
    assert (await news(nora, request), await news(cluster.anna, request)) == (["help_asked"], ["help_asked"])
    assert (await news(cluster.cara, request), await news(cluster.dan, request)) == ([], [])
    told(await answer(cluster.ben, request, "I was one of the two."), 201)
    assert told(await show(cluster.cara, request))["due_at"] == request["due_at"]
    told(await answer(nora, request), 201)
    known = told(await show(cluster.cara, request))
    assert (known["due_at"], bool(known["answered_at"]), known["settled_at"]) == (None, True, None)
    assert [one["office"] for one in known["answers"]] == [None, "national_coordinator"]
    assert known["can"] == ["see", "answer", "settle"]
    assert await news(cluster.cara, request) == ["help_answered"] * 2, "a colleague, and the office by itself"
    told(await settle(cluster.cara, request), 204)
    told(await settle(cluster.cara, request), 204)
    known = told(await show(cluster.cara, request))
    assert (bool(known["settled_at"]), known["settled_by"]) == (True, "Cara Sykes")


async def test_who_asked_and_is_not_content_gets_another_promise(nora, cluster, request_of_cara):
    told(await answer(nora, request_of_cara, settled=True), 201)
    assert told(await show(nora, request_of_cara))["settled_at"]
    told(await answer(cluster.cara, request_of_cara, "And the third?"), 201)
    known = told(await show(nora, request_of_cara))
    assert (known["settled_at"], known["settled_by"], bool(known["due_at"])) == (None, "", True)
    assert request_of_cara["id"] in await listed(nora, "/v1/help-requests", waiting=True)


async def test_only_those_whom_it_concerns_know_of_it(house, nora, olga, cluster):
    shared = told(await ask(cluster.cara, cluster), 201)
    private = told(await ask(cluster.cara, cluster, readers="nobody"), 201)
    elsewhere = await an_official(house, "national_coordinator", "PT")
    may_read = {
        "cara": {shared["id"], private["id"]},
        "anna": {shared["id"]},
        "ben": {shared["id"]},
        "hana": set(),
        "dan": set(),
    }
    path = f"/v1/clusters/{cluster.id}/help-requests"
    for name, known in may_read.items():
        asker = getattr(cluster, name)
        assert set(await listed(asker, path)) == known, name
        for request in (shared, private):
            assert (await show(asker, request)).status_code == (200 if request["id"] in known else 404), name
    assert set(await listed(nora, path)) == {shared["id"], private["id"]}
    assert await listed(olga, path) == []
    for request in (shared, private):
        assert refusal(await show(elsewhere, request)) == (404, "not-found")
        assert refusal(await show(olga, request)) == (404, "not-found")
    assert (await news(cluster.anna, private), await news(nora, private)) == ([], ["help_asked"])


async def test_late_it_climbs_once_and_the_programme_answers(house, nora, olga, cluster, request_of_cara):
    await late(house, request_of_cara)
    await late(house, request_of_cara)
    assert await news(olga, request_of_cara) == ["help_climbed"]
    assert (await news(nora, request_of_cara))[0] == "help_climbed"
    assert request_of_cara["id"] in await listed(olga, "/v1/help-requests", waiting=True)
    told(await answer(olga, request_of_cara), 201)
    known = told(await show(cluster.cara, request_of_cara))
    assert (known["answers"][0]["office"], known["due_at"]) == ("programme_coordinator", None)
    assert request_of_cara["id"] not in await listed(olga, "/v1/help-requests", waiting=True)
    assert request_of_cara["id"] in await listed(olga, "/v1/help-requests")


async def test_who_asked_lets_it_climb_at_once(olga, cluster, request_of_cara):
    assert refusal(await climb(cluster.anna, request_of_cara)) == (403, "forbidden")
    told(await climb(cluster.cara, request_of_cara), 204)
    told(await climb(cluster.cara, request_of_cara), 204)
    assert await news(olga, request_of_cara) == ["help_climbed"]


async def test_a_country_without_a_coordinator_asks_the_programme(house, olga):
    cluster = await a_cluster(house, country="MT")
    offer = told(await cluster.cara.clusters.get(f"/v1/clusters/{cluster.id}/help-offer"))
    assert (offer["to"], offer["to_programme"], offer["days"]) == ([], True, 3)
    request = told(await ask(cluster.cara, cluster), 201)
    assert request["climbed_at"]
    assert await news(olga, request) == ["help_asked"]


async def test_others_settle_nothing(nora, cluster, request_of_cara):
    assert refusal(await settle(cluster.anna, request_of_cara)) == (403, "forbidden")
    assert refusal(await answer(cluster.anna, request_of_cara, settled=True)) == (403, "forbidden")
    assert told(await show(nora, request_of_cara))["answers"] == []


async def test_a_country_promises_its_own_time(house, nora, cluster):
    path = "/v1/countries/CZ/help-promise"
    known = told(await cluster.cara.clusters.get(path))
    assert known["can"] == ["see"]
    told(await nora.clusters.put(path, json={"days": 5}, headers={"if-match": f'"{known["version"]}"'}))
    try:
        assert told(await cluster.cara.clusters.get(f"/v1/clusters/{cluster.id}/help-offer"))["days"] == 5
        again = await nora.clusters.put(path, json={"days": 4}, headers={"if-match": f'"{known["version"]}"'})
        assert again.status_code == 412
        assert refusal(await cluster.anna.clusters.put(path, json={"days": 1})) == (403, "forbidden")
        assert wrong_fields(await nora.clusters.put(path, json={"days": 0})) == {"/days": "greater_than_equal"}
    finally:
        await house.rows("clusters", "delete from help_promise")


async def test_a_closed_cluster_asks_and_answers_nothing(house, nora, cluster, request_of_cara):
    told(await nora.clusters.put(f"/v1/clusters/{cluster.id}/closure", json={"word": ""}))
    assert refusal(await ask(cluster.cara, cluster)) == (409, "cluster-closed")
    assert refusal(await answer(nora, request_of_cara)) == (409, "cluster-closed")
    await late(house, request_of_cara)
    known = told(await show(cluster.cara, request_of_cara))
    assert (known["climbed_at"], known["can"]) == (None, ["see"])
    assert request_of_cara["id"] not in await listed(nora, "/v1/help-requests", waiting=True)


async def test_open_questions_and_answers_have_a_bound(nora, cluster, request_of_cara, monkeypatch):
    monkeypatch.setattr(actions, "MOST_WAITING", 1)
    monkeypatch.setattr(actions, "MOST_ANSWERS", 1)
    assert refusal(await ask(cluster.cara, cluster)) == (409, "too-many-help-requests")
    told(await answer(cluster.cara, request_of_cara), 201)
    assert refusal(await answer(cluster.cara, request_of_cara)) == (409, "help-thread-full")


async def test_what_is_wrong_is_said_at_its_place(nora, cluster):
    wrong = await ask(cluster.cara, cluster, about="", text="x" * 5_001, readers="all")
    assert wrong_fields(wrong).keys() == {"/about", "/text", "/readers"}


async def test_lists_of_offices_are_theirs_alone_and_can_be_walked(nora, cluster):
    assert refusal(await cluster.anna.clusters.get("/v1/help-requests")) == (403, "forbidden")
    made = [told(await ask(cluster.cara, cluster), 201)["id"] for _ in range(3)]
    for waiting in (False, True):
        found, after = [], None
        while True:
            asked = {"waiting": waiting, "limit": 2} | ({"after": after} if after else {})
            page = told(await nora.clusters.get("/v1/help-requests", params=asked))
            found += [one["id"] for one in page["items"]]
            if not (after := page["next"]):
                break
        assert (set(made) <= set(found), len(found)) == (True, len(set(found)))

"""A cluster is led otherwise from now on: what waits in it becomes what was said before, and its leaders are told."""

import pytest

from tests.clusters.deciding.voting import proposed, show
from tests.people import a_cluster, an_official, refusal, told

RULE = {"process": "majority", "counted": "person", "needs_each_school": False, "days": 3}


@pytest.fixture
async def nora(house):
    return await an_official(house, "national_coordinator", "CZ")


@pytest.fixture
async def south(house):
    return await a_cluster(house, approach="bottom_up")


async def change(asker, cluster, approach, **more):
    return await asker.clusters.put(f"/v1/clusters/{cluster.id}/approach", json={"approach": approach} | more)


async def becomes(asker, cluster):
    return told(await asker.clusters.get(f"/v1/clusters/{cluster.id}/approach"))


async def test_what_the_ministry_decides_then_is_withdrawn_and_agreements_go_on(house, nora, south):
    rule = await proposed(south.anna, south, matter="decision_rule", title="Faster", decision_rule=RULE)
    words = await proposed(south.anna, south)
    assert [one["id"] for one in (await becomes(nora, south))["proposals"]] == [rule["id"]]
    told(await change(nora, south, "top_down"))
    assert (await show(south.ben, rule))["state"] == "taken_back"
    assert (await show(south.ben, words))["state"] == "open"
    assert (await becomes(nora, south))["proposals"] == []


async def test_a_plan_that_was_handed_in_is_a_draft_again(house, nora, cluster):
    year = 2026
    plan = told(await cluster.anna.clusters.put(f"/v1/clusters/{cluster.id}/plans/{year}", json={}))
    told(await cluster.anna.clusters.put(f"/v1/plans/{plan['id']}/handing-in"), 204)
    seen = await becomes(nora, cluster)
    assert seen["plans"] == [{"id": plan["id"], "year": year}]
    told(await change(nora, cluster, "bottom_up"))
    plan = told(await cluster.cara.clusters.get(f"/v1/plans/{plan['id']}"))
    assert (plan["state"], "write" in plan["can"], len(plan["editions"])) == ("draft", True, 1)
    assert (await becomes(nora, cluster))["plans"] == []


async def test_leaders_are_told_once_with_the_word_and_the_other_services_hear_of_it(house, nora, south):
    told(await change(nora, south, "top_down", word="We need you closer."))
    told(await change(nora, south, "top_down", word="Once more"))
    await house.run_jobs("clusters")
    await house.hear()
    news = told(await south.anna.clusters.get("/v1/notices"))["items"]
    assert [one["params"]["word"] for one in news if one["kind"] == "approach_changed"] == ["We need you closer."]
    assert told(await south.cara.clusters.get("/v1/notices"))["items"] == []
    for service in ("events", "diaries"):
        rows = await house.rows(service, "select approach from cluster where id = $1", south.id)
        assert rows[0]["approach"] == "top_down"


async def test_only_offices_change_it_and_not_of_a_closed_cluster(house, nora, south):
    assert refusal(await change(south.anna, south, "top_down"))[0] == 403
    assert refusal(await south.anna.clusters.get(f"/v1/clusters/{south.id}/approach"))[0] == 403
    hana = await an_official(house, "national_coordinator", "PT")
    assert refusal(await change(hana, south, "top_down"))[0] == 404
    told(await nora.clusters.put(f"/v1/clusters/{south.id}/closure", json={}))
    assert refusal(await change(nora, south, "top_down")) == (409, "cluster-closed")

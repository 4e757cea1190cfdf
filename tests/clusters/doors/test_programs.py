"""What a program sees with a token of its own, and how facts name it."""

import pytest

from tests.clusters.doors.test_clients import a_client, acting_for, asking, grant
from tests.diaries.writing import published
from tests.events.making import announce
from tests.people import a_cluster, refusal, told


@pytest.fixture
async def program(house, cluster):
    client = await a_client(cluster, "webhooks")
    return asking(house, told(await grant(house, client["client_id"], client["secret"]))["access_token"])


async def test_a_program_finds_its_cluster_with_people_events_and_entries_and_no_other(house, cluster, program):
    other = await a_cluster(house)
    mine, theirs = [await announce(c.anna, c, 5) for c in (cluster, other)]
    own, foreign = [await published(c.cara, c) for c in (cluster, other)]
    assert [c["id"] for c in told(await program.clusters.get("/v1/clusters"))["items"]] == [cluster.id]
    schools = told(await program.clusters.get(f"/v1/clusters/{cluster.id}"))["schools"]
    assert {school["school_id"] for school in schools} == {cluster.mentor, cluster.mentee}
    people = told(await program.clusters.get(f"/v1/clusters/{cluster.id}/people"))["items"]
    assert {str(cluster.cara.id), str(cluster.anna.id)} <= {person["person_id"] for person in people}
    assert [event["id"] for event in told(await program.events.get("/v1/events"))["items"]] == [mine["id"]]
    told(await program.events.get(f"/v1/events/{mine['id']}"))
    assert [entry["id"] for entry in told(await program.diaries.get("/v1/entries"))["items"]] == [own]
    told(await program.diaries.get(f"/v1/entries/{own}"))
    for answer in (
        await program.clusters.get(f"/v1/clusters/{other.id}"),
        await program.events.get(f"/v1/events/{theirs['id']}"),
        await program.diaries.get(f"/v1/entries/{foreign}"),
    ):
        assert refusal(answer) == (404, "not-found")


async def test_a_program_reads_no_draft_and_changes_nothing_by_itself(cluster, program):
    new = {"cluster_id": cluster.id, "title": "T", "language": "en"}
    draft = told(await cluster.cara.diaries.post("/v1/entries", json=new), 201)["id"]
    assert refusal(await program.diaries.get(f"/v1/entries/{draft}")) == (404, "not-found")
    assert refusal(await program.diaries.post("/v1/entries", json=new)) == (403, "forbidden")
    aims = await program.clusters.put(f"/v1/clusters/{cluster.id}/aims", json={"priorities": "", "goals": ""})
    assert refusal(aims) == (403, "forbidden")


async def test_a_fact_names_the_program_that_did_it_for_somebody(house, cluster):
    acting = await acting_for(house, cluster, cluster.cara)
    own = await house.as_service("web")
    before = told(await own.diaries.get("/v1/facts", params={"newest": True}))["next"]
    new = {"cluster_id": cluster.id, "title": "T", "language": "en"}
    entry_id = told(await acting.diaries.post("/v1/entries", json=new), 201)["id"]
    (fact,) = await house.rows(
        "diaries", "select actor_id, client_id from fact where data ->> 'entry_id' = $1", entry_id
    )
    (client,) = await house.rows("clusters", "select id from client where cluster_id = $1", cluster.id)
    assert (fact["actor_id"], fact["client_id"]) == (cluster.cara.id, client["id"])
    await house.hear()
    told_of = told(await own.diaries.get("/v1/facts", params={"after": before}))["items"]
    assert str(client["id"]) in {item["client_id"] for item in told_of}

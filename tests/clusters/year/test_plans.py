"""The plan of a cluster's year: begun, written together, handed in, approved or sent back, and kept in editions."""

from tests.people import a_cluster, refusal, told


async def begun(person, cluster, year=2026, **said):
    return told(await person.clusters.put(f"/v1/clusters/{cluster.id}/plans/{year}", json=said))


async def test_smoke(house):
    cluster = await a_cluster(house)
    plan = await begun(cluster.anna, cluster)
    assert plan["parts"]
    part = told(
        await cluster.anna.clusters.post(f"/v1/plans/{plan['id']}/parts", json={"kind": "goal", "title": "More"}), 201
    )
    print(part)
    print(
        refusal(
            await cluster.anna.clusters.post(
                f"/v1/plans/{plan['id']}/parts", json={"kind": "activity", "title": "More"}
            )
        )
    )
    told(await cluster.anna.clusters.put(f"/v1/plan-parts/{part['id']}/tick"), 204)
    page = told(await cluster.anna.clusters.get(f"/v1/plans/{plan['id']}"))
    print(page)
    print(await cluster.anna.clusters.put(f"/v1/plans/{plan['id']}/handing-in"))
    print(told(await cluster.anna.clusters.get(f"/v1/clusters/{cluster.id}/plans")))
    print(told(await cluster.anna.clusters.get(f"/v1/clusters/{cluster.id}")))
    assert 0

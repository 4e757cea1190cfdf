"""Which school belongs to which cluster, and what follows from it everywhere."""

from tests.people import told


async def test_members_see_their_cluster_with_the_mentor_first(cluster):
    shown = told(await cluster.cara.clusters.get(f"/v1/clusters/{cluster.id}"))
    assert [school["role"] for school in shown["schools"]] == ["mentor", "mentee"]

"""Who mentors a cluster: one school or several, and learning labs as well; and who belongs to two clusters."""

from tests.clusters.clusters.test_membership import admit
from tests.clusters.clusters.test_tools import add
from tests.people import a_cluster, a_person, a_school, accept, refusal, told


async def a_lab(house, cluster):
    """(its membership, who coordinates it)."""
    school_id = await a_school(house)
    membership = told(await admit(await house.as_service("demo"), cluster, school_id, "lab"), 201)
    lea = await a_person(house, school_id, "coordinator", name="Lea Labová")
    return membership, await house.as_person(lea["person_id"])


async def test_who_coordinates_a_learning_lab_mentors_as_others_do(house, cluster):
    _, lea = await a_lab(house, cluster)
    told(await add(lea, cluster), 201)
    assert refusal(await add(cluster.ben, cluster)) == (403, "forbidden")


async def test_a_learning_lab_is_mentor_enough(house, cluster):
    lab, _ = await a_lab(house, cluster)
    demo = await house.as_service("demo")
    told(await demo.clusters.delete(f"/v1/memberships/{cluster.memberships['mentor']}"))
    assert refusal(await demo.clusters.delete(f"/v1/memberships/{lab['id']}")) == (409, "last-mentor")


async def test_the_schools_that_mentor_stand_first(house, cluster):
    await a_lab(house, cluster)
    told(await admit(await house.as_service("demo"), cluster, await a_school(house), "mentor"), 201)
    shown = told(await cluster.cara.clusters.get(f"/v1/clusters/{cluster.id}"))
    assert [school["role"] for school in shown["schools"]] == ["mentor", "mentor", "lab", "mentee"]


async def test_each_of_several_mentors_mentors(house, cluster):
    demo, school_id = await house.as_service("demo"), await a_school(house)
    told(await admit(demo, cluster, school_id, "mentor"), 201)
    mina = await house.as_person((await a_person(house, school_id, "coordinator", name="Mina"))["person_id"])
    for asker in (mina, cluster.anna):
        told(await add(asker, cluster), 201)


async def test_a_person_at_two_schools_belongs_to_both_clusters_until_one_place_ends(house, cluster):
    other, demo = await a_cluster(house), await house.as_service("demo")
    asked = {"name": "Cara", "mail": cluster.addresses["cara"], "works_at_both": True}
    invited = told(await demo.clusters.post(f"/v1/schools/{other.mentee}/invitations", json=asked), 201)
    staff_id = told(await accept(cluster.cara, invited["id"]), 201)["staff_id"]
    await house.hear()
    for place in (cluster, other):
        told(await cluster.cara.clusters.get(f"/v1/clusters/{place.id}"))
        told(await cluster.cara.events.get("/v1/events", params={"cluster_id": place.id}))
    told(await other.ben.clusters.delete(f"/v1/staff/{staff_id}"))
    await house.hear()
    told(await cluster.cara.events.get("/v1/events", params={"cluster_id": cluster.id}))
    gone = await cluster.cara.events.get("/v1/events", params={"cluster_id": other.id})
    assert refusal(gone) == (404, "not-found")

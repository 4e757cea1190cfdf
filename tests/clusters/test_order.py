"""Lists of names stand in the order of their reader's language, and can be walked in it to their end."""

from tests.people import a_person, an_official, told

NAMES = ["Horák", "Chalupa", "Cibulka", "Černá", "Řehoř", "Rada", "Šimek", "Sova", "Ivan", "Žižka", "Zeman"]
CZECH = ["Cibulka", "Černá", "Horák", "Chalupa", "Ivan", "Rada", "Řehoř", "Sova", "Šimek", "Zeman", "Žižka"]
ENGLISH = ["Černá", "Chalupa", "Cibulka", "Horák", "Ivan", "Rada", "Řehoř", "Šimek", "Sova", "Zeman", "Žižka"]


async def walked(asker, path, limit):
    """Every item of a list, page by page."""
    items, page = [], {"next": ""}
    while page["next"] is not None:
        params = {"limit": limit} | ({"after": page["next"]} if page["next"] else {})
        page = told(await asker.get(path, params=params))
        items += page["items"]
    return items


async def test_people_stand_in_the_order_of_their_readers_language(house, cluster):
    for name in NAMES:
        await a_person(house, cluster.mentor, "teacher", name=name)
    path = f"/v1/clusters/{cluster.id}/people"
    for reader, order in ((cluster.anna, CZECH), (cluster.ben, ENGLISH)):
        for limit in (1, 4, 100):
            people = [person["name"] for person in await walked(reader.clusters, path, limit)]
            assert [name for name in people if name in NAMES] == order
            assert len(people) == len(set(people))


async def test_clusters_stand_in_the_order_of_their_readers_language(house):
    programme = await an_official(house, "programme_coordinator")
    demo = await house.as_service("demo")
    for name in NAMES:
        new = {"name": name, "country": "CZ", "approach": "top_down", "zone": "Europe/Prague"}
        told(await demo.clusters.post("/v1/clusters", json=new), 201)
    for limit in (3, 100):
        names = [cluster["name"] for cluster in await walked(programme.clusters, "/v1/clusters", limit)]
        assert [name for name in names if name in NAMES] == ENGLISH

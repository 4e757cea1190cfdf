"""What web asks of the directory of schools is what clusters answers."""

from uuid import UUID

from tests.contracts.conftest import refused
from tests.people import an_official
from web.clients.clusters.schools import Schools


async def test_schools(house, cluster, asked_as):
    nora = await an_official(house, "national_coordinator", "CZ")
    schools = asked_as(nora, Schools)
    said = {"name": f"Gymnázium {nora.id}", "town": "Žatec", "country": "CZ", "zone": "UTC", "kind": "secondary"}
    said |= {"official_ids": [{"country": "CZ", "scheme": "RED-IZO", "number": str(nora.id)}]}
    said |= {"headcounts": [{"year": 2026, "students": 540, "teachers": 46}]}
    assert await schools.alike(name=said["name"], town="zatec", country="CZ") == []
    made = await schools.register("", said)
    (found,) = (await schools.index(q=str(nora.id), country="CZ")).items
    assert [page async for page in schools.every(q=str(nora.id), country="CZ")] == [[found]]
    assert (found.id, found.students, found.in_cluster, found.official_ids[0].scheme) == (made, 540, False, "RED-IZO")
    assert [one.id for one in await schools.alike(name=said["name"], town="zatec", country="CZ")] == [made]
    shown = await schools.show(made)
    assert (shown.kind, shown.headcounts[0].teachers, shown.whole, shown.shows_people) == ("secondary", 46, None, True)
    schools = asked_as(cluster.ben, Schools)
    assert (await schools.people(UUID(cluster.mentee))).next is None
    await schools.change(UUID(cluster.mentee), None, said | {"name": "Ours", "official_ids": []})
    ours = await schools.show(UUID(cluster.mentee))
    assert (ours.name, [one.id for one in ours.clusters]) == ("Ours", [UUID(cluster.id)])
    assert "change" in ours.can
    stale = schools.change(UUID(cluster.mentee), ours.version - 1, said | {"official_ids": []})
    assert await refused(stale) == 412

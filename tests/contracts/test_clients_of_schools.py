"""What web asks of the directory of schools is what clusters answers."""

from datetime import date
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


async def test_what_a_development_plan_says(cluster, asked_as):
    schools, school_id = asked_as(cluster.ben, Schools), UUID(cluster.mentee)
    nothing = await schools.development_plan(school_id)
    assert (nothing.text, nothing.link, nothing.since, nothing.language, nothing.version) == ("", "", None, "", 0)
    said = {"text": "Mentors meet weekly.", "link": "https://skola.example/plan", "since": "2025-09-01"}
    await schools.write_development_plan(school_id, 0, said | {"language": None})
    shown = await schools.development_plan(school_id)
    assert (shown.text, shown.link, shown.since) == (said["text"], said["link"], date(2025, 9, 1))
    assert (shown.language, shown.version, shown.can) == ("en", 1, {"see", "write"})
    assert (await asked_as(cluster.marie, Schools).development_plan(school_id)).can == {"see"}
    assert await refused(schools.write_development_plan(school_id, 0, said)) == 412
    assert await refused(schools.write_development_plan(school_id, 1, {"since": "2025-09-01"})) == 422
    await schools.remove_development_plan(school_id, 1)
    assert (await schools.development_plan(school_id)).since is None

"""Of how many schools mentoring stands in the development plan: school by school, by cluster, and by country."""

import pytest

from tests.clusters.directory.test_development_plans import remove, write
from tests.clusters.doors.test_closing import close
from tests.clusters.overviews.looking import COUNTRIES, LAST, overview, overview_of, row_of
from tests.people import a_cluster, a_person, a_school, told

LEFT = "update membership set ended_at = now() where cluster_id = $1 and school_id = $2"


@pytest.fixture(autouse=True)
async def march(today):
    return today


async def admit(house, cluster, school_id):
    demo, said = await house.as_service("demo"), {"school_id": school_id, "role": "mentee"}
    told(await demo.clusters.post(f"/v1/clusters/{cluster.id}/memberships", json=said), 201)


async def of_cluster(asker, cluster, **asked):
    """(in how many, of how many) schools of this cluster."""
    row = await row_of(asker, cluster, **asked)
    return row["in_development_plans"], row["schools"]


async def of_country(asker, country, **asked):
    (found,) = (await overview(asker, country=country, **asked))["countries"]
    return found["in_development_plans"], found["schools"]


async def since(asker, cluster):
    """By the id of each school of the cluster, since when it stands in its development plan."""
    _, schools = await overview_of(asker, cluster)
    return {school_id: school["in_development_plan_since"] for school_id, school in schools.items()}


async def test_a_school_counts_from_when_it_is_written_until_it_is_taken_out(nora, petra, home):
    for school_id, asker, number in ((home.mentee, home.ben, 1), (home.mentor, home.anna, 2)):
        told(await write(asker, school_id))
        for office in (nora, petra):
            assert await of_cluster(office, home, country=home.country) == (number, 2)
            assert await of_country(office, home.country) == (number, 2)
    told(await remove(home.ben, home.mentee, 1), 204)
    assert await of_cluster(nora, home) == await of_country(nora, home.country) == (1, 2)


async def test_the_day_stands_in_the_row_of_its_school_for_everybody_in_the_cluster(nora, petra, home):
    told(await write(home.ben, home.mentee, since="2024-02-29"))
    for asker in (*home.everybody.values(), nora, petra):
        assert await since(asker, home) == {home.mentee: "2024-02-29", home.mentor: None}
    told(await write(home.hana, home.mentee, 1, since="2025-09-01"))
    assert (await since(home.cara, home))[home.mentee] == "2025-09-01"
    told(await remove(home.ben, home.mentee, 2), 204)
    assert (await since(home.cara, home))[home.mentee] is None


async def test_a_school_that_left_the_cluster_does_not_count_there(house, nora, home):
    for school_id, asker in ((home.mentee, home.ben), (home.mentor, home.anna)):
        told(await write(asker, school_id))
    await house.rows("clusters", LEFT, home.id, home.mentee)
    assert await of_cluster(nora, home) == await of_country(nora, home.country) == (1, 1)
    assert await of_cluster(nora, home, year=LAST) == (1, 1)


async def test_of_a_school_that_left_the_cluster_reads_the_day_no_more(house, nora, home):
    """Its development plan is not theirs to see any more, either."""
    told(await write(home.ben, home.mentee))
    await house.rows("clusters", LEFT, home.id, home.mentee)
    await house.hear()
    assert (await home.marie.clusters.get(f"/v1/schools/{home.mentee}/development-plan")).status_code == 404
    assert await since(home.marie, home) == {home.mentor: None, home.mentee: None}


async def test_a_school_that_came_back_counts_once(house, nora, home):
    told(await write(home.ben, home.mentee))
    await house.rows("clusters", LEFT, home.id, home.mentee)
    await admit(house, home, home.mentee)
    assert await of_cluster(nora, home) == await of_country(nora, home.country) == (1, 2)


async def test_a_school_in_two_clusters_counts_in_each_and_once_in_the_country(house, nora, home):
    second = await a_cluster(house, country=home.country)
    await admit(house, second, home.mentee)
    told(await write(home.ben, home.mentee))
    assert await of_cluster(nora, home) == (1, 2)
    assert await of_cluster(nora, second) == (1, 3)
    assert await of_country(nora, home.country) == (1, 4)
    await house.rows("clusters", LEFT, home.id, home.mentee)
    assert await of_cluster(nora, home) == (0, 1)
    assert await of_cluster(nora, second) == (1, 3)
    assert await of_country(nora, home.country) == (1, 4)


async def test_a_country_counts_the_schools_of_its_open_clusters_alone(house, nora, home):
    shut = await a_cluster(house, country=home.country)
    alone = await a_school(house, home.country)
    head = await house.as_person((await a_person(house, alone, "head"))["person_id"])
    abroad = await a_cluster(house, country=next(COUNTRIES))
    for asker, school_id in ((shut.ben, shut.mentee), (head, alone), (abroad.ben, abroad.mentee)):
        told(await write(asker, school_id))
    assert await of_country(nora, home.country) == (1, 4)
    told(await close(nora, shut))
    assert await of_country(nora, home.country) == (0, 2)
    assert await of_cluster(nora, shut) == (0, 0)

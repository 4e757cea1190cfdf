"""Red today; each for a fault of the service. To be put below tests/clusters/year once they are mended."""

from tests.clusters.doors.test_erasure import erased, leave, rows_that_say
from tests.clusters.year.planning import ACTIVITY, GOAL, YEAR, a_plan, add, answer, begin, hand_in
from tests.people import an_official, told


async def test_a_plan_of_a_year_before_the_first_takes_no_aims_of_a_later_plan(cluster):
    plan = told(await begin(cluster.anna, cluster))
    for title in ("Read", "Write"):
        told(await add(cluster.anna, plan, title=title), 201)
    assert told(await begin(cluster.anna, cluster, YEAR - 1))["parts"] == []


async def test_a_school_that_is_called_otherwise_makes_no_edition(house, cluster):
    nora = await an_official(house, "national_coordinator", "CZ")
    plan = await a_plan(cluster.anna, cluster, ACTIVITY | {"school_id": cluster.mentee})
    told(await hand_in(cluster.anna, plan), 204)
    await house.rows("clusters", "update school set name = 'Elsewhere' where id = $1", cluster.mentee)
    known = told(await answer(nora, plan), 201)
    assert [edition["number"] for edition in known["editions"]] == [1]


async def test_the_word_of_who_left_with_their_writings_goes(house, cluster):
    nora = await an_official(house, "national_coordinator", "CZ")
    plan = await a_plan(cluster.anna, cluster, GOAL)
    told(await hand_in(cluster.anna, plan), 204)
    told(await answer(nora, plan, "Quellwasser", approved=False), 201)
    (row,) = await house.rows("clusters", "select mail from address where person_id = $1", nora.id)
    told(await leave(house, nora, row["mail"], "go"), 202)
    await erased(house)
    assert not await rows_that_say(house, "Quellwasser")


async def test_what_somebody_wrote_is_in_their_record(house, cluster):
    nora = await an_official(house, "national_coordinator", "CZ")
    plan = await a_plan(cluster.anna, cluster, GOAL)
    told(await hand_in(cluster.anna, plan), 204)
    told(await answer(nora, plan, "Quellwasser", approved=False), 201)
    assert "Quellwasser" in (await nora.clusters.get("/v1/me/record")).text
    assert GOAL["title"] in (await cluster.anna.clusters.get("/v1/me/record")).text

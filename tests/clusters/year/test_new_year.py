"""A cluster that has planned a year is offered the next one, from July on, until somebody begins it."""

from datetime import date

import pytest

from services.clusters.year.plans.template import year_to_begin
from tests.clusters.year.planning import ACTIVITY, GOAL, YEAR, add, begin, closed, show, tick
from tests.people import a_cluster, an_official, told

AT_HAND = YEAR
BEFORE = AT_HAND - 1


@pytest.fixture(autouse=True)
def in_autumn(monkeypatch):
    """Whatever month it is: this school year is to be begun."""
    monkeypatch.setattr("services.clusters.me.queries.year_to_begin", lambda day: AT_HAND)


async def offered(asker):
    return told(await asker.clusters.get("/v1/me"))["years_to_begin"]


@pytest.mark.parametrize(
    ("day", "year"), [((2026, 6, 30), None), ((2026, 7, 1), 2026), ((2026, 12, 31), 2026), ((2027, 1, 1), None)]
)
def test_a_year_is_begun_from_july_to_december(day, year):
    assert year_to_begin(date(*day)) == year


async def test_it_is_offered_to_who_coordinates_until_it_is_begun(cluster):
    assert await offered(cluster.anna) == []
    told(await begin(cluster.anna, cluster, BEFORE))
    waiting = {"cluster_id": cluster.id, "year": AT_HAND}
    for asker in (cluster.anna, cluster.ben):
        (one,) = await offered(asker)
        assert waiting.items() <= one.items()
    for asker in (cluster.hana, cluster.marie, cluster.cara):
        assert await offered(asker) == []
    told(await begin(cluster.ben, cluster, AT_HAND))
    assert await offered(cluster.anna) == await offered(cluster.ben) == []


async def test_outside_of_these_months_nothing_is_offered(cluster, monkeypatch):
    told(await begin(cluster.anna, cluster, BEFORE))
    monkeypatch.setattr("services.clusters.me.queries.year_to_begin", lambda day: None)
    assert await offered(cluster.anna) == []


async def test_who_has_planned_nothing_lately_is_offered_nothing(house, cluster):
    plan = told(await begin(cluster.anna, cluster, BEFORE))
    assert len(await offered(cluster.anna)) == 1
    await house.rows("clusters", "update plan set year = $2 where id = $1", plan["id"], BEFORE - 1)
    assert await offered(cluster.anna) == []


async def test_in_a_bottom_up_cluster_heads_are_offered_it_too(house):
    cluster = await a_cluster(house, "bottom_up")
    told(await begin(cluster.anna, cluster, BEFORE))
    assert [len(await offered(asker)) for asker in (cluster.anna, cluster.hana, cluster.cara)] == [1, 1, 0]


async def test_a_closed_cluster_begins_no_year(house, cluster):
    told(await begin(cluster.anna, cluster, BEFORE))
    await closed(await an_official(house, "national_coordinator", "CZ"), cluster)
    assert await offered(cluster.anna) == []


async def test_what_was_not_reached_comes_along_and_the_year_before_stays_as_it_was(cluster):
    old = told(await begin(cluster.anna, cluster, BEFORE))
    days = {"begins": f"{BEFORE}-11-01", "ends": f"{AT_HAND}-04-30"}
    reached = told(await add(cluster.anna, old, GOAL | {"title": "Reached by now"}), 201)
    for part in (GOAL, ACTIVITY | days):
        told(await add(cluster.anna, old, part), 201)
    told(await tick(cluster.anna, reached), 204)
    before = told(await show(cluster.anna, old))
    new = told(await begin(cluster.anna, cluster, AT_HAND, "year_before"))
    assert [(part["title"], part["begins"]) for part in new["parts"]] == [
        (GOAL["title"], None),
        (ACTIVITY["title"], f"{AT_HAND}-11-01"),
    ]
    assert told(await show(cluster.anna, old))["parts"] == before["parts"]

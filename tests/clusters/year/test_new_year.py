"""A cluster that has planned a year is offered the next one, from July on, until somebody begins it."""

from datetime import date

import pytest

from kit.clock import now
from services.clusters.year.plans.template import year_at_hand
from tests.clusters.year.planning import ACTIVITY, GOAL, add, begin, closed, show, tick
from tests.people import an_official, told

AT_HAND = year_at_hand(now().date())
BEFORE = AT_HAND - 1


async def offered(asker):
    return told(await asker.clusters.get("/v1/me"))["years_to_begin"]


@pytest.mark.parametrize(
    ("day", "year"), [((2026, 6, 30), 2025), ((2026, 7, 1), 2026), ((2026, 12, 31), 2026), ((2027, 1, 1), 2026)]
)
def test_from_july_on_the_next_year_is_planned(day, year):
    assert year_at_hand(date(*day)) == year


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


async def test_who_has_planned_nothing_lately_is_offered_nothing(cluster):
    told(await begin(cluster.anna, cluster, AT_HAND))
    assert await offered(cluster.anna) == []


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

"""Which clusters have something that is late."""

from datetime import date, timedelta

import pytest

from tests.clusters.overviews.looking import (
    LAST,
    YEAR,
    formed,
    row_of,
    rows,
)
from tests.clusters.overviews.test_overviews import a_lively_one, ids
from tests.clusters.year.planning import MILESTONE, a_plan, a_todo, tick
from tests.people import a_cluster, told


@pytest.fixture(autouse=True)
async def march(today):
    return today


async def test_late_are_milestones_and_todos_that_are_not_done(house, nora, country, today):
    lively = [await a_lively_one(house, country, today) for _ in range(3)]
    planned, asked, fine = lively
    plan = await a_plan(planned.anna, planned, MILESTONE, MILESTONE | {"title": "Ahead", "ends": f"{YEAR + 1}-05-15"})
    todo = await a_todo(nora, asked)
    await house.rows("clusters", "update todo set due = $2 where id = $1", todo["id"], today - timedelta(days=1))
    assert {row["cluster_id"]: row["late"] for row in await rows(nora)} == {planned.id: 1, asked.id: 1, fine.id: 0}
    assert {*await ids(nora, only="late")} == {planned.id, asked.id}
    told(await tick(planned.anna, next(one for one in plan["parts"] if one["title"] != "Ahead")), 204)
    assert await ids(nora, only="late") == [asked.id]
    assert await ids(nora, only="late", year=LAST) == []
    told(await asked.anna.clusters.put(f"/v1/todos/{todo['id']}/clusters/{asked.id}/tick"), 204)
    assert await ids(nora, only="late") == []


@pytest.mark.parametrize(("due", "year"), [((8, 31), LAST), ((9, 1), YEAR)])
async def test_a_todo_is_late_in_the_year_in_which_it_was_due(house, nora, home, due, year):
    await formed(house, home, date(LAST, 10, 1))
    todo = await a_todo(nora, home)
    await house.rows("clusters", "update todo set due = $2 where id = $1", todo["id"], date(YEAR, *due))
    assert {each: (await row_of(nora, home, year=each))["late"] for each in (LAST, YEAR)} == {
        LAST: int(year == LAST), YEAR: int(year == YEAR),
    }  # fmt: skip


async def test_what_a_cluster_of_its_schools_does_not_follow_is_not_late(house, nora, country, today):
    free = await a_cluster(house, "bottom_up", country)
    await formed(house, free, today - timedelta(days=120))
    todo = await a_todo(nora, free)
    await house.rows("clusters", "update todo set due = $2 where id = $1", todo["id"], today - timedelta(days=1))
    assert (await row_of(nora, free))["late"] == 0
    shown = told(await free.anna.clusters.get(f"/v1/clusters/{free.id}/overview"))
    assert [(one["kind"], one["late"]) for one in shown["due"]] == [("todo", False)]

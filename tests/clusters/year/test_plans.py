"""The plan of a cluster's year is begun once, from a usual year or the year before, and written together."""

import asyncio
from datetime import date
from io import BytesIO

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from services.clusters.year.plans import template
from services.clusters.year.plans.template import day_in, years_later
from tests.clusters.year.planning import ACTIVITY, GOAL, MILESTONE, YEAR, add, begin, change, remove, tick
from tests.people import refusal, told, wrong_fields

FACTS = "select kind from fact where data ->> 'plan_id' = $1 order by seq"


async def cluster_of(cluster):
    return told(await cluster.anna.clusters.get(f"/v1/clusters/{cluster.id}"))


async def say_aims(cluster, priorities, goals):
    match = {"if-match": f'"{(await cluster_of(cluster))["version"]}"'}
    said = {"priorities": priorities, "goals": goals}
    return await cluster.anna.clusters.put(f"/v1/clusters/{cluster.id}/aims", json=said, headers=match)


def said_in(plan, kind):
    return [part for part in plan["parts"] if part["kind"] == kind]


@pytest.fixture
async def plan(cluster):
    return told(await begin(cluster.anna, cluster))


async def test_it_begins_with_a_usual_year_in_the_words_of_who_begins_it(cluster, monkeypatch, tmp_path):
    words = Catalog(locale="cs")
    words.add("Visits to lessons", "Návštěvy hodin")
    (tmp_path / "locale/cs/LC_MESSAGES").mkdir(parents=True)
    write_mo(written := BytesIO(), words)
    (tmp_path / "locale/cs/LC_MESSAGES/messages.mo").write_bytes(written.getvalue())
    monkeypatch.setattr(template, "HERE", tmp_path)
    plan = told(await begin(cluster.anna, cluster, begins_from="template"))
    (visits,) = [part for part in plan["parts"] if part["section"] == "community_of_practice"]
    assert (visits["title"], visits["language"]) == ("Návštěvy hodin", "cs")
    assert (visits["begins"], visits["ends"]) == (f"{YEAR}-11-01", f"{YEAR + 1}-04-30")
    assert [part["section"] for part in said_in(plan, "activity")][:2] == ["preparation", "networking"]
    assert len(said_in(plan, "activity")) + len(said_in(plan, "milestone")) == len(plan["parts"]) == 9
    assert (plan["year"], plan["state"], plan["version"], plan["changed_by"]) == (YEAR, "draft", 1, "Anna Nováková")


async def test_where_the_house_has_no_words_it_begins_in_english(cluster):
    plan = told(await begin(cluster.anna, cluster, begins_from="template", language="de"))
    assert {part["language"] for part in plan["parts"]} == {"en"}
    assert "Visits to lessons" in {part["title"] for part in plan["parts"]}
    goal = told(await add(cluster.anna, plan, language="de"), 201)
    assert goal["language"] == "de", "people write in any"


@pytest.mark.parametrize("year", [2023, 2026, 2027])
def test_every_day_of_the_template_is_one_of_the_school_year(year):
    for part in template.parts_of(year, "en"):
        for day in (part.get("begins"), part["ends"]):
            assert day is None or date(year, 9, 1) <= day <= date(year + 1, 8, 31), part["title"]
        assert part.get("begins", part["ends"]) <= part["ends"]
    assert (day_in(year, 8, 31), day_in(year, 9, 1)) == (date(year + 1, 8, 31), date(year, 9, 1))


def test_a_day_that_is_in_no_later_year_is_the_day_before():
    days = [years_later(date(2028, 2, 29), years) for years in (1, 4)]
    assert (days, years_later(None, 1)) == ([date(2029, 2, 28), date(2032, 2, 29)], None)


async def test_begun_again_it_stays_as_it_is(house, cluster, plan):
    told(await add(cluster.ben, plan), 201)
    again = told(await begin(cluster.ben, cluster, begins_from="template"))
    assert (again["id"], [part["kind"] for part in again["parts"]]) == (plan["id"], ["goal"])
    (listed,) = told(await cluster.dan.clusters.get(f"/v1/clusters/{cluster.id}/plans"))["items"]
    assert listed["id"] == plan["id"]
    facts = await house.rows("clusters", FACTS, plan["id"])
    assert [row["kind"] for row in facts] == ["plan.begun", "plan.changed"]


async def test_of_two_who_begin_at_once_both_have_the_same(cluster):
    begun = [begin(asker, cluster, begins_from="template") for asker in (cluster.anna, cluster.ben) * 2]
    plans = [told(one) for one in await asyncio.gather(*begun)]
    assert {(one["id"], len(one["parts"])) for one in plans} == {(plans[0]["id"], 9)}


async def test_a_year_far_away_has_no_plan_yet(cluster):
    for year in (YEAR - 2, YEAR + 2):
        assert wrong_fields(await begin(cluster.anna, cluster, year)) == {"/year": "year_far_away"}
    for year in (YEAR + 1, YEAR, YEAR - 1):
        told(await begin(cluster.anna, cluster, year))
    path = f"/v1/clusters/{cluster.id}/plans"
    page = told(await cluster.anna.clusters.get(path, params={"limit": 2}))
    found = page["items"] + told(await cluster.anna.clusters.get(path, params={"after": page["next"]}))["items"]
    assert [one["year"] for one in found] == [YEAR + 1, YEAR, YEAR - 1]


@pytest.mark.parametrize(
    ("begins_from", "brings"),
    [
        ("year_before", {"priority": 1, "goal": 1, "activity": 1, "milestone": 1}),
        ("template", {"priority": 1, "goal": 1, "activity": 6, "milestone": 3}),
        ("nothing", {"priority": 0, "goal": 0, "activity": 0, "milestone": 0}),
    ],
)
async def test_what_was_not_reached_goes_on_a_year_later(cluster, begins_from, brings):
    plan = told(await begin(cluster.anna, cluster))
    parts_then = {
        name: told(await add(cluster.anna, plan, part, language="ar", who="Ben", text="Why"), 201)
        for name, part in {
            "priority": GOAL | {"kind": "priority"},
            "goal": GOAL | {"ends": f"{YEAR + 1}-06-30"},
            "reached": GOAL | {"title": "Reached"},
            "activity": ACTIVITY | {"school_id": cluster.mentee},
            "milestone": MILESTONE,
            "passed": MILESTONE | {"title": "Passed"},
            "removed": GOAL | {"title": "Removed"},
        }.items()
    }
    for name in ("reached", "passed"):
        told(await tick(cluster.anna, parts_then[name]), 204)
    told(await remove(cluster.anna, parts_then["removed"]), 204)
    later = told(await begin(cluster.ben, cluster, YEAR + 1, begins_from))
    assert {kind: len(said_in(later, kind)) for kind in brings} == brings
    assert not {"Reached", "Passed", "Removed"} & {part["title"] for part in later["parts"]}
    if begins_from == "year_before":
        kept = ("title", "text", "who", "language", "section", "school_id")
        for part in later["parts"]:
            was = parts_then[part["kind"]]
            assert {name: part[name] for name in kept} == {name: was[name] for name in kept}
            assert (part["id"] != was["id"], part["changed_by"], part["version"]) == (True, "Ben Hill", 1)
            for name in ("begins", "ends"):
                moved = years_later(date.fromisoformat(was[name]), 1).isoformat() if was[name] else None
                assert part[name] == moved


async def test_what_the_cluster_is_for_goes_into_its_first_plan_and_nothing_of_it_is_lost(cluster):
    long = "Read " * 60 + "well"
    told(await say_aims(cluster, "Reading\nand what comes of it", long))
    plan = told(await begin(cluster.anna, cluster))
    ((priority,), (goal,)) = (said_in(plan, "priority"), said_in(plan, "goal"))
    assert (priority["title"], priority["text"]) == ("Reading", "Reading\nand what comes of it")
    assert (long.startswith(goal["title"].removesuffix(" …")), len(goal["title"]) <= 200, goal["text"]) == (
        True,
        True,
        long,
    )


async def test_what_is_said_in_a_line_is_a_title_alone(cluster):
    told(await say_aims(cluster, "", "Reading"))
    (goal,) = told(await begin(cluster.anna, cluster))["parts"]
    assert (goal["kind"], goal["title"], goal["text"]) == ("goal", "Reading", "")


async def test_its_newest_plan_says_what_the_cluster_is_for(cluster):
    known = await cluster_of(cluster)
    assert (known["has_plan"], "change_aims" in known["can"]) == (False, True)
    plan = told(await begin(cluster.anna, cluster))
    known = await cluster_of(cluster)
    assert (known["has_plan"], "change_aims" in known["can"], known["goals"]) == (True, False, "")
    assert refusal(await say_aims(cluster, "Others", "")) == (409, "aims-in-plan")
    first = told(await add(cluster.anna, plan, title="Read"), 201)
    told(await add(cluster.anna, plan, title="Write"), 201)
    told(await add(cluster.anna, plan, kind="priority", title="Languages"), 201)
    known = await cluster_of(cluster)
    assert (known["priorities"], known["goals"]) == ("Languages", "Read\n\nWrite")
    told(await change(cluster.anna, first, title="Read aloud"))
    assert (await cluster_of(cluster))["goals"] == "Read aloud\n\nWrite"
    told(await remove(cluster.anna, first), 204)
    version = (await cluster_of(cluster))["version"]
    told(await add(cluster.anna, plan, MILESTONE), 201)
    known = await cluster_of(cluster)
    assert (known["goals"], known["version"]) == ("Write", version), "no aim, no new version"
    old = told(await begin(cluster.anna, cluster, YEAR - 1))
    told(await add(cluster.anna, old, title="Long ago"), 201)
    assert (await cluster_of(cluster))["goals"] == "Write"
    told(await begin(cluster.anna, cluster, YEAR + 1))
    assert (await cluster_of(cluster))["goals"] == "Write"

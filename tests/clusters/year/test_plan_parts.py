"""Priorities, goals, activities and milestones: each has what its kind has, and two who write do not collide."""

import asyncio

import pytest

from services.clusters.year.plans import parts
from tests.clusters.year.planning import (
    ACTIVITY,
    GOAL,
    MILESTONE,
    YEAR,
    a_plan,
    add,
    answer,
    begin,
    change,
    closed,
    hand_in,
    remove,
    show,
    tick,
    untick,
)
from tests.people import a_cluster, a_school, an_official, refusal, told, wrong_fields

PRIORITY = {"kind": "priority", "title": "Reading"}
KINDS = {part["kind"]: part for part in (PRIORITY, GOAL, ACTIVITY, MILESTONE)}
EMPTY = {"text": "", "section": None, "begins": None, "ends": None, "who": "", "school_id": None}
HAS = {
    "priority": {"text"},
    "goal": {"text", "ends", "who"},
    "activity": {"text", "section", "begins", "ends", "who", "school_id"},
    "milestone": {"text", "ends", "who", "school_id"},
}
NEEDS = {"priority": {}, "goal": {}, "activity": {"section", "begins", "ends"}, "milestone": {"ends"}}


@pytest.fixture
async def plan(cluster):
    return await a_plan(cluster.anna, cluster)


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_not_of_its_kind_is_not_kept(cluster, plan, kind):
    everything = ACTIVITY | {"text": "Twelve of them", "who": "Anna and Ben", "school_id": cluster.mentee}
    part = told(await add(cluster.anna, plan, everything | {"kind": kind, "title": " Reading  "}), 201)
    assert {name for name, nothing in EMPTY.items() if part[name] != nothing} == HAS[kind]
    assert {name: part[name] for name in HAS[kind]} == {name: everything[name] for name in HAS[kind]}
    assert (part["kind"], part["title"], part["language"], part["version"]) == (kind, "Reading", "cs", 1)
    assert bool(part["school"]) == ("school_id" in HAS[kind])
    assert told(await show(cluster.dan, plan))["parts"] == [part]
    assert told(await cluster.dan.clusters.get(f"/v1/plan-parts/{part['id']}")) == part


@pytest.mark.parametrize("kind", KINDS)
async def test_a_part_needs_what_makes_it_one(cluster, plan, kind):
    missing = dict.fromkeys((f"/{name}" for name in NEEDS[kind]), "missing")
    bare = {"kind": kind, "title": "Reading"}
    if missing:
        assert wrong_fields(await add(cluster.anna, plan, bare)) == missing
    else:
        told(await add(cluster.anna, plan, bare), 201)
    part = told(await add(cluster.anna, plan, KINDS[kind]), 201)
    assert (await change(cluster.anna, part, bare)).status_code == (422 if missing else 200)
    assert wrong_fields(await add(cluster.anna, plan, KINDS[kind], title=" ")).keys() == {"/title"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"begins": f"{YEAR}-11-02", "ends": f"{YEAR}-11-01"}, {"/ends": "ends_before_it_begins"}),
        ({"begins": f"{YEAR}-06-30", "ends": f"{YEAR}-09-01"}, {"/begins": "outside_year"}),
        ({"begins": f"{YEAR}-09-01", "ends": f"{YEAR + 2}-01-01"}, {"/ends": "outside_year"}),
        ({"section": "holidays"}, {"/section": "enum"}),
        ({"title": "x" * 201, "text": "x" * 5_001, "who": "x" * 301}, dict.fromkeys(("/title", "/text", "/who"))),
    ],
)
async def test_what_is_wrong_is_said_at_its_place(cluster, plan, wrong, said):
    part = told(await add(cluster.anna, plan, ACTIVITY), 201)
    for refused in (
        await add(cluster.anna, plan, ACTIVITY | wrong),
        await change(cluster.anna, part, ACTIVITY | wrong),
    ):
        assert wrong_fields(refused).keys() == said.keys()
        assert wrong_fields(refused).items() >= {name: code for name, code in said.items() if code}.items()
    assert told(await show(cluster.anna, plan))["parts"] == [part]


async def test_the_first_and_the_last_day_are_days_of_the_year(cluster, plan):
    days = {"begins": f"{YEAR}-07-01", "ends": f"{YEAR + 1}-12-31"}
    part = told(await add(cluster.anna, plan, ACTIVITY | days), 201)
    told(await change(cluster.anna, part, ACTIVITY | days | {"begins": days["ends"]}))


async def test_a_school_of_the_cluster_leads_and_may_be_left_there_once_it_has_gone(house, cluster, plan):
    elsewhere = await a_school(house)
    refused = await add(cluster.anna, plan, ACTIVITY, school_id=elsewhere)
    assert wrong_fields(refused) == {"/school_id": "school_elsewhere"}
    led = told(await add(cluster.anna, plan, ACTIVITY, school_id=cluster.mentee), 201)
    demo = await house.as_service("demo")
    told(await demo.clusters.delete(f"/v1/memberships/{cluster.memberships['mentee']}"))
    led = told(await change(cluster.anna, led, ACTIVITY, title="Later", school_id=cluster.mentee))
    assert led["title"] == "Later"
    refused = await change(cluster.anna, led, ACTIVITY, school_id=elsewhere)
    assert wrong_fields(refused) == {"/school_id": "school_elsewhere"}
    assert wrong_fields(await add(cluster.anna, plan, ACTIVITY, school_id=cluster.mentee)).keys() == {"/school_id"}


async def test_a_part_stays_of_its_kind(cluster, plan):
    part = told(await add(cluster.anna, plan), 201)
    assert wrong_fields(await change(cluster.anna, part, MILESTONE)) == {"/kind": "kind_stays"}


async def test_who_writes_into_the_same_part_hears_that_somebody_else_has(cluster, plan):
    part = told(await add(cluster.anna, plan), 201)
    unmatched = await cluster.anna.clusters.put(f"/v1/plan-parts/{part['id']}", json=GOAL)
    assert refusal(unmatched)[0] == 428
    both = await asyncio.gather(
        change(cluster.anna, part, title="By Anna"), change(cluster.ben, part, title="By Ben", language="en")
    )
    assert sorted(one.status_code for one in both) == [200, 412]
    known = told(await cluster.anna.clusters.get(f"/v1/plan-parts/{part['id']}"))
    (kept,) = [told(one) for one in both if one.status_code == 200]
    assert (known, known["version"], known["title"][:3]) == (kept, 2, "By ")
    assert refusal(await change(cluster.anna, part)) == (412, "changed")
    told(await change(cluster.anna, known))


async def test_who_write_into_different_parts_do_not_collide(cluster, plan):
    two = [told(await add(cluster.anna, plan), 201) for _ in range(2)]
    before = told(await show(cluster.anna, plan))["version"]
    said = [change(asker, part, title="New") for asker, part in zip((cluster.anna, cluster.ben), two, strict=True)]
    assert [one.status_code for one in await asyncio.gather(*said)] == [200, 200]
    known = told(await show(cluster.anna, plan))
    assert ({part["title"] for part in known["parts"]}, known["version"]) == ({"New"}, before + 2)


async def test_what_was_taken_out_is_not_there(cluster, plan):
    part = told(await add(cluster.anna, plan), 201)
    told(await remove(cluster.ben, part), 204)
    for gone in (
        await change(cluster.anna, part), await remove(cluster.anna, part), await tick(cluster.anna, part),
        await untick(cluster.anna, part), await cluster.anna.clusters.get(f"/v1/plan-parts/{part['id']}"),
    ):  # fmt: skip
        assert refusal(gone) == (404, "not-found")
    known = told(await show(cluster.anna, plan))
    assert (known["parts"], known["changed_by"]) == ([], "Ben Hill")
    another = told(await add(cluster.anna, plan), 201)
    at_once = await asyncio.gather(remove(cluster.anna, another), remove(cluster.ben, another))
    assert sorted(one.status_code for one in at_once) == [204, 404]


async def test_a_plan_has_a_bound(cluster, plan, monkeypatch):
    monkeypatch.setattr(parts, "MOST_PARTS", 2)
    told(await add(cluster.anna, plan), 201)
    at_once = await asyncio.gather(*(add(asker, plan) for asker in (cluster.anna, cluster.ben)))
    assert sorted(one.status_code for one in at_once) == [201, 409]
    assert refusal(await add(cluster.anna, plan)) == (409, "too-many-plan-parts")
    told(await remove(cluster.anna, told(await show(cluster.anna, plan))["parts"][0]), 204)
    told(await add(cluster.anna, plan), 201)


@pytest.mark.parametrize("part", [GOAL, MILESTONE], ids=lambda part: part["kind"])
async def test_what_is_reached_is_ticked_and_changes_no_plan(house, cluster, plan, part):
    part = told(await add(cluster.anna, plan, part), 201)
    before = told(await show(cluster.anna, plan))
    at = f"/v1/plan-parts/{part['id']}"
    told(await tick(cluster.ben, part), 204)
    done_at = told(await cluster.anna.clusters.get(at))["done_at"]
    told(await tick(cluster.anna, part), 204)
    assert told(await cluster.anna.clusters.get(at)) == part | {"done_at": done_at}
    for _ in range(2):
        told(await untick(cluster.anna, part), 204)
    assert told(await show(cluster.anna, plan)) == before
    facts = "select data ->> 'done' as done from fact where kind = 'plan.part_done' and data ->> 'part_id' = $1"
    assert [row["done"] for row in await house.rows("clusters", facts, part["id"])] == ["true", "false"]


@pytest.mark.parametrize("part", [PRIORITY, ACTIVITY], ids=lambda part: part["kind"])
async def test_nothing_else_is_ticked(cluster, plan, part):
    part = told(await add(cluster.anna, plan, part), 201)
    for refused in (await tick(cluster.anna, part), await untick(cluster.anna, part)):
        assert refusal(refused) == (409, "part-without-tick")
    assert refusal(await tick(cluster.cara, part)) == (403, "forbidden")


async def test_in_a_bottom_up_cluster_every_teacher_writes(house):
    cluster = await a_cluster(house, "bottom_up")
    plan = told(await begin(cluster.cara, cluster, begins_from="template"))
    assert plan["can"] == ["see", "write"]
    part = told(await add(cluster.dan, plan), 201)
    told(await change(cluster.marie, part, title="Read"))
    told(await tick(cluster.hana, part), 204)
    told(await remove(cluster.cara, part), 204)


async def test_in_a_top_down_cluster_coordinators_write_and_everybody_reads(house, cluster, plan):
    part = told(await add(cluster.ben, plan), 201)
    for asker in (cluster.cara, cluster.hana, cluster.marie):
        assert told(await show(asker, plan))["can"] == ["see"]
        assert refusal(await begin(asker, cluster)) == (403, "forbidden")
        for refused in (await add(asker, plan), await change(asker, part), await remove(asker, part)):
            assert refusal(refused) == (403, "forbidden")
    stranger = (await a_cluster(house)).anna
    for unseen in (await show(stranger, plan), await add(stranger, plan), await change(stranger, part)):
        assert refusal(unseen) == (404, "not-found")


async def test_a_closed_cluster_writes_and_answers_nothing(house, cluster):
    nora = await an_official(house, "national_coordinator", "CZ")
    plan = await a_plan(cluster.anna, cluster, GOAL, MILESTONE)
    goal, milestone = plan["parts"]
    told(await tick(cluster.anna, milestone), 204)
    drafted = told(await begin(cluster.anna, cluster, YEAR + 1, "year_before"))
    told(await hand_in(cluster.anna, plan), 204)
    await closed(nora, cluster)
    refused = {
        "begin": await begin(cluster.anna, cluster),
        "begin another": await begin(cluster.anna, cluster, YEAR - 1),
        "add": await add(cluster.anna, plan),
        "change": await change(cluster.anna, goal),
        "remove": await remove(cluster.anna, goal),
        "tick": await tick(cluster.anna, goal),
        "untick": await untick(cluster.anna, milestone),
        "hand in": await hand_in(cluster.anna, drafted),
        "answer": await answer(nora, plan),
    }
    assert {name: refusal(one) for name, one in refused.items()} == dict.fromkeys(refused, (409, "cluster-closed"))
    for asker in (cluster.anna, nora):
        known = told(await show(asker, plan))
        assert (known["can"], known["state"], len(known["parts"])) == (["see"], "handed_in", 2)
    waiting = told(await nora.clusters.get("/v1/plans", params={"limit": 100}))["items"]
    assert plan["id"] not in [one["id"] for one in waiting]

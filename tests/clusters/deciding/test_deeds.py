"""What was decided is done by the cluster itself, as far as it may be done then; else it stands why it was not."""

from datetime import date

import pytest

from kit.dates import school_year_of
from tests.clusters.deciding.voting import end_round, everybody, on, outcome, proposed, rule, say, show
from tests.clusters.year.planning import GOAL, a_plan, add, begin, change, remove
from tests.clusters.year.planning import show as show_plan
from tests.people import a_school, told

ANOTHER = GOAL | {"title": "Every pupil reads aloud each day", "text": "Ten minutes are enough."}
SOON, LATER = on(20), on(21)


async def decided(house, cluster, proposal):
    await everybody(cluster, proposal)
    await end_round(house, proposal)
    seen = await show(cluster.anna, proposal)
    assert seen["state"] == "decided"
    return seen["deed"], seen["deed_problem"]


async def of_plan(cluster, plan, part=ANOTHER, replaced=None):
    about = {"part_id": replaced["id"], "version": replaced["version"]} if replaced else {}
    return await proposed(cluster.anna, cluster, matter="plan", plan={"plan_id": plan["id"], "part": part} | about)


async def parts_of(asker, plan):
    return told(await show_plan(asker, plan))["parts"]


async def plan_for(asker, cluster, day):
    return told(await begin(asker, cluster, school_year_of(date.fromisoformat(day))))


async def test_a_part_that_was_decided_is_written_into_the_plan_by_the_cluster(house, south):
    plan = await a_plan(south.anna, south, GOAL)
    proposal = await of_plan(south, plan)
    assert len(await parts_of(south.ben, plan)) == 1
    assert await decided(house, south, proposal) == ("done", "")
    before, after = await parts_of(south.ben, plan)
    name = told(await south.ben.clusters.get(f"/v1/clusters/{south.id}"))["name"]
    assert (before["title"], after["title"], after["changed_by"]) == (GOAL["title"], ANOTHER["title"], name)


async def test_a_part_is_written_anew_unless_somebody_changed_it_meanwhile(house, south):
    plan = await a_plan(south.anna, south, GOAL, GOAL)
    first, second = plan["parts"]
    free, taken = await of_plan(south, plan, replaced=first), await of_plan(south, plan, replaced=second)
    told(await change(south.ben, second, GOAL | {"title": "What Ben wants"}))
    assert await decided(house, south, free) == ("done", "")
    assert await decided(house, south, taken) == ("failed", "/problems/changed")
    assert [one["title"] for one in await parts_of(south.ben, plan)] == [ANOTHER["title"], "What Ben wants"]


async def test_a_part_that_was_removed_meanwhile_stays_away(house, south):
    plan = await a_plan(south.anna, south, GOAL)
    proposal = await of_plan(south, plan, replaced=plan["parts"][0])
    told(await remove(south.ben, plan["parts"][0]), 204)
    assert await decided(house, south, proposal) == ("failed", "/problems/not-found")
    assert await parts_of(south.ben, plan) == []


async def test_a_plan_that_was_filled_meanwhile_takes_no_more(house, south):
    plan = await a_plan(south.anna, south)
    proposal = await of_plan(south, plan)
    told(await add(south.ben, plan), 201)
    full = "insert into plan_part select (jsonb_populate_record(part, jsonb_build_object('id', gen_random_uuid()))).*"
    full += " from plan_part part, generate_series(1, 400) where plan_id = $1"
    await house.rows("clusters", full, plan["id"])
    assert await decided(house, south, proposal) == ("failed", "/problems/too-many-plan-parts")


async def test_a_school_that_came_in_meanwhile_is_not_asked_again(house, south):
    other = await a_school(house)
    proposal = await proposed(south.anna, south, matter="school", school={"school_id": other})
    demo = await house.as_service("demo")
    said = {"school_id": other, "role": "mentee"}
    told(await demo.clusters.post(f"/v1/clusters/{south.id}/memberships", json=said), 201)
    assert await decided(house, south, proposal) == ("failed", "/problems/already-member")


@pytest.mark.parametrize("matter", ["school", "plan", "decision_rule"])
async def test_what_the_ministry_decides_meanwhile_is_not_done(house, south, matter):
    plan = await a_plan(south.anna, south, GOAL)
    about = {
        "school": {"school_id": await a_school(house)},
        "plan": {"plan_id": plan["id"], "part": ANOTHER},
        "decision_rule": {"process": "majority"},
    }
    proposal = await proposed(south.anna, south, matter=matter, **{matter: about[matter]})
    await house.rows("clusters", "update cluster set approach = 'top_down' where id = $1", south.id)
    assert await decided(house, south, proposal) == ("failed", "/problems/forbidden")
    assert (await rule(south.anna, south))["version"] == 0
    assert len(await parts_of(south.anna, plan)) == 1


async def test_a_deed_that_failed_is_no_obstacle_to_being_asked_again(house, south):
    plan = await a_plan(south.anna, south, GOAL)
    about = {"plan_id": plan["id"], "part": ANOTHER, "part_id": plan["parts"][0]["id"], "version": 1}
    proposal = await proposed(south.anna, south, matter="plan", plan=about, asks_again_on=on(30))
    told(await remove(south.ben, plan["parts"][0]), 204)
    assert await decided(house, south, proposal) == ("failed", "/problems/not-found")
    seen = await show(south.anna, proposal)
    assert [each["process"] for each in seen["rounds"]] == ["consent", "still_holds"]


async def test_of_several_days_the_one_with_most_dots_becomes_a_milestone(house, south):
    plan = await plan_for(south.anna, south, SOON)
    before = await parts_of(south.anna, plan)
    proposal = await proposed(south.anna, south, matter="date", title="We meet in Louny", days=[LATER, SOON])
    assert (proposal["process"], proposal["options"]) == ("dots", [SOON, LATER])
    for person, dots in ((south.anna, [2, 1]), (south.ben, [1, 2]), (south.cara, [3, 0])):
        told(await say(person, proposal, "dots", dots=dots))
    await end_round(house, proposal)
    seen = await show(south.ben, proposal)
    assert (seen["state"], seen["chosen"], seen["deed"]) == ("decided", 0, "done")
    assert seen["rounds"][0]["outcome"]["shares"] == [667, 333]
    noted = [one for one in await parts_of(south.ben, plan) if one["id"] not in {each["id"] for each in before}]
    assert [(one["kind"], one["title"], one["ends"]) for one in noted] == [("milestone", "We meet in Louny", SOON)]


async def test_one_day_is_decided_by_the_rule_of_the_cluster(house, south):
    plan = await plan_for(south.anna, south, SOON)
    proposal = await proposed(south.anna, south, matter="date", title="We meet in Louny", days=[SOON])
    assert proposal["process"] == "consent"
    assert await decided(house, south, proposal) == ("done", "")
    assert (await show(south.ben, proposal))["chosen"] == 0
    assert "We meet in Louny" in [one["title"] for one in await parts_of(south.ben, plan)]


async def test_a_day_without_a_plan_of_its_year_stands_as_decided(house, south):
    proposal = await proposed(south.anna, south, matter="date", days=[SOON])
    assert await decided(house, south, proposal) == ("nothing", "")


async def test_a_day_is_written_into_no_plan_that_the_ministry_approves(house, cluster):
    plan = await plan_for(cluster.anna, cluster, SOON)
    before = await parts_of(cluster.anna, plan)
    proposal = await proposed(cluster.anna, cluster, matter="date", title="We meet in Louny", days=[SOON])
    assert await decided(house, cluster, proposal) == ("nothing", "")
    assert (await show(cluster.ben, proposal))["chosen"] == 0
    assert await parts_of(cluster.anna, plan) == before


async def test_days_with_as_many_dots_are_not_decided(house, south):
    proposal = await proposed(south.anna, south, matter="date", days=[SOON, LATER])
    told(await say(south.anna, proposal, "dots", dots=[3, 0]))
    told(await say(south.ben, proposal, "dots", dots=[0, 1]))
    await end_round(house, proposal)
    seen = await show(south.ben, proposal)
    assert (seen["state"], seen["chosen"], seen["deed"]) == ("not_decided", None, "nothing")
    assert await outcome(south.ben, proposal) == (False, "tie")

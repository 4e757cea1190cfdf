"""What can be proposed, by whom, and until when: what could not be done is refused before anybody decides it."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from kit.clock import now
from services.clusters.deciding.decision_rules.models import Matter
from tests.clusters.deciding.voting import answer, everybody, on, propose, proposed, rule, say, show
from tests.clusters.doors.test_closing import close
from tests.clusters.year.planning import GOAL, MILESTONE, YEAR, a_plan
from tests.people import a_cluster, a_school, an_official, refusal, told, wrong_fields
from tests.policy.test_sight import program_of

NOBODY, PRAGUE = str(UUID(int=0)), ZoneInfo("Europe/Prague")
A_RULE = """
insert into decision_rule (cluster_id, process, counted, needs_each_school, days, version, changed_at)
values ($1, 'consent', 'person', true, $2, 1, now())
"""


def at(**later):
    return (now() + timedelta(**later)).isoformat()


WRONG = [
    ({"ends_at": at(days=-1)}, {"/ends_at": "round_too_short"}),
    ({"ends_at": at(days=5)}, {"/ends_at": "round_too_short"}),
    ({"ends_at": at(minutes=30)}, {"/ends_at": "round_too_short"}),
    ({"ends_at": at(days=91)}, {"/ends_at": "round_too_long"}),
    ({"ends_at": at(days=3), "first": ["questions", "mood"]}, {"/ends_at": "round_too_short"}),
    ({"ends_at": "0001-01-01T00:00:00+14:00"}, {"/ends_at": "round_too_short"}),
    ({"ends_at": "9999-12-31T23:59:59-14:00"}, {"/ends_at": "round_too_long"}),
    ({"ends_at": "2030-01-01T10:00:00"}, {"/ends_at": "timezone_aware"}),
    ({"asks_again_on": on(7)}, {"/asks_again_on": "again_outside"}),
    ({"asks_again_on": on(-1)}, {"/asks_again_on": "again_outside"}),
    ({"asks_again_on": "9999-12-31"}, {"/asks_again_on": "again_outside"}),
    ({"title": " "}, {"/title": "string_too_short"}),
    ({"matter": "everything"}, {"/matter": "enum"}),
    ({"first": ["dots"]}, {"/first/0": "literal_error"}),
    ({"options": ["Prague"]}, {"/options": "one_option"}),
    ({"options": ["Prague", "Prague "]}, {"/options": "option_twice"}),
    ({"options": [str(number) for number in range(11)]}, {"/options": "too_long"}),
    ({"matter": "date"}, {"/days": "missing"}),
    ({"matter": "date", "days": [on(3), on(20)]}, {"/days": "day_before_end"}),
    ({"matter": "date", "days": [on(20), on(20)]}, {"/days": "option_twice"}),
    ({"matter": "school"}, {"/school": "missing"}),
    ({"matter": "school", "school": {"school_id": NOBODY}}, {"/school/school_id": "unknown"}),
    ({"matter": "plan"}, {"/plan": "missing"}),
    ({"matter": "decision_rule"}, {"/decision_rule": "missing"}),
    (
        {"matter": "decision_rule", "decision_rule": {"process": "dots", "days": 61}},
        {"/decision_rule/process": "literal_error", "/decision_rule/days": "less_than_equal"},
    ),
]


@pytest.mark.parametrize(("said", "wrong"), WRONG)
async def test_what_is_wrong_with_a_proposal_stands_beside_its_cause(common_south, said, wrong):
    assert wrong_fields(await propose(common_south.anna, common_south, **said)) == wrong


async def test_it_is_asked_until_the_evening_after_the_days_of_the_rule_unless_it_says_another_end(south):
    usual, longer = await proposed(south.anna, south), await proposed(south.anna, south, ends_at=at(days=89))
    ends = datetime.fromisoformat(usual["ends_at"])
    assert timedelta(days=6) < ends - now() < timedelta(days=8)
    assert usual["zone"] == "Europe/Prague"
    assert datetime.fromisoformat(longer["ends_at"]) > ends


@pytest.mark.parametrize(("days", "first"), [(7, []), (3, []), (3, ["questions"]), (3, ["questions", "mood"])])
async def test_a_round_lasts_at_least_the_days_of_the_rule(house, south, days, first):
    if days != 7:
        await house.rows("clusters", A_RULE, UUID(south.id), days)
    soonest = now().astimezone(PRAGUE).date() + timedelta(days=days + 2 * len(first))
    day_before = datetime.combine(soonest - timedelta(days=1), time(23, 59), PRAGUE)
    refused = await propose(south.anna, south, first=first, ends_at=day_before.isoformat())
    assert wrong_fields(refused) == {"/ends_at": "round_too_short"}
    assert [error["params"] for error in refused.json()["errors"]] == [{"days": days}]
    dawn = datetime.combine(soonest, time(0, 1), PRAGUE)
    last = (await proposed(south.anna, south, first=first, ends_at=dawn.isoformat()))["rounds"][-1]
    assert datetime.fromisoformat(last["ends_at"]) == dawn


async def test_what_belongs_to_another_matter_is_left_out(common_south):
    more = {"days": [on(20)], "school": {"school_id": NOBODY}, "decision_rule": {}}
    proposal = await proposed(common_south.ben, common_south, options=["Prague", "Brno"], **more)
    assert proposal["options"] == ["Prague", "Brno"]
    assert (proposal["school"], proposal["plan"], proposal["decision_rule"]) == (None, None, None)


async def test_a_school_that_cannot_come_in_is_not_proposed(house, common_south):
    for school_id, problem in (
        (common_south.mentee, "already-member"),
        (await a_school(house, "JO"), "other-country"),
    ):
        asked = await propose(common_south.anna, common_south, matter="school", school={"school_id": school_id})
        assert refusal(asked) == (409, problem)


async def test_a_school_that_is_proposed_is_not_asked_yet(house, south, cluster):
    said = {"matter": "school", "school": {"school_id": cluster.mentee}}
    proposal = await proposed(south.anna, south, **said)
    assert proposal["school_name"]
    assert told(await south.anna.clusters.get(f"/v1/clusters/{south.id}/school-invitations"))["items"] == []
    await house.run_jobs("clusters")
    told_of = told(await cluster.ben.clusters.get("/v1/notices"))["items"]
    assert "school_asked" not in {one["kind"] for one in told_of}
    assert refusal(await propose(south.ben, south, **said)) == (409, "proposed-already")
    told(await south.anna.clusters.delete(f"/v1/proposals/{proposal['id']}"), 204)
    told(await propose(south.ben, south, **said), 201)


async def test_a_part_of_a_plan_that_cannot_be_is_not_proposed(south, cluster):
    plan, elsewhere = await a_plan(south.anna, south, GOAL), await a_plan(cluster.anna, cluster, GOAL)

    async def part(said, plan_id=plan["id"], **more):
        return await propose(south.anna, south, matter="plan", plan={"plan_id": plan_id, "part": said} | more)

    assert wrong_fields(await part(MILESTONE | {"ends": f"{YEAR + 3}-01-01"})) == {"/plan/part/ends": "outside_year"}
    assert wrong_fields(await part({"kind": "milestone", "title": "T"})) == {"/plan/part/ends": "missing"}
    theirs = {"part_id": plan["parts"][0]["id"], "version": 1}
    assert wrong_fields(await part(MILESTONE, **theirs)) == {"/plan/part/kind": "kind_stays"}
    assert refusal(await part(GOAL, **theirs | {"version": 2})) == (412, "changed")
    assert wrong_fields(await part(GOAL, part_id=theirs["part_id"])) == {"/plan/version": "missing"}
    assert refusal(await part(GOAL, elsewhere["id"])) == (404, "not-found")
    assert refusal(await part(GOAL, part_id=elsewhere["parts"][0]["id"], version=1)) == (404, "not-found")
    told(await part(GOAL | {"title": "Another"}, **theirs), 201)
    assert refusal(await part(GOAL | {"title": "A third"}, **theirs)) == (409, "proposed-already")
    for _ in range(2):
        told(await part(GOAL), 201)
    now_there = told(await south.anna.clusters.get(f"/v1/plans/{plan['id']}"))["parts"]
    assert [one["title"] for one in now_there] == [GOAL["title"]]


async def test_twenty_are_open_at_once(south):
    first, *_ = [await proposed(asker, south) for asker in (south.ben, south.cara) for _ in range(10)]
    assert refusal(await propose(south.anna, south)) == (409, "too-many-open-proposals")
    told(await south.ben.clusters.delete(f"/v1/proposals/{first['id']}"), 204)
    told(await propose(south.anna, south), 201)


async def test_ten_things_are_proposed_by_one_person_within_two_weeks_and_by_others_still(house, south):
    made = [await proposed(south.ben, south) for _ in range(10)]
    told(await south.ben.clusters.delete(f"/v1/proposals/{made[0]['id']}"), 204)
    assert refusal(await propose(south.ben, south)) == (409, "proposed-too-often")
    told(await propose(south.anna, south), 201)
    earlier = "update proposal set proposed_at = now() - make_interval(days => 14, mins => $2) where id = $1"
    await house.rows("clusters", earlier, made[0]["id"], -5)
    assert refusal(await propose(south.ben, south)) == (409, "proposed-too-often")
    await house.rows("clusters", earlier, made[0]["id"], 5)
    told(await propose(south.ben, south), 201)
    assert refusal(await propose(south.ben, south)) == (409, "proposed-too-often")


async def test_what_somebody_proposes_elsewhere_is_not_counted_here(house, south):
    other = await a_cluster(house, approach="bottom_up")
    theirs = "update proposal set cluster_id = $2 where id = $1"
    for _ in range(10):
        await house.rows("clusters", theirs, (await proposed(south.ben, south))["id"], UUID(other.id))
    told(await propose(south.ben, south), 201)


async def test_who_works_at_a_school_of_the_cluster_proposes_and_others_do_not(house, cluster):
    nora = await an_official(house, "national_coordinator", "CZ")
    stranger, program = (await a_cluster(house)).anna, await program_of(house, cluster)
    for_cara = await program_of(house, cluster, cluster.cara)
    proposal = await proposed(cluster.cara, cluster)
    told(await say(cluster.marie, proposal, "concern", "When?"))
    raised = (await show(cluster.dan, proposal))["raised"][0]["id"]
    told(await answer(cluster.dan, proposal, raised), 201)
    path = f"/v1/proposals/{proposal['id']}"
    for asker, status in ((stranger, 404), (nora, 403), (program, 403), (for_cara, 403)):
        for refused in (
            await propose(asker, cluster),
            await say(asker, proposal, "yes"),
            await answer(asker, proposal, raised),
            await asker.clusters.delete(path),
        ):
            assert refused.status_code == status, refused.text
        seen = await asker.clusters.get(path)
        assert seen.status_code == (404 if status == 404 else 200)
        assert status == 404 or seen.json()["can"] == ["see"]
        assert told(await asker.clusters.get("/v1/proposals"))["items"] == []


async def test_what_the_ministry_decides_is_not_proposed_and_the_refusal_says_who_could(cluster, common_south):
    assert (await rule(cluster.cara, cluster))["proposes"] == ["agreement", "date"]
    assert (await rule(common_south.cara, common_south))["proposes"] == [*Matter]
    plan = await a_plan(cluster.anna, cluster, GOAL)
    for said, verb in (
        ({"matter": "school", "school": {"school_id": NOBODY}}, "cluster.ask_school"),
        ({"matter": "plan", "plan": {"plan_id": plan["id"], "part": GOAL}}, "plan.write"),
        ({"matter": "decision_rule", "decision_rule": {}}, "cluster.change_decision_rule"),
    ):
        refused = await propose(cluster.anna, cluster, **said)
        assert refusal(refused) == (403, "forbidden")
        assert refused.json()["params"]["action"] == verb
        assert "mentor_coordinator_in_a_top_down_cluster" in refused.json()["params"]["who"] or verb != (
            "cluster.change_decision_rule"
        )


async def test_a_closed_cluster_is_asked_nothing(house, south):
    proposal = await proposed(south.anna, south)
    told(await close(await an_official(house, "programme_coordinator"), south))
    assert refusal(await propose(south.anna, south)) == (409, "cluster-closed")
    assert refusal(await say(south.ben, proposal, "yes")) == (409, "cluster-closed")
    assert ((await show(south.anna, proposal))["can"], (await rule(south.anna, south))["proposes"]) == (
        ["see", "read_voices"],
        [],
    )
    (item,) = told(await south.ben.clusters.get(f"/v1/clusters/{south.id}/proposals"))["items"]
    for seen in (item, await show(south.ben, proposal)):
        assert (seen["round"], seen["process"], seen["ends_at"], seen["state"]) == (None, None, None, "open")
        assert seen["cluster_closed_at"]


async def test_lists_hold_what_is_asked_now_and_what_is_over(south):
    first, second = await proposed(south.anna, south), await proposed(south.ben, south)
    told(await south.anna.clusters.delete(f"/v1/proposals/{first['id']}"), 204)
    for asked, expected in ((None, [second, first]), (True, [second]), (False, [first])):
        params = {"asked": asked} if asked is not None else {}
        listed = told(await south.dan.clusters.get(f"/v1/clusters/{south.id}/proposals", params=params))["items"]
        assert [one["id"] for one in listed] == [one["id"] for one in expected]
    waits = told(await south.dan.clusters.get("/v1/proposals"))["items"]
    assert [one["id"] for one in waits] == [second["id"]]
    await everybody(south, second)
    assert told(await south.ben.clusters.get("/v1/proposals"))["items"] == []

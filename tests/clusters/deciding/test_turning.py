"""Who looks at rounds when: each by its own job, all of them every hour, and once more after a cluster was closed."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from kit.clock import now
from kit.jobs import enqueue
from services.clusters.deciding.counting import jobs
from tests.clusters.deciding.voting import (
    a_rule_proposed,
    agreed_until,
    begin_round,
    due_until,
    end_round,
    everybody,
    facts,
    news,
    outcome,
    pass_time,
    proposed,
    rule,
    say,
    show,
    turn,
    waiting,
)
from tests.clusters.doors.test_closing import close, reopen
from tests.people import an_official, refusal, told

WAKES = """
select count(*) from pgqueuer
where entrypoint = 'proposal.turn' and convert_from(payload, 'UTF8')::jsonb ->> 'proposal_id' = $1
  and (convert_from(payload, 'UTF8')::jsonb -> 'number')::int = $2
"""
PRAGUE = ZoneInfo("Europe/Prague")


@pytest.fixture
async def olga(house):
    return await an_official(house, "programme_coordinator")


def in_a_week():
    """When something that is asked from now on ends."""
    return datetime.combine(now().astimezone(PRAGUE).date() + timedelta(days=7), time(18), PRAGUE)


async def yesterday(house, cluster):
    """It was opened again a day before it was."""
    earlier = "update fact set at = at - interval '1 day' where cluster_id = $1 and kind = 'cluster.reopened'"
    await house.rows("clusters", earlier, UUID(cluster.id))


def ends(seen):
    return [datetime.fromisoformat(each["ends_at"]) for each in seen["rounds"]]


async def wakes(house, proposal, number):
    return (await house.rows("clusters", WAKES, proposal["id"], number))[0][0]


async def test_a_job_looks_at_its_round_alone(house, south):
    mine, other = await proposed(south.anna, south), await proposed(south.ben, south)
    for proposal in (mine, other):
        await pass_time(house, proposal)
    for _ in range(2):
        async with house.database("clusters").transaction() as db:
            await enqueue(db, "proposal.turn", proposal_id=mine["id"], number=1)
    await house.run_jobs("clusters")
    assert [(await show(south.dan, each))["state"] for each in (mine, other)] == ["not_decided", "open"]
    assert await facts(house, mine) == ["proposal.made", "proposal.not_decided"]
    await turn(house)
    assert (await show(south.dan, other))["state"] == "not_decided"


async def test_a_job_waits_for_each_moment_of_each_round(house, south):
    proposal = await proposed(south.anna, south, first=["questions"])
    assert [await wakes(house, proposal, number) for number in (1, 2)] == [1, 2]


async def test_one_that_cannot_be_counted_keeps_no_other_waiting(house, south, monkeypatch):
    broken, begins, whole = [await proposed(south.anna, south, first=first) for first in ([], ["questions"], [])]
    for proposal in (broken, begins, whole):
        await pass_time(house, proposal)
    count = jobs.count

    async def breaking(database, proposal_id, number):
        if proposal_id == UUID(broken["id"]):
            raise ZeroDivisionError
        await count(database, proposal_id, number)

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "count", breaking)
        with pytest.RaisesGroup(ZeroDivisionError):
            await jobs.turn_rounds(house.context("clusters"))
    await house.run_jobs("clusters")
    assert [(await show(south.dan, each))["state"] for each in (broken, whole)] == ["open", "not_decided"]
    assert await outcome(south.dan, begins, 1) == (True, None)
    assert "proposal_round" in await news(south.dan, begins)
    await turn(house)
    assert (await show(south.dan, broken))["state"] == "not_decided"


async def test_it_runs_until_its_last_round_is_counted(house, south):
    proposal = await proposed(south.anna, south, first=["mood"])
    last = datetime.fromisoformat(proposal["rounds"][1]["ends_at"])
    assert datetime.fromisoformat(await due_until(house, proposal)) == last
    await end_round(house, proposal, 1)
    assert await due_until(house, proposal)
    await end_round(house, proposal, 2)
    assert await due_until(house, proposal) is None
    taken_back = await proposed(south.anna, south)
    told(await south.anna.clusters.delete(f"/v1/proposals/{taken_back['id']}"), 204)
    assert await due_until(house, taken_back) is None


@pytest.mark.parametrize(("says", "state"), [("done", "ended"), ("holds", "decided")])
async def test_what_is_asked_again_runs_until_it_was(house, south, says, state):
    proposal = await agreed_until(house, south)
    until = datetime.fromisoformat(await due_until(house, proposal))
    assert until == ends(await show(south.anna, proposal))[1]
    await begin_round(house, proposal, 2)
    await everybody(south, proposal, says=says, number=2)
    assert await due_until(house, proposal)
    await end_round(house, proposal, 2)
    assert ((await show(south.anna, proposal))["state"], await due_until(house, proposal)) == (state, None)


async def test_what_ended_while_its_cluster_was_closed_is_asked_for_a_week_more(house, south, olga):
    proposal = await a_rule_proposed(south)
    told(await close(olga, south))
    await end_round(house, proposal)
    seen = await show(south.anna, proposal)
    assert (seen["state"], seen["rounds"][0]["outcome"], bool(seen["cluster_closed_at"])) == ("open", None, True)
    assert proposal["id"] not in await waiting(south.dan)
    told(await reopen(olga, south))
    for _ in range(2):
        await turn(house)
    seen = await show(south.anna, proposal)
    assert (seen["state"], seen["round"], seen["counts"], ends(seen)) == ("open", 1, {"yes": 3}, [in_a_week()])
    assert datetime.fromisoformat(await due_until(house, proposal)) == in_a_week()
    assert proposal["id"] in await waiting(south.dan)
    assert (await news(south.dan, proposal)).count("proposal_round") == 1
    told(await say(south.dan, proposal, "yes"))
    await yesterday(house, south)
    await end_round(house, proposal)
    assert ((await show(south.anna, proposal))["state"], (await rule(south.ben, south))["version"]) == ("decided", 1)


async def test_the_rounds_that_follow_move_along(house, south, olga):
    proposal = await proposed(south.anna, south, first=["questions", "mood"])
    told(await say(south.ben, proposal, "question", "Who pays?"))
    told(await close(olga, south))
    await pass_time(house, proposal, 2)
    before = await show(south.anna, proposal)
    told(await reopen(olga, south))
    for _ in range(2):
        await turn(house)
    seen = await show(south.anna, proposal)
    assert (seen["round"], seen["state"], [each["outcome"] for each in seen["rounds"]]) == (1, "open", [None] * 3)
    assert ends(seen)[0] == in_a_week()
    later = ends(seen)[0] - ends(before)[0]
    assert ends(seen) == [each + later for each in ends(before)]
    for one, following in zip(seen["rounds"], seen["rounds"][1:], strict=False):
        assert one["ends_at"] == following["begins_at"]
    assert datetime.fromisoformat(await due_until(house, proposal)) == ends(seen)[2]
    assert (await news(south.dan, proposal)).count("proposal_round") == 1
    assert seen["counts"] == {"question": 1}, "what was said in it stands"


async def test_what_ends_after_its_cluster_was_opened_again_is_counted(house, south, olga):
    proposal = await proposed(south.anna, south)
    await everybody(south, proposal)
    told(await close(olga, south))
    told(await reopen(olga, south))
    await yesterday(house, south)
    await end_round(house, proposal)
    assert await outcome(south.anna, proposal) == (True, None)
    assert "proposal_round" not in await news(south.dan, proposal)


async def test_that_another_cluster_was_opened_again_moves_nothing(house, south, cluster, olga):
    proposal = await proposed(south.anna, south)
    await pass_time(house, proposal)
    told(await close(olga, cluster))
    told(await reopen(olga, cluster))
    await turn(house)
    assert (await show(south.anna, proposal))["state"] == "not_decided"


async def test_whether_it_still_holds_is_asked_once_more_if_nobody_was_told_in_its_time(house, south):
    """The house was away for the week in which it was asked."""
    proposal = await agreed_until(house, south)
    await end_round(house, proposal, 2)
    await turn(house)
    seen = await show(south.anna, proposal)
    assert (seen["state"], seen["round"], ends(seen)[1]) == ("decided", 2, in_a_week())
    assert datetime.fromisoformat(await due_until(house, proposal)) == in_a_week()
    assert proposal["id"] in await waiting(south.ben)
    assert (await news(south.ben, proposal)).count("proposal_round") == 1
    await everybody(south, proposal, says="done", number=2)
    await end_round(house, proposal, 2)
    assert ((await show(south.anna, proposal))["state"], await due_until(house, proposal)) == ("ended", None)


async def test_a_closed_cluster_is_not_told_that_a_round_begins_and_is_once_it_is_open(house, south, olga):
    proposal = await agreed_until(house, south)
    told(await close(olga, south))
    await pass_time(house, proposal, 2, "begins_at")
    async with house.database("clusters").transaction() as db:
        await enqueue(db, "proposal.turn", proposal_id=proposal["id"], number=2)
    await turn(house)
    assert "proposal_round" not in await news(south.ben, proposal)
    assert (await show(south.ben, proposal))["round"] is None
    assert refusal(await say(south.ben, proposal, "holds", number=2)) == (409, "cluster-closed")
    told(await reopen(olga, south))
    await turn(house)
    assert (await news(south.ben, proposal)).count("proposal_round") == 1
    told(await say(south.ben, proposal, "holds", number=2))

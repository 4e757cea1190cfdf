"""Rounds that are looked at late: in their order, for the record alone, and of days that are over."""

from datetime import timedelta
from uuid import UUID

import pytest

from kit.clock import now
from tests.clusters.deciding.voting import everybody, facts, news, on, outcome, pass_time, proposed, show, turn
from tests.clusters.doors.test_closing import close, reopen
from tests.people import an_official, told


@pytest.fixture
async def olga(house):
    return await an_official(house, "programme_coordinator")


async def test_a_round_that_waited_for_its_cluster_is_asked_before_the_next_is_counted(house, south, olga):
    proposal = await proposed(south.anna, south, first=["questions"])
    told(await close(olga, south))
    await pass_time(house, proposal)
    told(await reopen(olga, south))
    await house.rows("clusters", "delete from pgqueuer where entrypoint = 'proposal.turn_all'")
    over = "update proposal_round set ends_at = $2 where proposal_id = $1 and number = 2"
    await house.rows("clusters", over, UUID(proposal["id"]), now() + timedelta(milliseconds=1))
    await house.rows(
        "clusters",
        """update pgqueuer set execute_after = now() where entrypoint = 'proposal.turn'
           and (convert_from(payload, 'UTF8')::jsonb -> 'number')::int = 2""",
    )
    await house.run_jobs("clusters")
    seen = await show(south.anna, proposal)
    assert (seen["state"], seen["round"], await outcome(south.anna, proposal, 2)) == ("open", 1, None)


async def test_what_ended_while_a_cluster_was_closed_is_asked_as_soon_as_it_is_open(house, south, olga):
    proposal = await proposed(south.anna, south)
    told(await close(olga, south))
    await pass_time(house, proposal)
    told(await reopen(olga, south))
    await house.run_jobs("clusters")
    assert (await show(south.anna, proposal))["round"] == 1
    assert (await news(south.ben, proposal)).count("proposal_round") == 1


async def test_what_ended_long_ago_is_for_the_record_and_no_news(house, south):
    proposal = await proposed(south.anna, south)
    await everybody(south, proposal)
    await house.run_jobs("clusters")
    unseen = told(await south.ben.clusters.get("/v1/me"))["unseen"]
    long_ago = """update proposal_round set begins_at = begins_at - interval '40 days',
        ends_at = now() - interval '20 days' where proposal_id = $1"""
    await house.rows("clusters", long_ago, UUID(proposal["id"]))
    await turn(house)
    assert (await show(south.ben, proposal))["state"] == "decided"
    assert (await facts(house, proposal))[-1] == "proposal.decided"
    assert told(await south.ben.clusters.get("/v1/me"))["unseen"] == unseen


async def test_a_day_that_is_over_is_decided_and_noted_nowhere(house, south):
    told(await south.anna.clusters.put(f"/v1/clusters/{south.id}/plans/2026", json={}))
    proposal = await proposed(south.anna, south, matter="date", title="The day of visits", days=[on(20)])
    await everybody(south, proposal)
    yesterday = "update proposal set options = jsonb_build_array(current_date - 1) where id = $1"
    await house.rows("clusters", yesterday, UUID(proposal["id"]))
    await pass_time(house, proposal)
    await turn(house)
    seen = await show(south.anna, proposal)
    assert (seen["state"], seen["deed"], seen["deed_problem"]) == ("decided", "failed", "/problems/day-is-over")


async def test_the_day_of_asking_again_moves_with_what_is_asked_once_more(house, south, olga):
    proposal = await proposed(south.anna, south, asks_again_on=on(30))
    told(await close(olga, south))
    await pass_time(house, proposal)
    await house.rows(
        "clusters", "update proposal_round set ends_at = ends_at - interval '20 days' where proposal_id = $1",
        UUID(proposal["id"]),
    )  # fmt: skip
    told(await reopen(olga, south))
    await turn(house)
    assert (await show(south.anna, proposal))["asks_again_on"] > on(30)

"""Rounds begin, are counted once, and end a proposal once, whoever comes, goes or dies meanwhile."""

import asyncio
from contextlib import asynccontextmanager
from random import Random
from types import SimpleNamespace
from uuid import UUID

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Database
from services.clusters.deciding.counting.jobs import turn_rounds
from tests.clusters.deciding.voting import (
    a_rule_proposed,
    agreed_until,
    begin_round,
    end_round,
    everybody,
    facts,
    news,
    on,
    outcome,
    pass_time,
    proposed,
    rule,
    say,
    show,
    turn,
    waiting,
)
from tests.people import a_person, a_school, an_official, refusal, told


async def someone_at(house, school_id):
    return await house.as_person((await a_person(house, school_id))["person_id"])


async def a_school_joins(house, cluster):
    """A school of a teacher's, and the membership."""
    demo = await house.as_service("demo")
    asked = {"school_id": await a_school(house), "role": "mentee"}
    membership = told(await demo.clusters.post(f"/v1/clusters/{cluster.id}/memberships", json=asked), 201)
    return asked["school_id"], membership["id"]


async def test_a_round_that_is_counted_twice_ends_it_once(house, south):
    proposal = await a_rule_proposed(south)
    await end_round(house, proposal)
    await turn(house)
    assert (await rule(south.anna, south))["version"] == 1
    assert await facts(house, proposal) == ["proposal.made", "proposal.decided"]
    assert (await news(south.ben, proposal)).count("proposal_ended") == 1


async def test_two_who_count_at_once_end_it_once(house, south):
    proposal = await a_rule_proposed(south)
    await pass_time(house, proposal)
    context = SimpleNamespace(database=house.database("clusters"))
    await asyncio.gather(*[turn_rounds(context) for _ in range(3)])
    await turn(house)
    assert (await rule(south.anna, south))["version"] == 1
    assert await facts(house, proposal) == ["proposal.made", "proposal.decided"]
    assert (await news(south.ben, proposal)).count("proposal_ended") == 1


class Died(Exception):
    pass


@asynccontextmanager
async def dying(database):
    """A transaction whose process dies before it is committed."""
    async with AsyncSession(database.engine, expire_on_commit=False) as db:
        yield db
        await db.flush()
        raise Died


async def test_of_who_dies_while_counting_nothing_is_kept_and_the_next_does_it_once(house, south, monkeypatch):
    proposal = await a_rule_proposed(south)
    await pass_time(house, proposal)
    with monkeypatch.context() as patched:
        patched.setattr(Database, "transaction", dying)
        with pytest.RaisesGroup(Died):
            await turn_rounds(house.context("clusters"))
    seen = await show(south.anna, proposal)
    assert (seen["state"], seen["deed"], seen["rounds"][0]["outcome"]) == ("open", "nothing", None)
    assert (await rule(south.anna, south))["version"] == 0
    await turn(house)
    assert ((await show(south.anna, proposal))["deed"], (await rule(south.anna, south))["version"]) == ("done", 1)
    assert await facts(house, proposal) == ["proposal.made", "proposal.decided"]


async def test_rounds_that_were_wished_for_come_one_after_the_other_and_are_told_once(house, south):
    proposal = await proposed(south.anna, south, first=["mood", "questions"])
    assert [each["process"] for each in proposal["rounds"]] == ["questions", "mood", "consent"]
    for before, after in zip(proposal["rounds"], proposal["rounds"][1:], strict=False):
        assert before["ends_at"] == after["begins_at"]
    told(await say(south.ben, proposal, "question", "Who pays?"))
    told(await say(south.cara, proposal, "clear"))
    await end_round(house, proposal, 1)
    await turn(house)
    assert await outcome(south.anna, proposal, 1) == (True, None)
    seen = await show(south.ben, proposal)
    assert (seen["round"], seen["process"], seen["state"], seen["mine"]) == (2, "mood", "open", None)
    assert refusal(await say(south.ben, proposal, "clear", number=1)) == (409, "proposal-not-asked")
    told(await say(south.ben, proposal, "bad", "It is too much.", number=2))
    await end_round(house, proposal, 2)
    await turn(house)
    assert refusal(await say(south.ben, proposal, "bad", number=2)) == (409, "proposal-not-asked")
    await everybody(south, proposal, number=3)
    await end_round(house, proposal, 3)
    assert (await show(south.ben, proposal))["state"] == "decided"
    for person in (south.ben, south.dan, south.marie):
        assert await news(person, proposal) == ["proposal_ended", "proposal_made", "proposal_round", "proposal_round"]


async def test_a_round_that_was_slept_through_is_told_to_nobody(house, south):
    """The house was away while two of them ended."""
    proposal = await proposed(south.anna, south, first=["questions"])
    await end_round(house, proposal, 2)
    assert await outcome(south.anna, proposal, 2) == (False, "nobody")
    assert await news(south.ben, proposal) == ["proposal_ended", "proposal_made"]


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (("done", "done", "holds"), "ended"),
        (("done", "change", "holds"), "decided"),
        (("done",), "decided"),  # nobody of the other school
        ((), "decided"),
    ],
)
async def test_it_is_asked_once_whether_it_still_holds(house, south, said, state):
    proposal = await agreed_until(house, south)
    seen = await show(south.anna, proposal)
    assert (seen["state"], seen["round"], seen["rounds"][1]["process"]) == ("decided", None, "still_holds")
    await begin_round(house, proposal, 2)
    await turn(house)
    assert proposal["id"] in await waiting(south.ben)
    assert "take_back" not in (await show(south.anna, proposal))["can"]
    for person, says in zip((south.anna, south.ben, south.cara), said, strict=False):
        told(await say(person, proposal, says, "So long." if says == "change" else "", number=2))
    await end_round(house, proposal, 2)
    await turn(house)
    seen = await show(south.anna, proposal)
    assert (seen["state"], seen["round"], len(seen["rounds"])) == (state, None, 2)
    ends = ["proposal_ended"] * (2 if state == "ended" else 1)
    assert await news(south.ben, proposal) == [*ends, "proposal_made", "proposal_round"]
    decided = ["proposal.made", "proposal.decided", "proposal.asked"]
    assert await facts(house, proposal) == decided + ["proposal.ended"] * (state == "ended")


async def test_nothing_that_is_not_decided_is_asked_again(house, south):
    proposal = await proposed(south.anna, south, asks_again_on=on(30))
    await end_round(house, proposal)
    assert len((await show(south.anna, proposal))["rounds"]) == 1


async def test_who_took_it_back_ends_it_and_nothing_of_it_is_counted(house, south):
    proposal = await a_rule_proposed(south)
    assert "take_back" not in (await show(south.ben, proposal))["can"]
    assert refusal(await south.ben.clusters.delete(f"/v1/proposals/{proposal['id']}")) == (403, "forbidden")
    told(await south.anna.clusters.delete(f"/v1/proposals/{proposal['id']}"), 204)
    assert refusal(await say(south.dan, proposal, "yes")) == (409, "proposal-not-asked")
    seen = await show(south.anna, proposal)
    assert (seen["round"], seen["ends_at"], seen["can"], seen["counts"]) == (
        None,
        None,
        ["see", "read_voices"],
        {"yes": 3},
    )
    await end_round(house, proposal)
    seen = await show(south.ben, proposal)
    assert (seen["state"], seen["rounds"][0]["outcome"]) == ("taken_back", None)
    assert (await rule(south.ben, south))["version"] == 0
    assert await news(south.ben, proposal) == ["proposal_ended", "proposal_made"]


async def test_the_mentor_coordinator_takes_back_what_others_proposed_and_they_are_told(house, south):
    proposal = await proposed(south.cara, south)
    for asker in (south.marie, south.ben, await an_official(house, "programme_coordinator")):
        assert refusal(await asker.clusters.delete(f"/v1/proposals/{proposal['id']}")) == (403, "forbidden")
    assert "take_back" in (await show(south.anna, proposal))["can"]
    told(await south.anna.clusters.delete(f"/v1/proposals/{proposal['id']}"), 204)
    await house.run_jobs("clusters")
    assert (await show(south.cara, proposal))["state"] == "taken_back"
    assert await news(south.cara, proposal) == ["proposal_ended"]
    assert await news(south.anna, proposal) == ["proposal_made"]


async def test_counts_are_of_the_round_that_is_asked_or_else_of_the_last(house, south):
    proposal = await proposed(south.anna, south, first=["questions"])
    told(await say(south.ben, proposal, "clear"))
    seen = await show(south.ben, proposal)
    assert (seen["counts_of"], seen["counts"], seen["spoke"]) == (1, {"clear": 1}, 1)
    await end_round(house, proposal)
    seen = await show(south.ben, proposal)
    spoke = {each["school_id"]: each["spoke"] for each in seen["schools"]}
    assert (seen["counts_of"], seen["counts"], seen["spoke"], {*spoke.values()}) == (2, {}, 0, {0})
    await everybody(south, proposal, number=2)
    await end_round(house, proposal, 2)
    seen = await show(south.ben, proposal)
    spoke = {each["school_id"]: each["spoke"] for each in seen["schools"]}
    assert (seen["counts_of"], seen["counts"], seen["spoke"]) == (2, {"yes": 3}, 3)
    assert spoke == {south.mentor: 1, south.mentee: 2}


async def test_who_leaves_before_the_end_has_said_nothing(house, south):
    proposal = await proposed(south.anna, south)
    await everybody(south, proposal)
    told(await say(south.dan, proposal, "concern", "Never."))
    told(await south.hana.clusters.delete(f"/v1/staff/{south.staff['dan']}"))
    seen = await show(south.anna, proposal)
    assert (seen["counts"], seen["spoke"], seen["raised"][0]["counts"]) == ({"yes": 3}, 3, False)
    await end_round(house, proposal)
    assert await outcome(south.anna, proposal) == (True, None)


async def test_a_school_that_joins_is_waited_for_and_one_that_left_is_not(house, south):
    joined, left = await proposed(south.anna, south), await proposed(south.anna, south)
    school_id, membership_id = await a_school_joins(house, south)
    await someone_at(house, school_id)
    for proposal in (joined, left):
        await everybody(south, proposal)
    await end_round(house, joined)
    demo = await house.as_service("demo")
    told(await demo.clusters.delete(f"/v1/memberships/{membership_id}"), 200)
    await end_round(house, left)
    assert await outcome(south.anna, joined) == (False, "schools_missing")
    assert await outcome(south.anna, left) == (True, None)


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_people_say_and_whoever_comes_and_goes_the_last_word_of_who_is_there_counts(house, south, seed):
    random = Random(seed)
    proposal = await proposed(south.anna, south)
    school_id, membership_id = await a_school_joins(house, south)
    school_of = dict.fromkeys([south.anna, south.marie], south.mentor)
    school_of |= dict.fromkeys([south.ben, south.cara, south.dan], south.mentee)
    school_of |= {await someone_at(house, random.choice([school_id, south.mentee])): "" for _ in range(2)}
    says, leavers = {}, [("marie", south.marie, south.anna), ("dan", south.dan, south.hana)]
    for _ in range(20):
        person = random.choice(list(school_of))
        said = random.choice(["yes", "yes", "yes", "aside", "concern"])
        if random.random() < 0.1 and leavers:
            name, person, leader = leavers.pop()
            told(await leader.clusters.delete(f"/v1/staff/{south.staff[name]}"))
            del school_of[person]
            says.pop(person, None)
            assert (await say(person, proposal, "yes")).status_code == 404
        else:
            told(await say(person, proposal, said, f"Because {random.random()}" if said == "concern" else ""))
            says[person] = said
    if random.random() < 0.5:
        told(await (await house.as_service("demo")).clusters.delete(f"/v1/memberships/{membership_id}"))
    members = "select distinct person_id from membership join staff using (school_id) where cluster_id = $1"
    members += " and membership.ended_at is null and staff.ended_at is null"
    there = {row["person_id"] for row in await house.rows("clusters", members, UUID(south.id))}
    heard = [said for person, said in says.items() if person.id in there]
    await end_round(house, proposal)
    seen = await show(south.anna, proposal)
    assert seen["counts"] == {said: heard.count(said) for said in {*heard}}
    assert seen["rounds"][0]["outcome"]["people"] == len(there)
    decided = "yes" in heard and "concern" not in heard and not seen["rounds"][0]["outcome"]["schools_missing"]
    assert seen["state"] == ("decided" if decided else "not_decided")

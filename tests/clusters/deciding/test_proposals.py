"""Something is proposed to a cluster, its people say what they think, and it ends once, as its rule says."""

from tests.clusters.deciding.voting import (
    answer,
    end_round,
    everybody,
    propose,
    proposed,
    say,
    show,
    turn,
    waiting,
)
from tests.people import refusal, told, wrong_fields

READS = ["see", "read_voices"]


async def test_an_agreement_is_decided_by_consent_once_its_time_is_over(house, south):
    proposal = await proposed(south.anna, south)
    assert proposal["state"] == "open"
    assert proposal["process"] == "consent"
    assert proposal["round"] == 1
    assert proposal["id"] in await waiting(south.ben)
    await everybody(south, proposal)
    assert proposal["id"] not in await waiting(south.ben)
    seen = await show(south.ben, proposal)
    assert (seen["mine"], seen["counts"], seen["spoke"]) == ("yes", {"yes": 3}, 3)
    await end_round(house, proposal)
    seen = await show(south.ben, proposal)
    assert (seen["state"], seen["deed"], seen["round"], seen["can"]) == ("decided", "nothing", None, READS)
    assert seen["rounds"][0]["outcome"]["decided"] is True
    await turn(house)
    assert await show(south.ben, proposal) == seen
    assert refusal(await say(south.ben, proposal, "concern", "Too late")) == (409, "proposal-not-asked")


async def test_an_open_concern_stops_it_and_one_that_is_taken_back_does_not(house, south):
    stopped, agreed = await proposed(south.anna, south), await proposed(south.anna, south)
    for proposal in (stopped, agreed):
        await everybody(south, proposal)
        told(await say(south.ben, proposal, "concern", "Who has the time?"))
        raised = (await show(south.cara, proposal))["raised"]
        assert [(one["says"], one["reason"], one["name"]) for one in raised] == [
            ("concern", "Who has the time?", (await show(south.cara, proposal))["raised"][0]["name"])
        ]
        told(await answer(south.anna, proposal, raised[0]["id"]), 201)
    told(await say(south.ben, agreed, "yes"))
    raised = (await show(south.cara, agreed))["raised"]
    assert raised[0]["changed_at"]
    assert raised[0]["answers"][0]["text"] == "Nobody has to."
    await end_round(house, stopped)
    await end_round(house, agreed)
    assert (await show(south.cara, agreed))["state"] == "decided"
    ended = await show(south.cara, stopped)
    assert (ended["state"], ended["rounds"][0]["outcome"]["why"]) == ("not_decided", "concerns")


async def test_a_concern_needs_its_reason_beside_it(south):
    proposal = await proposed(south.anna, south)
    assert wrong_fields(await say(south.ben, proposal, "concern")) == {"/reason": "missing"}
    assert wrong_fields(await say(south.ben, proposal, "no")) == {"/says": "says_elsewhere"}


async def test_one_that_nobody_speaks_to_is_not_decided(house, south):
    proposal = await proposed(south.anna, south)
    await end_round(house, proposal)
    ended = await show(south.anna, proposal)
    assert (ended["state"], ended["rounds"][0]["outcome"]["why"]) == ("not_decided", "nobody")
    assert (await propose(south.anna, south)).status_code == 201


async def test_a_rule_that_was_decided_holds_for_what_is_proposed_next(house, south):
    rule = {"process": "majority", "counted": "school", "needs_each_school": False, "days": 3}
    proposal = await proposed(south.anna, south, matter="decision_rule", title="Faster", decision_rule=rule)
    assert refusal(await propose(south.ben, south, matter="decision_rule", decision_rule=rule)) == (
        409,
        "proposed-already",
    )
    await everybody(south, proposal)
    await end_round(house, proposal)
    assert (await show(south.anna, proposal))["deed"] == "done"
    known = told(await south.ben.clusters.get(f"/v1/clusters/{south.id}/decision-rule"))
    assert {name: known[name] for name in rule} == rule
    assert known["version"] == 1
    assert (await proposed(south.ben, south))["process"] == "majority"


async def test_a_school_that_is_let_in_is_asked_by_the_cluster_itself(house, south, cluster):
    other = cluster.mentee
    proposal = await proposed(south.anna, south, matter="school", title="A third?", school={"school_id": other})
    await everybody(south, proposal)
    await end_round(house, proposal)
    assert (await show(south.anna, proposal))["deed"] == "done"
    asked = told(await south.anna.clusters.get(f"/v1/clusters/{south.id}/school-invitations"))["items"]
    name = told(await south.anna.clusters.get(f"/v1/clusters/{south.id}"))["name"]
    assert [(one["school_id"], one["by"], one["answer"]) for one in asked] == [(other, name, None)]
    told(await cluster.ben.clusters.post(f"/v1/school-invitations/{asked[0]['id']}/acceptance", json={}), 201)

"""What web asks of proposals is what clusters answers."""

from uuid import UUID

from tests.contracts.conftest import refused
from tests.people import a_cluster, an_official
from web.clients.clusters.clusters import Clusters
from web.clients.clusters.proposals import Proposals

SAID = {"matter": "agreement", "title": "We answer each entry within a week", "text": "", "language": "en"}


async def test_proposals(house, cluster, asked_as):
    cluster_id = UUID(cluster.id)
    proposals = asked_as(cluster.anna, Proposals)
    rule = await proposals.rule(cluster_id)
    assert (rule.process, rule.counted, rule.days, rule.version) == ("consent", "person", 7, 0)
    assert (rule.proposes, rule.can) == (["agreement", "date"], {"change_decision_rule"})
    proposal_id = await proposals.propose(cluster_id, "", SAID)
    assert [one.id for one in (await proposals.waiting()).items] == [proposal_id]
    (listed,) = (await proposals.of_cluster(cluster_id, asked=True)).items
    assert (listed.id, listed.process, listed.mine) == (proposal_id, "consent", None)
    assert (await proposals.of_cluster(cluster_id, asked=False)).items == []
    await proposals.speak(proposal_id, {"round": 1, "says": "concern", "reason": "Who has the time?"})
    proposal = await proposals.show(proposal_id)
    assert (proposal.mine, proposal.my_reason, proposal.counts) == ("concern", "Who has the time?", {"concern": 1})
    assert proposal.asked == proposal.deciding
    (voice,) = (await proposals.voices(proposal_id, 1)).items
    assert (voice.says, voice.name, voice.counts) == ("concern", "Anna Nováková", True)
    await proposals.answer(proposal_id, voice.id, "", "Five minutes are enough.")
    (raised,) = (await proposals.show(proposal_id)).raised
    assert [answer.text for answer in raised.answers] == ["Five minutes are enough."]
    said = {"process": "majority", "counted": "school", "needs_each_school": False, "days": 3}
    await proposals.change_rule(cluster_id, rule.version, said)
    assert await refused(proposals.change_rule(cluster_id, 7, said)) == 412
    await proposals.take_back(proposal_id)
    assert (await proposals.show(proposal_id)).state == "taken_back"


async def test_how_a_cluster_is_led(house, cluster, asked_as):
    clusters = asked_as(await an_official(house, "national_coordinator", "CZ"), Clusters)
    waiting = await clusters.approach(UUID(cluster.id))
    assert (waiting.approach, waiting.plans, waiting.proposals) == ("top_down", [], [])
    assert waiting.can == {"change_approach"}
    await clusters.change_approach(UUID(cluster.id), "bottom_up", "")
    assert (await clusters.approach(UUID(cluster.id))).approach == "bottom_up"


async def test_what_a_cluster_that_its_schools_lead_decides(house, cluster, asked_as):
    south = await a_cluster(house, approach="bottom_up")
    proposals = asked_as(south.cara, Proposals)
    rule = await proposals.rule(UUID(south.id))
    assert rule.proposes == ["agreement", "date", "school", "plan", "decision_rule"]
    school = {"school_id": cluster.mentee, "role": "mentee"}
    proposal_id = await proposals.propose(UUID(south.id), "", SAID | {"matter": "school", "school": school})
    proposal = await proposals.show(proposal_id)
    assert proposal.school
    assert (str(proposal.school.school_id), bool(proposal.school_name)) == (cluster.mentee, True)

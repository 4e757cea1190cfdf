"""Who is told what of a proposal, what stands in one's own record, and by which name acts are about it."""

from services.clusters.facts import FACTS
from tests.acts.asking import acts
from tests.clusters.deciding.voting import (
    a_concern,
    agreed_until,
    answer,
    begin_round,
    end_round,
    everybody,
    news,
    proposed,
    say,
)
from tests.people import a_cluster, an_official, told


async def test_everybody_of_the_cluster_is_told_but_who_proposed_it(house, south):
    stranger, nora = (await a_cluster(house)).anna, await an_official(house, "national_coordinator", "CZ")
    proposal = await proposed(south.ben, south)
    await house.run_jobs("clusters")
    for asker in south.everybody.values():
        assert await news(asker, proposal) == ([] if asker is south.ben else ["proposal_made"])
    assert await news(stranger, proposal) == await news(nora, proposal) == []


async def test_a_concern_is_told_to_who_proposed_it_alone(house, south):
    proposal, _ = await a_concern(house, south)
    assert await news(south.anna, proposal) == ["proposal_raised"]
    for person in (south.cara, south.ben, south.marie):
        assert await news(person, proposal) == ["proposal_made"]


async def test_an_answer_is_told_to_who_had_the_concern_alone(house, south):
    proposal, voice_id = await a_concern(house, south)
    told(await answer(south.marie, proposal, voice_id), 201)
    told(await answer(south.cara, proposal, voice_id, "Thank you."), 201)
    await house.run_jobs("clusters")
    assert await news(south.cara, proposal) == ["proposal_answered", "proposal_made"]
    assert await news(south.anna, proposal) == ["proposal_raised"]
    assert await news(south.marie, proposal) == ["proposal_made"]


async def test_a_concern_of_ones_own_is_no_news(house, south):
    proposal = await proposed(south.anna, south)
    told(await say(south.anna, proposal, "concern", "I am not sure."))
    await house.run_jobs("clusters")
    assert await news(south.anna, proposal) == []


async def test_a_yes_is_told_to_nobody_and_the_end_to_all(house, south):
    proposal = await proposed(south.anna, south)
    await everybody(south, proposal)
    await house.run_jobs("clusters")
    assert await news(south.anna, proposal) == []
    await end_round(house, proposal)
    assert await news(south.anna, proposal) == ["proposal_ended"]
    assert await news(south.dan, proposal) == ["proposal_ended", "proposal_made"]


async def test_who_took_it_back_is_not_told_so(house, south):
    proposal = await proposed(south.anna, south)
    told(await south.anna.clusters.delete(f"/v1/proposals/{proposal['id']}"), 204)
    await house.run_jobs("clusters")
    assert await news(south.anna, proposal) == []
    assert "proposal_ended" in await news(south.dan, proposal)


async def test_a_notice_says_what_is_asked_until_when_and_by_whom(house, south):
    proposal = await proposed(south.anna, south)
    await house.run_jobs("clusters")
    (said,) = [
        one["params"]
        for one in told(await south.cara.clusters.get("/v1/notices"))["items"]
        if one["path"] == f"/proposals/{proposal['id']}"
    ]
    assert (said["title"], said["by"], said["state"]) == (proposal["title"], "Anna Nováková", "open")
    assert (said["process"], said["ends_at"][:16]) == ("consent", proposal["ends_at"][:16])


async def test_who_left_the_cluster_hears_no_more_of_it(house, south):
    proposal, voice_id = await a_concern(house, south)
    told(await south.hana.clusters.delete(f"/v1/staff/{south.staff['cara']}"))
    told(await answer(south.anna, proposal, voice_id), 201)
    await end_round(house, proposal)
    assert await news(south.cara, proposal) == ["proposal_made"]


async def test_ones_record_holds_what_one_proposed_said_and_answered(house, south):
    proposal, voice_id = await a_concern(house, south, "Bergbrunnen is dear.")
    told(await answer(south.ben, proposal, voice_id, "Regenbogen is dearer."), 201)
    records = {
        name: told(await south.everybody[name].clusters.get("/v1/me/record")) for name in ("anna", "cara", "ben")
    }
    (made,), (voice,), (answered,) = [
        records[name][section] for name, section in (("anna", "proposal"), ("cara", "voice"), ("ben", "voice_answer"))
    ]
    assert made["title"] == voice["proposal"] == answered["proposal"] == proposal["title"]
    assert (voice["says"], voice["reason"]) == ("concern", "Bergbrunnen is dear.")
    assert answered["text"] == "Regenbogen is dearer."
    assert "Bergbrunnen" not in str(records["anna"]) + str(records["ben"])


async def test_a_fact_says_which_proposal_it_was_and_an_act_how_it_is_called(house, south):
    decided, taken_back = await agreed_until(house, south), await proposed(south.ben, south, title="Regenbogen")
    told(await south.ben.clusters.delete(f"/v1/proposals/{taken_back['id']}"), 204)
    not_decided = await proposed(south.cara, south, title="Bergbrunnen")
    await end_round(house, not_decided)
    await begin_round(house, decided, 2)
    await everybody(south, decided, says="done", number=2)
    await end_round(house, decided, 2)
    known = await house.rows("clusters", "select kind, data from fact where data ? 'proposal_id' order by seq")
    ids = {one["id"]: one["title"] for one in (decided, taken_back, not_decided)}
    data = {
        (row["kind"], row["data"]["proposal_id"]): row["data"] for row in known if row["data"]["proposal_id"] in ids
    }
    assert {kind for kind, _ in data} == {kind for kind in FACTS if kind.startswith("proposal.")}
    for (kind, proposal_id), said in data.items():
        more = {"why": "nobody"} if kind == "proposal.not_decided" else {}
        assert said == {"proposal_id": proposal_id} | more
    await house.hear()
    done = await acts(south.anna, f"/clusters/{south.id}/acts", ["clusters"])
    named = {(act["kind"], act["thing"]["id"]): act["thing"]["name"] for act in done if "proposal." in act["kind"]}
    assert named == {each: ids[each[1]] for each in data if each[0] != "proposal.asked"}
    await house.rows("clusters", "update proposal set title = 'Anew' where id = $1", decided["id"])
    await house.rows("clusters", "update proposal set title = '' where id = $1", taken_back["id"])
    done = await acts(south.anna, f"/clusters/{south.id}/acts", ["clusters"])
    named = {act["thing"]["id"]: act["thing"]["name"] for act in done if "proposal." in act["kind"]}
    assert named == {decided["id"]: "Anew", taken_back["id"]: None, not_decided["id"]: "Bergbrunnen"}

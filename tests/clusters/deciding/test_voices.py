"""What can be said in a round, how often it can be said otherwise, and what is answered to it."""

from uuid import UUID

import pytest

from tests.clusters.deciding.voting import answer, end_round, on, proposed, say, show, voices
from tests.people import a_cluster, an_official, refusal, told, wrong_fields
from tests.policy.test_sight import program_of

DAYS = {"matter": "date", "days": [on(20), on(21)]}
PROCESSES = {
    "questions": ({"first": ["questions"]}, {"question", "clear"}),
    "mood": ({"first": ["mood"]}, {"good", "so_so", "bad"}),
    "consent": ({}, {"yes", "concern", "aside"}),
    "dots": (DAYS, {"dots", "aside"}),
}
OFFICES = [("national_coordinator", "CZ"), ("programme_coordinator", None)]
EVERYTHING = set().union(*(says for _, says in PROCESSES.values())) | {"no", "holds", "change", "done"}


@pytest.mark.parametrize("process", PROCESSES)
async def test_in_a_round_is_said_what_belongs_to_it(common_south, process):
    more, words = PROCESSES[process]
    proposal = await proposed(common_south.anna, common_south, **more)
    assert {*proposal["rounds"][0]["says"]} == words
    for says in sorted(EVERYTHING):
        said = await say(common_south.ben, proposal, says, "Because.", dots=[1, 1] if says == "dots" else [])
        if says in words:
            assert told(said)["mine"] == says
        else:
            assert wrong_fields(said) == {"/says": "says_elsewhere"}
    told(await common_south.anna.clusters.delete(f"/v1/proposals/{proposal['id']}"), 204)


@pytest.mark.parametrize("dots", [[], [1], [1, 1, 1], [0, 0], [2, 2], [3, 1]])
async def test_dots_are_at_most_three_and_one_number_for_each_option(common_south, dots):
    proposal = await proposed(common_south.cara, common_south, **DAYS)
    assert wrong_fields(await say(common_south.ben, proposal, "dots", dots=dots)) == {"/dots": "dots_wrong"}
    told(await say(common_south.ben, proposal, "dots", dots=[1, 2]))
    assert (await show(common_south.ben, proposal))["my_dots"] == [1, 2]
    told(await common_south.cara.clusters.delete(f"/v1/proposals/{proposal['id']}"), 204)


async def test_a_dot_is_not_less_than_none_nor_more_than_all(common_south):
    proposal = await proposed(common_south.anna, common_south, **DAYS)
    assert wrong_fields(await say(common_south.ben, proposal, "dots", dots=[-1, 4])) == {
        "/dots/0": "greater_than_equal",
        "/dots/1": "less_than_equal",
    }


async def test_options_of_an_agreement_are_chosen_by_dots(house, south):
    proposal = await proposed(south.anna, south, options=["Peruc", "Louny", "Praha"])
    for person, dots in ((south.anna, [0, 3, 0]), (south.ben, [1, 1, 1]), (south.dan, [0, 0, 3])):
        told(await say(person, proposal, "dots", dots=dots))
    told(await say(south.cara, proposal, "aside"))
    await end_round(house, proposal)
    seen = await show(south.marie, proposal)
    assert (seen["state"], seen["options"][seen["chosen"]], seen["deed"]) == ("decided", "Louny", "nothing")
    assert seen["rounds"][0]["outcome"]["shares"] == [83, 583, 333]
    assert [(one["says"], one["dots"]) for one in told(await voices(south.marie, proposal))["items"]] == [
        ("aside", []), ("dots", [0, 0, 3]), ("dots", [1, 1, 1]), ("dots", [0, 3, 0]),
    ]  # fmt: skip


async def test_of_a_change_of_mind_only_what_had_a_reason_is_kept(south):
    proposal = await proposed(south.anna, south)
    for says, reason in (("yes", ""), ("aside", ""), ("concern", "Who pays?"), ("concern", "Who pays?"), ("yes", "")):
        told(await say(south.ben, proposal, says, reason))
    seen = await show(south.ben, proposal)
    assert (seen["mine"], seen["counts"], seen["spoke"]) == ("yes", {"yes": 1}, 1)
    assert [(one["says"], bool(one["changed_at"])) for one in seen["raised"]] == [("concern", True)]
    assert [one["says"] for one in told(await voices(south.dan, proposal))["items"]] == ["yes"]


async def test_a_mind_that_gave_its_reasons_is_changed_ten_times(south):
    proposal = await proposed(south.anna, south)
    for number in range(11):
        told(await say(south.ben, proposal, "concern", f"Reason {number}."))
    assert refusal(await say(south.ben, proposal, "concern", "Another.")) == (409, "too-many-voices")
    told(await say(south.ben, proposal, "concern", "Reason 10."))
    told(await say(south.cara, proposal, "concern", "Another."))
    for says in ("yes", "aside", "yes"):
        assert told(await say(south.ben, proposal, says))["mine"] == says
    assert refusal(await say(south.ben, proposal, "concern", "Once more.")) == (409, "too-many-voices")
    assert (await show(south.ben, proposal))["counts"] == {"yes": 1, "concern": 1}


async def test_fifty_answers_stand_at_a_voice(house, south):
    proposal = await proposed(south.anna, south)
    told(await say(south.ben, proposal, "concern", "Who pays?"))
    raised = (await show(south.ben, proposal))["raised"][0]["id"]
    told(await answer(south.anna, proposal, raised), 201)
    one = (await show(south.ben, proposal))["raised"][0]["answers"][0]["id"]
    more = "insert into voice_answer select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid()))).*"
    await house.rows("clusters", f"{more} from voice_answer one, generate_series(1, 48) where id = $1", one)
    told(await answer(south.ben, proposal, raised, "The county, then?"), 201)
    assert refusal(await answer(south.anna, proposal, raised)) == (409, "too-many-voice-answers")


async def test_only_what_was_said_with_a_reason_to_this_proposal_is_answered(south):
    proposal, other = await proposed(south.anna, south), await proposed(south.anna, south)
    told(await say(south.cara, proposal, "yes"))
    told(await say(south.ben, other, "concern", "Who pays?"))
    elsewhere = (await show(south.ben, other))["raised"][0]["id"]
    (silent,) = told(await voices(south.dan, proposal))["items"]
    for voice_id in (elsewhere, silent["id"], str(UUID(int=0))):
        assert wrong_fields(await answer(south.anna, proposal, voice_id)) == {"/voice_id": "unknown"}
    assert wrong_fields(await answer(south.anna, other, elsewhere, " ")) == {"/text": "string_too_short"}


async def test_only_what_somebody_says_still_and_in_the_round_that_is_asked_is_answered(house, south):
    proposal = await proposed(south.anna, south, first=["questions"])
    told(await say(south.ben, proposal, "question", "Who pays?"))
    told(await say(south.cara, proposal, "question", "When?"))
    whens, pays = [one["id"] for one in (await show(south.dan, proposal))["raised"]]
    told(await say(south.cara, proposal, "clear"))
    assert wrong_fields(await answer(south.anna, proposal, whens)) == {"/voice_id": "unknown"}
    told(await answer(south.anna, proposal, pays), 201)
    await end_round(house, proposal)
    assert (await show(south.dan, proposal))["round"] == 2
    assert wrong_fields(await answer(south.anna, proposal, pays)) == {"/voice_id": "unknown"}
    shown = {one["id"]: len(one["answers"]) for one in (await show(south.dan, proposal))["raised"]}
    assert shown == {pays: 1, whens: 0}


async def test_who_speaks_or_answers_hears_how_it_stands_and_nothing_of_what_others_said(south):
    proposal = await proposed(south.anna, south)
    told(await say(south.ben, proposal, "concern", "Who pays?"))
    spoken = told(await say(south.cara, proposal, "yes"))
    raised = (await show(south.cara, proposal))["raised"][0]["id"]
    answered = told(await answer(south.cara, proposal, raised), 201)
    assert spoken == answered
    assert (spoken["mine"], spoken["round"], spoken["title"]) == ("yes", 1, proposal["title"])
    assert not spoken.keys() & {"raised", "counts", "spoke", "schools", "rounds"}


async def test_only_who_belongs_to_the_cluster_reads_what_people_say(house, south):
    proposal = await proposed(south.anna, south)
    told(await say(south.cara, proposal, "concern", "Who pays?"))
    nora, olga = [await an_official(house, kind, country) for kind, country in OFFICES]
    for asker in (nora, olga, await program_of(house, south), await program_of(house, south, south.cara)):
        assert refusal(await voices(asker, proposal)) == (403, "forbidden")
        seen = await show(asker, proposal)
        assert (seen["raised"], seen["counts"], seen["spoke"], seen["can"]) == ([], {"concern": 1}, 1, ["see"])
    stranger = (await a_cluster(house)).anna
    assert refusal(await voices(stranger, proposal)) == (404, "not-found")
    for asker in (south.dan, south.marie):
        assert [one["reason"] for one in told(await voices(asker, proposal))["items"]] == ["Who pays?"]
        seen = await show(asker, proposal)
        assert ([one["reason"] for one in seen["raised"]], "read_voices" in seen["can"]) == (["Who pays?"], True)


async def test_a_reason_that_is_only_space_is_none(common_south):
    proposal = await proposed(common_south.anna, common_south)
    assert wrong_fields(await say(common_south.ben, proposal, "concern", " \n ")) == {"/reason": "missing"}
    assert wrong_fields(await say(common_south.ben, proposal, "yes", "x" * 2_001)) == {"/reason": "string_too_long"}


async def test_voices_come_page_by_page_with_their_schools(south):
    proposal = await proposed(south.anna, south)
    for person in (south.anna, south.ben, south.cara):
        told(await say(person, proposal, "yes"))
    found, after = [], {}
    while True:
        page = told(await voices(south.dan, proposal, limit=2, **after))
        found += page["items"]
        if not page["next"]:
            break
        after = {"after": page["next"]}
    assert [one["person_id"] for one in found] == [str(one.id) for one in (south.cara, south.ben, south.anna)]
    assert {len(one["schools"]) for one in found} == {1}
    schools = {one["school_id"]: (one["people"], one["spoke"]) for one in (await show(south.dan, proposal))["schools"]}
    assert schools == {south.mentor: (2, 1), south.mentee: (4, 2)}

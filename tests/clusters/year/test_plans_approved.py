"""A plan of a top-down cluster is handed in, and approved or sent back with a word; each time it is kept as it was."""

import asyncio

import pytest

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
    hand_in,
    remove,
    show,
)
from tests.people import a_cluster, accept, an_official, refusal, told, wrong_fields

WORD = "Say who leads it.\nAnd until when."


UNLED = "update office set ended_at = now() where country = 'MT' and ended_at is null"


@pytest.fixture(scope="module")
async def nora(house):
    return await an_official(house, "national_coordinator", "CZ")


@pytest.fixture(scope="module")
async def olga(house):
    return await an_official(house, "programme_coordinator")


@pytest.fixture
async def plan(nora, cluster):
    """One that waits for its answer."""
    plan = await a_plan(cluster.anna, cluster, GOAL, ACTIVITY, MILESTONE)
    told(await hand_in(cluster.anna, plan), 204)
    return told(await show(nora, plan))


def changes(plan):
    return {(change["what"], change["kind"], change["title"]) for change in plan["changes"]}


def numbers(plan):
    return [edition["number"] for edition in plan["editions"]]


async def waiting(asker, **asked):
    """The ids of the plans that wait for this office, of whichever page."""
    found, after = [], None
    while True:
        page = told(await asker.clusters.get("/v1/plans", params=asked | ({"after": after} if after else {})))
        found += [one["id"] for one in page["items"]]
        if not (after := page["next"]):
            return found


async def news(asker, plan):
    """(kind, who did it) of what this person is told of it, oldest first."""
    notices = told(await asker.clusters.get("/v1/notices"))["items"]
    return [(one["kind"], one["params"]["by"]) for one in notices if one["path"] == f"/plans/{plan['id']}"][::-1]


async def letters(house, asker, plan):
    await house.run_jobs("clusters")
    lying = """select subject, text from mailbox_mail lying join address using (mail)
      where person_id = $1 and strpos(text, '/plans/' || $2) > 0 order by lying.id"""
    return await house.rows("clusters", lying, asker.id, plan["id"])


async def test_it_is_handed_in_as_it_stands(house, nora, cluster):
    plan = await a_plan(cluster.anna, cluster, GOAL, MILESTONE)
    assert (plan["can"], plan["editions"], plan["changes"]) == (["see", "write", "hand_in"], [], [])
    assert refusal(await hand_in(cluster.ben, plan)) == (403, "forbidden")
    for _ in range(2):
        told(await hand_in(cluster.anna, plan), 204)
    known = told(await show(cluster.anna, plan))
    assert (known["state"], known["handed_in_by"], known["can"]) == ("handed_in", "Anna Nováková", ["see", "write"])
    assert (numbers(known), known["version"], known["changes"]) == ([1], plan["version"] + 1, [])
    assert known["editions"][0]["made_by"] == "Anna Nováková"
    edition = told(await cluster.dan.clusters.get(f"/v1/plans/{plan['id']}/editions/1"))
    kept = edition["parts"][0].keys()
    assert edition["parts"] == [{name: part[name] for name in kept} for part in plan["parts"]]
    assert (edition["cluster_id"], edition["year"], edition["number"]) == (cluster.id, YEAR, 1)
    assert refusal(await cluster.dan.clusters.get(f"/v1/plans/{plan['id']}/editions/2")) == (404, "not-found")
    stranger = (await a_cluster(house)).anna
    assert refusal(await stranger.clusters.get(f"/v1/plans/{plan['id']}/editions/1")) == (404, "not-found")


async def test_handed_in_twice_at_once_it_is_one_edition_and_told_once(nora, cluster):
    plan = await a_plan(cluster.anna, cluster, GOAL)
    assert {one.status_code for one in await asyncio.gather(*(hand_in(cluster.anna, plan) for _ in range(3)))} == {204}
    assert numbers(told(await show(cluster.anna, plan))) == [1]
    assert await news(nora, plan) == [("plan_handed_in", "Anna Nováková")]


async def test_a_plan_that_says_nothing_is_not_handed_in(nora, cluster):
    plan = await a_plan(cluster.anna, cluster, MILESTONE, GOAL | {"kind": "priority"})
    assert refusal(await hand_in(cluster.anna, plan)) == (409, "nothing-to-hand-in")
    goal = told(await add(cluster.anna, plan), 201)
    told(await remove(cluster.anna, goal), 204)
    assert refusal(await hand_in(cluster.anna, plan)) == (409, "nothing-to-hand-in")
    assert (told(await show(nora, plan))["state"], await news(nora, plan)) == ("draft", [])
    told(await add(cluster.anna, plan, ACTIVITY), 201)
    told(await hand_in(cluster.anna, plan), 204)


async def test_what_waits_is_listed_to_whose_office_it_is(house, nora, olga, cluster, plan):
    abroad = await an_official(house, "national_coordinator", "JO")
    await house.rows("clusters", UNLED)
    unled = await a_cluster(house, country="MT")
    other = await a_plan(unled.anna, unled, GOAL)
    told(await hand_in(unled.anna, other), 204)
    writing = await a_cluster(house)
    draft = await a_plan(writing.anna, writing, GOAL)
    listed = {asker: await waiting(asker, limit=2) for asker in (nora, olga, abroad)}
    seen = {asker: {plan["id"], other["id"], draft["id"]} & {*ids} for asker, ids in listed.items()}
    assert seen == {nora: {plan["id"]}, olga: {other["id"]}, abroad: set()}
    assert all(len(ids) == len(set(ids)) for ids in listed.values())
    assert refusal(await show(abroad, plan)) == (404, "not-found")
    assert refusal(await cluster.anna.clusters.get("/v1/plans")) == (403, "forbidden")
    told(await answer(nora, plan), 201)
    assert plan["id"] not in await waiting(nora)


async def test_a_change_is_asked_for_with_a_word_and_handed_in_again(house, nora, cluster, plan):
    assert plan["can"] == ["see", "answer"]
    assert wrong_fields(await answer(nora, plan, approved=False)) == {"/word": "missing"}
    assert wrong_fields(await answer(nora, plan, "x" * 2_001)).keys() == {"/word"}
    for refused in (await answer(cluster.anna, plan), await answer(cluster.cara, plan)):
        assert refusal(refused) == (403, "forbidden")
    known = told(await answer(nora, plan, WORD, approved=False), 201)
    assert (known["state"], known["approved_edition"], known["can"]) == ("change_asked", None, ["see"])
    (said,) = known["answers"]
    assert (said["word"], said["approved"], said["edition"], said["name"]) == (WORD, False, 1, "Olga")
    assert refusal(await answer(nora, plan)) == (409, "plan-not-handed-in")
    goal, activity, milestone = plan["parts"]
    told(await change(cluster.anna, activity, ACTIVITY, who="Ben"))
    told(await remove(cluster.anna, milestone), 204)
    told(await add(cluster.anna, plan, title="New"), 201)
    told(await change(cluster.anna, goal), 200)
    known = told(await show(cluster.anna, plan))
    assert (known["state"], known["can"]) == ("change_asked", ["see", "write", "hand_in"])
    assert changes(known) == {
        ("changed", "activity", ACTIVITY["title"]),
        ("removed", "milestone", MILESTONE["title"]),
        ("added", "goal", "New"),
    }, "the goal says what it said"
    told(await hand_in(cluster.anna, plan), 204)
    known = told(await answer(nora, plan), 201)
    assert (known["state"], known["approved_edition"], numbers(known), known["changes"]) == ("approved", 2, [2, 1], [])
    assert [(one["approved"], one["edition"]) for one in known["answers"]] == [(True, 2), (False, 1)]
    kinds = [
        [part["kind"] for part in told(await nora.clusters.get(f"/v1/plans/{plan['id']}/editions/{number}"))["parts"]]
        for number in (1, 2)
    ]
    assert kinds == [["goal", "activity", "milestone"], ["goal", "goal", "activity"]]
    facts = "select kind from fact where data ->> 'plan_id' = $1 and kind <> 'plan.changed' order by seq"
    assert [row["kind"].removeprefix("plan.") for row in await house.rows("clusters", facts, plan["id"])] == [
        "begun", "handed_in", "change_asked", "handed_in", "approved",
    ]  # fmt: skip


async def test_only_what_was_read_is_answered(nora, cluster, plan):
    unmatched = await nora.clusters.post(f"/v1/plans/{plan['id']}/answers", json={"approved": True})
    assert refusal(unmatched)[0] == 428
    told(await add(cluster.ben, plan, title="Meanwhile"), 201)
    assert refusal(await answer(nora, plan, version=plan["version"])) == (412, "changed")
    known = told(await show(nora, plan))
    assert (known["state"], known["answers"], len(known["changes"])) == ("handed_in", [], 1)
    known = told(await answer(nora, plan), 201)
    assert (known["approved_edition"], numbers(known), known["editions"][0]["made_by"]) == (2, [2, 1], "Olga")


async def test_of_two_answers_at_once_one_stands(nora, cluster, plan):
    both = [answer(nora, plan, WORD, approved=approved, version=plan["version"]) for approved in (True, False)]
    assert sorted(one.status_code for one in await asyncio.gather(*both)) in ([201, 409], [201, 412])
    assert len(told(await show(nora, plan))["answers"]) == 1


async def test_what_was_approved_stays_so_while_a_later_one_is_written(nora, cluster, plan):
    approved = told(await answer(nora, plan), 201)
    assert refusal(await hand_in(cluster.anna, plan)) == (409, "plan-is-approved")
    assert told(await show(cluster.anna, plan))["version"] == approved["version"]
    goal = told(await change(cluster.ben, plan["parts"][0], title="Other"))
    known = told(await show(cluster.anna, plan))
    assert (known["state"], known["approved_edition"], numbers(known)) == ("draft", 1, [1])
    assert changes(known) == {("changed", "goal", "Other")}
    told(await hand_in(cluster.anna, plan), 204)
    known = told(await answer(nora, plan, WORD, approved=False), 201)
    assert (known["state"], known["approved_edition"], numbers(known)) == ("change_asked", 1, [2, 1])
    told(await change(cluster.ben, goal, title="Another"))
    told(await hand_in(cluster.anna, plan), 204)
    assert told(await answer(nora, plan), 201)["approved_edition"] == 3


async def test_handed_in_again_as_it_was_it_is_the_same_edition(nora, cluster, plan):
    told(await answer(nora, plan, WORD, approved=False), 201)
    told(await hand_in(cluster.anna, plan), 204)
    known = told(await answer(nora, plan), 201)
    assert (numbers(known), [one["edition"] for one in known["answers"]]) == ([1], [1, 1])


async def test_nobody_approves_what_schools_have_set_up(house, nora, olga):
    cluster = await a_cluster(house, "bottom_up")
    plan = await a_plan(cluster.cara, cluster, GOAL)
    assert told(await show(cluster.anna, plan))["can"] == ["see", "write"]
    for asker in (cluster.anna, cluster.cara, nora, olga):
        assert refusal(await hand_in(asker, plan)) == (403, "forbidden")
        assert refusal(await answer(asker, plan)) == (403, "forbidden")
    assert (told(await show(nora, plan))["can"], told(await show(nora, plan))["state"]) == (["see"], "draft")
    assert (await news(nora, plan), await news(cluster.anna, plan)) == ([], [])


async def test_those_are_told_whom_it_concerns_and_the_letter_carries_the_word(house, nora, olga, cluster, plan):
    told(await answer(nora, plan, WORD, approved=False), 201)
    told(await hand_in(cluster.anna, plan), 204)
    told(await answer(nora, plan, "Gladly."), 201)
    assert await news(nora, plan) == [("plan_handed_in", "Anna Nováková")] * 2
    answers = [("plan_change_asked", "Olga"), ("plan_approved", "Olga")]
    heard = {name: await news(asker, plan) for name, asker in cluster.everybody.items()}
    assert heard == {name: [] for name in cluster.staff} | {"anna": answers}
    assert await news(olga, plan) == []
    # In an order that nothing promises.
    texts = [letter["text"] for letter in await letters(house, cluster.anna, plan)]
    says = [({*WORD.splitlines()} <= {*text.splitlines()}, "Gladly." in text) for text in texts]
    assert sorted(says) == [(False, True), (True, False)]
    assert len(await letters(house, nora, plan)) == 2
    shown = told(await cluster.anna.clusters.get("/v1/notices"))["items"]
    assert {one["params"]["year"] for one in shown} == {f"{YEAR}/{(YEAR + 1) % 100:02}"}
    assert WORD not in str(shown), "the word is in the plan, and in the letter"


async def test_the_programme_answers_for_a_country_without_a_coordinator(house, olga):
    await house.rows("clusters", UNLED)
    cluster = await a_cluster(house, country="MT")
    plan = await a_plan(cluster.anna, cluster, GOAL)
    told(await hand_in(cluster.anna, plan), 204)
    assert await news(olga, plan) == [("plan_handed_in", "Anna Nováková")]
    told(await answer(olga, plan), 201)
    assert await news(cluster.anna, plan) == [("plan_approved", "Olga")]


async def test_nobody_is_told_what_they_did(house, cluster):
    official = await an_official(house, "national_coordinator", "CZ")
    (row,) = await house.rows("clusters", "select mail from address where person_id = $1", official.id)
    new = {"name": "Olga", "mail": row["mail"], "role": "coordinator", "works_at_both": True}
    demo = await house.as_service("demo")
    asked = told(await demo.clusters.post(f"/v1/schools/{cluster.mentor}/invitations", json=new), 201)["id"]
    told(await accept(official, asked), 201)
    plan = await a_plan(official, cluster, GOAL)
    told(await hand_in(official, plan), 204)
    assert await news(official, plan) == []
    assert "answer" not in told(await show(official, plan))["can"]
    assert refusal(await answer(official, plan)) == (403, "forbidden")
    other = await an_official(house, "national_coordinator", "CZ")
    told(await answer(other, plan, WORD, approved=False), 201)
    told(await hand_in(cluster.anna, plan), 204)
    told(await answer(official, plan), 201)
    assert await news(official, plan) == [("plan_change_asked", "Olga"), ("plan_handed_in", "Anna Nováková")]
    assert ("plan_approved", "Olga") in await news(cluster.anna, plan)


async def test_a_newer_plan_waits_beside_the_old_one(nora, cluster, plan):
    later = told(await begin(cluster.anna, cluster, YEAR + 1, "year_before"))
    told(await hand_in(cluster.anna, later), 204)
    found = await waiting(nora)
    assert found.index(plan["id"]) < found.index(later["id"]), "longest first"

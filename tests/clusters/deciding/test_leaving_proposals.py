"""What goes of proposals, voices and answers with who leaves for good, and what stays because it is the cluster's."""

import pytest

from kit.jobs import Jobs, drain
from tests.clusters.deciding.voting import (
    a_concern,
    answer,
    due_until,
    end_round,
    everybody,
    on,
    proposed,
    say,
    show,
    waiting,
)
from tests.clusters.doors.test_erasure import by_link, erased, leave, rows_that_say
from tests.clusters.year.planning import GOAL, a_plan
from tests.people import told

MAILS = "select kind, params from mail where sent_at is null and params ->> 'path' = any($1::text[])"
NOTICES = "select params ->> 'title' as title from notice where path = $1"


def worded(cluster, number):
    """A title, a text and options that stand nowhere else."""
    title, text = f"Bergbrunnen {cluster.id} {number}", f"Regenbogen {cluster.id} {number}"
    return {"title": title, "text": text, "options": [f"Perle {cluster.id} {number}", "Nobody's"]}


async def gone(house, cluster, name, writings="go"):
    told(await leave(house, cluster.everybody[name], cluster.addresses[name], writings), 202)
    await erased(house)


@pytest.mark.parametrize("told_before", [True, False])
@pytest.mark.parametrize(("name", "word"), [("cara", "Bergbrunnen"), ("marie", "Regenbogen")])
async def test_reasons_and_answers_go_with_who_takes_their_writings_along(house, south, name, word, told_before):
    proposal = await proposed(south.anna, south)
    told(await say(south.cara, proposal, "concern", f"Bergbrunnen {south.id}"))
    voice_id = (await show(south.cara, proposal))["raised"][0]["id"]
    told(await answer(south.marie, proposal, voice_id, f"Regenbogen {south.id}"), 201)
    told(await say(south.cara, proposal, "yes"))
    if told_before:
        await house.run_jobs("clusters")
    await gone(house, south, name)
    known = await show(south.ben, proposal)
    assert word not in str(known)
    kept = await rows_that_say(house, f"{word} {south.id}")
    assert kept == [], kept


async def test_reasons_stay_without_a_name_where_who_leaves_lets_them(house, south):
    proposal, _ = await a_concern(house, south, "Bergbrunnen is dear.")
    await gone(house, south, "cara", "stay")
    (raised,) = (await show(south.ben, proposal))["raised"]
    assert (raised["reason"], raised["name"], raised["counts"]) == ("Bergbrunnen is dear.", "", False)
    titles = [one["params"] for one in told(await south.anna.clusters.get("/v1/notices"))["items"]]
    assert "Cara Sykes" not in str(titles)


@pytest.mark.parametrize("told_before", [True, False])
async def test_what_is_open_is_taken_back_and_says_nothing_any_more(house, south, told_before):
    proposal = await proposed(south.cara, south, **worded(south, 1))
    if told_before:
        await house.run_jobs("clusters")
    assert proposal["id"] in await waiting(south.ben)
    await gone(house, south, "cara")
    seen = await show(south.ben, proposal)
    assert (seen["state"], seen["title"], seen["text"], seen["options"]) == ("taken_back", "", "", [])
    assert (seen["name"], seen["round"], bool(seen["ended_at"])) == ("", None, True)
    assert await due_until(house, proposal) is None
    assert proposal["id"] not in await waiting(south.ben)
    for word in ("Bergbrunnen", "Regenbogen", "Perle"):
        kept = await rows_that_say(house, f"{word} {south.id} 1")
        assert kept == [], kept
    await end_round(house, proposal)
    assert (await show(south.ben, proposal))["rounds"][0]["outcome"] is None


async def test_what_was_not_decided_says_nothing_any_more_and_what_was_decided_is_the_clusters(house, south):
    decided, lost = [await proposed(south.cara, south, **worded(south, number)) for number in (1, 2)]
    for person in (south.anna, south.ben):
        told(await say(person, decided, "dots", dots=[2, 1]))
    told(await say(south.ben, lost, "aside"))
    for proposal in (decided, lost):
        await end_round(house, proposal)
    assert [(await show(south.ben, each))["state"] for each in (decided, lost)] == ["decided", "not_decided"]
    await gone(house, south, "cara")
    seen = await show(south.ben, decided)
    assert {name: seen[name] for name in ("title", "text", "options")} == worded(south, 1)
    assert (seen["name"], seen["options"][seen["chosen"]]) == ("", f"Perle {south.id} 1")
    seen = await show(south.ben, lost)
    assert (seen["state"], seen["title"], seen["text"], seen["options"]) == ("not_decided", "", "", [])
    for word in ("Bergbrunnen", "Regenbogen", "Perle"):
        # What was sent by mail was sent.
        assert {table for _, table in await rows_that_say(house, f"{word} {south.id} 2")} <= {"mailbox_mail"}
    titles = [await house.rows("clusters", NOTICES, f"/proposals/{each['id']}") for each in (decided, lost)]
    assert [{row["title"] for row in rows} for rows in titles] == [{decided["title"]}, {""}]


async def test_the_days_that_were_proposed_are_nobodys_words(house, south):
    proposal = await proposed(south.cara, south, matter="date", days=[on(20), on(21)])
    await gone(house, south, "cara")
    assert (await show(south.ben, proposal))["options"] == [on(20), on(21)]


async def test_what_was_to_stand_in_a_plan_goes_unless_it_was_decided(house, south):
    plan = await a_plan(south.anna, south, GOAL)
    parts = [GOAL | {"title": f"Bergbrunnen {south.id} {number}", "text": f"Regenbogen {number}"} for number in (1, 2)]
    decided, open_ = [
        await proposed(south.anna, south, matter="plan", plan={"plan_id": plan["id"], "part": part}) for part in parts
    ]
    await everybody(south, decided)
    await end_round(house, decided)
    await house.rows("clusters", "update staff set role = 'coordinator' where id = $1", south.staff["marie"])
    await gone(house, south, "anna")
    assert (await show(south.ben, decided))["plan"]["part"]["title"] == parts[0]["title"]
    assert (await show(south.ben, open_))["plan"] is None
    assert await rows_that_say(house, parts[1]["title"]) == []


@pytest.mark.parametrize("name", ["anna", "cara", "marie"])
async def test_mails_that_were_not_sent_yet_are_not_sent(house, south, name):
    """About what they proposed, or about what they gave their reasons or answers to."""
    secret = await by_link(house, south.addresses[name])
    proposal = await proposed(south.anna, south)
    told(await say(south.cara, proposal, "concern", "Bergbrunnen is dear."))
    told(await answer(south.marie, proposal, (await show(south.dan, proposal))["raised"][0]["id"]), 201)
    other = await proposed(south.ben, south)
    telling = Jobs({"proposal.tell": house.jobs("clusters").handlers["proposal.tell"]})
    await drain(telling, house.context("clusters"))
    paths = [f"/proposals/{each['id']}" for each in (proposal, other)]
    before = {row["params"]["path"] for row in await house.rows("clusters", MAILS, paths)}
    assert before == {*paths}
    if name == "anna":
        await house.rows("clusters", "update staff set role = 'coordinator' where id = $1", south.staff["marie"])
    leaving = {"writings": "go", "session": secret}
    told(await south.everybody[name].clusters.post("/v1/me/erasure", json=leaving), 202)
    assert {row["params"]["path"] for row in await house.rows("clusters", MAILS, paths)} == {paths[1]}


async def test_who_lets_their_writings_stay_is_asked_about_still(house, south):
    proposal = await proposed(south.cara, south, **worded(south, 1))
    await gone(house, south, "cara", "stay")
    seen = await show(south.ben, proposal)
    assert {name: seen[name] for name in ("title", "text", "options")} == worded(south, 1)
    assert (seen["state"], seen["round"], seen["name"]) == ("open", 1, "")
    assert "take_back" in (await show(south.anna, proposal))["can"], "the mentor can take it back"

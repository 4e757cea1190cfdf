"""Who hears of a request for help, and until when it waits, when people and clusters come and go."""

import asyncio

import pytest

from tests.clusters.clusters.test_help import answer, ask, listed, news, settle, show
from tests.clusters.doors.test_erasure import by_link, leave
from tests.people import accept, an_official, told


@pytest.fixture(scope="module")
async def nora(house):
    return await an_official(house, "national_coordinator", "CZ")


async def test_who_asked_and_left_the_school_hears_no_more_of_it(nora, cluster):
    request = told(await ask(cluster.cara, cluster), 201)
    told(await cluster.hana.clusters.delete(f"/v1/staff/{cluster.staff['cara']}"))
    told(await answer(nora, request), 201)
    assert await news(cluster.cara, request) == []
    assert "asker" not in [one["reads_as"] for one in told(await show(nora, request))["read_by"]]


async def test_a_second_question_is_a_mail_of_its_own_to_who_answers(nora, cluster):
    request = told(await ask(cluster.cara, cluster), 201)
    told(await answer(cluster.ben, request, "We have none either."), 201)
    told(await answer(nora, request), 201)
    told(await answer(cluster.cara, request, "And the third?"), 201)
    assert (await news(nora, request)).count("help_asked") == 2
    assert (await news(cluster.cara, request)).count("help_answered") == 2, "the office's answer stands alone"
    told(await answer(cluster.cara, request, "Or the fourth?"), 201)
    assert (await news(nora, request)).count("help_asked") == 2, "one promise is enough"


async def test_closing_ends_the_promise_and_nothing_climbs_when_it_opens_again(nora, cluster):
    request = told(await ask(cluster.cara, cluster), 201)
    at = f"/v1/clusters/{cluster.id}/closure"
    told(await nora.clusters.put(at, json={"word": ""}))
    told(await nora.clusters.delete(at))
    known = told(await show(cluster.cara, request))
    assert (known["due_at"], known["climbed_at"], known["answered_at"]) == (None, None, None)
    told(await answer(cluster.cara, request, "We are back, and still ask."), 201)
    assert told(await show(nora, request))["due_at"]


async def test_what_only_few_read_is_in_no_history(house, nora, cluster):
    private = told(await ask(cluster.cara, cluster, readers="nobody"), 201)
    told(await answer(nora, private), 201)
    told(await settle(cluster.cara, private), 204)
    facts = "select kind from fact where data ->> 'request_id' = $1"
    assert await house.rows("clusters", facts, private["id"]) == []
    shared = told(await ask(cluster.cara, cluster), 201)
    assert [row["kind"] for row in await house.rows("clusters", facts, shared["id"])] == ["help.asked"]


async def test_nobody_answers_themselves(house, cluster):
    (known,) = await house.rows("clusters", "select count(*) from office where country = 'CZ' and ended_at is null")
    official = await an_official(house, "national_coordinator", "CZ")
    (row,) = await house.rows("clusters", "select mail from address where person_id = $1", official.id)
    new = {"name": "Olga", "mail": row["mail"], "works_at_both": True}
    asked = told(await cluster.ben.clusters.post(f"/v1/schools/{cluster.mentee}/invitations", json=new), 201)["id"]
    told(await accept(official, asked), 201)
    offer = told(await official.clusters.get(f"/v1/clusters/{cluster.id}/help-offer"))
    assert (len(offer["to"]), offer["to_programme"]) == (known["count"], not known["count"])
    request = told(await ask(official, cluster), 201)
    assert request["id"] not in await listed(official, "/v1/help-requests", waiting=True, limit=100)


@pytest.mark.parametrize("writings", ["stay", "go"])
async def test_what_somebody_asked_who_left_for_good_waits_for_nobody(house, nora, cluster, writings):
    request = told(await ask(cluster.cara, cluster), 201)
    told(await leave(house, cluster.cara, cluster.addresses["cara"], writings), 202)
    known = told(await show(nora, request))
    assert (known["due_at"], bool(known["settled_at"]), known["name"]) == (None, True, "")
    assert (known["about"] == "") == (writings == "go")
    titles = {one["title"] for one in await notices_of(nora, request)}
    assert (titles == {""}) == (writings == "go")


async def notices_of(asker, request):
    rows = told(await asker.clusters.get("/v1/notices"))["items"]
    return [{"title": one["params"]["title"]} for one in rows if one["path"] == f"/help/{request['id']}"]


async def test_leaving_for_good_while_it_is_answered_holds_nobody_up(house, nora, cluster):
    request = told(await ask(cluster.cara, cluster), 201)
    body = {"writings": "go", "session": await by_link(house, cluster.addresses["cara"])}
    answers = [answer(asker, request, f"Number {number}.") for number in range(4) for asker in (nora, cluster.ben)]
    done = await asyncio.gather(*answers, cluster.cara.clusters.post("/v1/me/erasure", json=body))
    assert {one.status_code for one in done} <= {201, 202}, [one.text for one in done]

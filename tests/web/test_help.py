"""Asking for help in the browser: whom it reaches and until when stands before it is sent, who reads it after."""

import pytest

from tests.people import an_official, told
from tests.web.acts_of_help import ABOUT
from tests.web.browser import errors, form_to


@pytest.fixture
async def nora(house, web):
    return await web.signed_in(await an_official(house, "national_coordinator", "CZ"))


@pytest.fixture
async def cara(web, cluster):
    return await web.signed_in(cluster.cara)


async def asked(browser, cluster, **typed):
    form = form_to(await browser.see(f"/clusters/{cluster.id}/help"), "/help")
    return await browser.submit(form, **{"about": ABOUT, "readers": "coordinators"} | typed)


async def test_a_teacher_asks_an_office_answers_and_it_is_settled(nora, cara, cluster, web):
    page = await cara.see(f"/clusters/{cluster.id}")
    assert page.select_one(f'a[href="/clusters/{cluster.id}/help"]')
    page = await cara.see(f"/clusters/{cluster.id}/help")
    assert "Olga" in page.text
    assert "or it goes to the programme" in page.text
    answer = await asked(cara, cluster, text="Two of twelve came.")
    assert (answer.status, answer.page.select_one("h1").text) == (303, ABOUT)
    at = answer.path
    assert "Waits for an answer" in answer.page.text
    today = await nora.see("/")
    assert today.select('section[aria-labelledby=waiting] a[href^="/help/"]')
    answer = await nora.submit(form_to(await nora.see(at), "/answers"), text="Your county does.")
    assert answer.status == 303
    page = await cara.see(at)
    assert "Your county does." in page.text
    assert [chip.text.strip() for chip in page.select(".note .chip")] == ["National coordinator"]
    assert (await web.signed_in(cluster.dan)) is not None
    answer = await cara.submit(form_to(page, "/answers"), "yes")
    assert (answer.status, "Settled" in answer.page.text) == (303, True)
    assert not answer.page.select('button[name=settled], form[action$="/climb"]')


async def test_thanks_settle_it_and_are_not_another_question(nora, cara, cluster):
    at = (await asked(cara, cluster)).path
    told_by = await nora.submit(form_to(await nora.see(at), "/answers"), text="Your county does.")
    assert told_by.status == 303
    answer = await cara.submit(form_to(await cara.see(at), "/answers"), "yes", text="Thank you!")
    assert "Thank you!" in answer.page.text
    assert "Settled" in answer.page.select_one("header.head").text


async def test_an_answer_settles_it_with_another_button(nora, cara, cluster):
    at = (await asked(cara, cluster)).path
    answer = await nora.submit(form_to(await nora.see(at), "/answers"), "yes", text="Your county does.")
    assert (answer.status, "Settled" in answer.page.text) == (303, True)
    answer = await cara.submit(form_to(await cara.see(at), "/answers"), text="And the second time?")
    assert "Waits for an answer" in answer.page.text


async def test_what_is_missing_is_said_beside_it_and_nothing_is_lost(cara, cluster):
    answer = await asked(cara, cluster, about=" ", text="Two of twelve came.")
    assert (answer.status, set(errors(answer.page))) == (422, {"about"})
    assert answer.page.select_one("#text").text.strip() == "Two of twelve came."


async def test_who_may_not_read_it_does_not_learn_of_it(web, cara, cluster):
    at = (await asked(cara, cluster, readers="nobody")).path
    for person in (cluster.anna, cluster.ben, cluster.dan):
        browser = await web.signed_in(person)
        await browser.see(at, 404)
        assert ABOUT not in (await browser.see(f"/clusters/{cluster.id}/help")).text
    (await cara.see(at)).select_one("h1")


@pytest.mark.parametrize(("days", "wrong"), [("0", True), ("21", True), ("soon", True), ("5", False)])
async def test_an_office_promises_within_how_many_days_it_answers(nora, cara, cluster, days, wrong):
    answer = await nora.submit(form_to(await nora.see("/help"), "/help/promises/CZ"), **{"days-CZ-days": days})
    if wrong:
        assert (answer.status, set(errors(answer.page))) == (422, {"days-CZ-days"})
        assert answer.page.select_one("#days-CZ-days")["value"] == days
    else:
        assert (answer.status, "It is promised" in answer.page.text) == (303, True)
    await cara.see("/help", 403)


async def test_a_closed_cluster_is_read_and_nothing_is_asked(house, web, nora, cara, cluster):
    at = (await asked(cara, cluster)).path
    demo = await house.as_service("demo")
    told(await demo.clusters.put(f"/v1/clusters/{cluster.id}/closure", json={"word": ""}))
    await web.hear()
    page = await cara.see(at)
    assert (page.select("main form"), "Its cluster is closed" in page.text) == ([], True)
    page = await cara.see(f"/clusters/{cluster.id}/help")
    assert (page.select("main form"), ABOUT in page.text) == ([], True)

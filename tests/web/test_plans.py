"""The plan of a year in the browser: written part by part, handed in, answered; who write at once see both."""

import pytest

from tests.clusters.year import planning
from tests.people import a_cluster, an_official, told
from tests.web.acts_of_plans import GOAL
from tests.web.browser import errors, fields_of, form_to


@pytest.fixture
async def nora(house, web):
    return await web.signed_in(await an_official(house, "national_coordinator", "CZ"))


@pytest.fixture
async def anna(web, cluster):
    return await web.signed_in(cluster.anna)


async def begin(browser, cluster, **typed):
    page = await browser.see(f"/clusters/{cluster.id}/plan")
    return (await browser.submit(form_to(page, "/plans"), **typed)).path


async def write(browser, plan, kind, **typed):
    page = await browser.see(f"{plan}/parts/new?kind={kind}")
    return await browser.submit(form_to(page, "/parts"), **typed)


async def test_it_begins_with_a_usual_year_and_once(anna, cluster):
    page = await anna.see(f"/clusters/{cluster.id}")
    assert page.select_one(f'a[href="/clusters/{cluster.id}/plan"]')
    at = await begin(anna, cluster)
    page = await anna.see(at)
    assert (
        len(page.select("table.fold tbody tr")),
        len(page.select_one("section[aria-labelledby=milestones] > .list").select("li")),
    ) == (6, 3)
    assert page.select_one("svg.pic rect.edge")
    sent = await anna.arrive(await anna.http.get(f"/clusters/{cluster.id}/plan"))
    assert (sent.status, sent.path) == (303, at)


async def test_a_new_year_is_one_press_on_today(web, anna, cluster, monkeypatch):
    year = planning.YEAR
    monkeypatch.setattr("services.clusters.me.queries.year_to_begin", lambda day: year)
    assert not (await anna.see("/")).select("form[action$='/plans']")
    plan = told(await planning.begin(cluster.anna, cluster, year - 1))
    told(await planning.add(cluster.anna, plan), 201)
    await web.hear()
    form = form_to(await anna.see("/"), "/plans")
    assert f"{year}/{(year + 1) % 100}" in form.text
    begun = await anna.submit(form)
    assert (begun.status, begun.page.select_one(".flash") is not None) == (303, True)
    assert planning.GOAL["title"] in begun.page.text
    await web.hear()
    assert not (await anna.see("/")).select("form[action$='/plans']")


async def test_what_it_wants_stands_on_the_page_of_the_cluster(anna, cluster):
    await write(anna, await begin(anna, cluster, begins_from="nothing"), "goal", title=GOAL)
    page = await anna.see(f"/clusters/{cluster.id}")
    assert GOAL in page.select_one("section[aria-labelledby=aims]").text
    assert not page.select(f'a[href="/clusters/{cluster.id}/aims"]')


async def test_each_kind_asks_for_what_it_needs(anna, cluster):
    at = await begin(anna, cluster, begins_from="nothing")
    answer = await write(anna, at, "activity", title="Visits", text="In pairs.", begins="2027-01-10", ends="2027-01-01")
    assert (answer.status, set(errors(answer.page))) == (422, {"section", "ends"})
    assert fields_of(form_to(answer.page, "/parts"))["text"].strip() == "In pairs."
    answer = await write(anna, at, "milestone", title="Half of the way", ends="2031-01-01")
    assert (answer.status, set(errors(answer.page))) == (422, {"ends"})
    answer = await write(anna, at, "priority", title=" ")
    assert (answer.status, set(errors(answer.page))) == (422, {"title"})
    await anna.see(f"{at}/parts/new?kind=nothing", 404)


async def test_the_school_that_leads_least_is_proposed(anna, cluster):
    at = await begin(anna, cluster, begins_from="nothing")
    first = fields_of(form_to(await anna.see(f"{at}/parts/new?kind=milestone"), "/parts"))["school_id"]
    assert first == cluster.mentor
    await write(anna, at, "milestone", title="Half of the way", ends="2027-02-01")
    second = fields_of(form_to(await anna.see(f"{at}/parts/new?kind=milestone"), "/parts"))["school_id"]
    assert second == cluster.mentee


async def test_two_who_write_one_part_see_both(web, anna, cluster):
    at = await begin(anna, cluster, begins_from="nothing")
    page = (await write(anna, at, "goal", title=GOAL)).page
    part = page.select_one(".goal a")["href"]
    ben = await web.signed_in(cluster.ben)
    hers, his = form_to(await anna.see(part), part), form_to(await ben.see(part), part)
    assert (await ben.submit(his, text="We count.")).status == 303
    answer = await anna.submit(hers, text="We ask.")
    assert answer.status == 412
    assert "We count." in answer.page.select_one("section[aria-labelledby=theirs]").text
    assert "Ben" in answer.page.select_one("section[aria-labelledby=theirs]").text
    answer = await anna.submit(form_to(answer.page, part))
    assert (answer.status, "We ask." in answer.page.text) == (303, True)


async def test_it_is_handed_in_sent_back_and_approved(nora, anna, cluster):
    at = await begin(anna, cluster)
    answer = await anna.submit(form_to(await anna.see(at), "/handing-in"))
    assert answer.page.select("header.head .chip.warn")
    assert (await nora.see("/")).select('section[aria-labelledby=waiting] a[href^="/plans/"]')
    page = await nora.see(at)
    answer = await nora.submit(form_to(page, "/answers"), approved="no", word=" ")
    assert (answer.status, set(errors(answer.page))) == (422, {"word"})
    answer = await nora.submit(form_to(answer.page, "/answers"), approved="no", word="Name who goes.")
    assert answer.status == 303
    page = await anna.see(at)
    assert "Name who goes." in page.select_one(".changed").text
    await write(anna, at, "goal", title=GOAL)
    page = await anna.see(at)
    assert GOAL in page.select_one(".changed ul").text
    await anna.submit(form_to(page, "/handing-in"))
    page = await nora.see(at)
    await write(anna, at, "priority", title="Lessons")
    answer = await nora.submit(form_to(page, "/answers"), approved="yes")
    assert (answer.status, "Lessons" in answer.page.text) == (412, True)
    answer = await nora.submit(form_to(answer.page, "/answers"), approved="yes")
    assert (answer.status, "Approved" in answer.page.select_one("header.head").text) == (303, True)
    edition = (await anna.see(at)).select_one('a[href$="/editions/1"]')
    assert GOAL not in (await anna.see(edition["href"])).text
    await anna.see(f"{at}/editions/99", 404)


async def test_everybody_writes_in_a_bottom_up_cluster_and_nobody_approves(house, web, nora):
    cluster = await a_cluster(house, approach="bottom_up")
    cara = await web.signed_in(cluster.cara)
    at = await begin(cara, cluster)
    page = (await write(cara, at, "goal", title=GOAL)).page
    assert not page.select('form[action$="/handing-in"], form[action$="/answers"]')
    assert not (await nora.see(at)).select('form[action$="/answers"]')


async def test_who_only_reads_finds_no_forms(web, anna, cluster):
    at = await begin(anna, cluster)
    cara = await web.signed_in(cluster.cara)
    page = await cara.see(at)
    assert not page.select('main form, main a[href*="/parts/"]')
    await cara.see(f"{at}/parts/new?kind=goal", 403)


async def test_without_one_it_is_said_who_begins_it(web, cluster):
    cara = await web.signed_in(cluster.cara)
    page = await cara.see(f"/clusters/{cluster.id}/plan")
    assert not page.select("main form")
    assert "This cluster has no plan yet." in page.text

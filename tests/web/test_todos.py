"""What clusters are asked to do, in the browser: by an office for all or some, ticked by each, late ones reminded."""

import pytest

from tests.people import a_cluster, an_official
from tests.web.acts_of_todos import PATH, asked
from tests.web.browser import errors, fields_of, form_to


@pytest.fixture
async def nora(house, web):
    return await web.signed_in(await an_official(house, "national_coordinator", "CZ"))


@pytest.fixture
async def ben(web, cluster):
    return await web.signed_in(cluster.ben)


def at_of(page, cluster):
    return next(link["href"] for link in page.select(".list a") if cluster.id in link.text)


async def test_it_is_set_seen_in_the_plan_ticked_and_counted(house, web, nora, ben, cluster):
    await a_cluster(house)  # whose only cluster it is sees its page at once
    page = await nora.see("/clusters")
    assert page.select('a[href="/todos"]')
    answer = await nora.arrive(await nora.http.get("/todos"))
    assert answer.path == PATH
    page = (await asked(nora, cluster, text="All of them.", cluster_ids=[cluster.id])).page
    at = at_of(page, cluster)
    today = await ben.see("/")
    assert today.select(f'section[aria-labelledby=waiting] a[href="/clusters/{cluster.id}/todos"]')
    plan = (await ben.submit(form_to(await ben.see(f"/clusters/{cluster.id}/plan"), "/plans"))).page
    assert cluster.id in plan.select_one("section[aria-labelledby=milestones]").text
    forms = plan.select(f'form[action^="/clusters/{cluster.id}/todos"]')
    form = next(form for form in forms if cluster.id in form.text)
    answer = await ben.submit(form, "yes")
    assert (answer.status, answer.path) == (303, f"/clusters/{cluster.id}/todos")
    assert "done, ticked by" in answer.page.text
    assert "Ben Hill" in (await nora.see(at)).text
    waiting = (await ben.see("/")).select("section[aria-labelledby=waiting] a")
    assert not [link for link in waiting if cluster.id in link.text]


async def test_on_today_it_is_ticked_in_one_press(nora, ben, cluster):
    await asked(nora, cluster)
    waiting = (await ben.see("/")).select("section[aria-labelledby=waiting] li")
    (mine,) = [line for line in waiting if cluster.id in line.text]
    answer = await ben.submit(form_to(mine, "/tick"))
    assert (answer.status, answer.path, len(answer.page.select(".flash"))) == (303, "/", 1)
    assert cluster.id not in answer.page.select_one("section[aria-labelledby=waiting]").text


async def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(nora, cluster):
    answer = await asked(nora, cluster, days=-1, text="All of them.")
    assert (answer.status, set(errors(answer.page))) == (422, {"due"})
    assert fields_of(form_to(answer.page, PATH))["text"].strip() == "All of them."
    await asked(nora, cluster)
    answer = await asked(nora, cluster)
    assert (answer.status, bool(answer.page.select(".alert"))) == (409, True)


async def test_only_some_are_chosen_and_stay_chosen_in_the_form(house, nora, ben, cluster):
    other = await a_cluster(house)
    page = (await asked(nora, cluster, cluster_ids=[other.id])).page
    at = at_of(page, cluster)
    form = form_to(await nora.see(f"{at}/edit"), "/edit")
    assert [box["value"] for box in form.select("input[name=cluster_ids][checked]")] == [other.id]
    assert cluster.id not in (await ben.see(f"/clusters/{cluster.id}/todos")).select_one(".card").text


async def test_two_offices_that_change_it_see_both(house, web, nora, cluster):
    at = at_of((await asked(nora, cluster)).page, cluster)
    other = await web.signed_in(await an_official(house, "national_coordinator", "CZ"))
    hers, his = form_to(await nora.see(f"{at}/edit"), "/edit"), form_to(await other.see(f"{at}/edit"), "/edit")
    assert (await other.submit(his, text="Only yours.")).status == 303
    answer = await nora.submit(hers, text="All of them.")
    theirs = answer.page.select_one("section[aria-labelledby=theirs]")
    assert (answer.status, "Only yours." in theirs.text) == (412, True)
    assert (await nora.submit(form_to(answer.page, "/edit"))).status == 303


async def test_who_only_reads_finds_no_form(web, nora, cluster):
    await asked(nora, cluster)
    cara = await web.signed_in(cluster.cara)
    page = await cara.see(f"/clusters/{cluster.id}/todos")
    assert cluster.id in page.text
    assert not page.select("main form")
    await cara.see(PATH, 403)
    await cara.see("/todos", 403)


async def test_the_deadlines_go_into_a_calendar(nora, ben, cluster, web):
    await asked(nora, cluster)
    answer = await ben.submit(form_to(await ben.see("/profile/calendar"), "/profile/calendar"))
    address = answer.page.select_one("#address")["value"]
    guest = await web.guest().http.get(address)
    assert (guest.status_code, cluster.id in guest.text) == (200, True)
    assert guest.headers["content-type"].startswith("text/calendar")
    assert (await web.guest().http.get(f"{address}x")).status_code == 404
    answer = await ben.submit(form_to(answer.page, "/end"))
    assert (answer.status, (await web.guest().http.get(address)).status_code) == (303, 404)

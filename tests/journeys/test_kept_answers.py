"""What is kept of a form is given back where it was typed, and never over what the house answers."""

import pytest
from playwright.async_api import expect

INES = "ines.carvalho@ribeira.example"
HERS = "select id from event where organiser_id = $1 and ends_at < now() order by ends_at limit 1"


@pytest.fixture
async def ines(visit):
    visitor = await visit("en")
    await visitor.sign_in_by_password(INES)
    return visitor


@pytest.fixture
async def planning(ines):
    await ines.open("/events/new")
    await ines.fill(title="Reading aloud", day="2021-05-14", **{"from": "14:00"})
    await ines.page.locator("ul.sites [type=checkbox]").first.check()
    return ines


def first_school(visitor):
    return visitor.page.locator("ul.sites [type=checkbox]").first


async def elsewhere(visitor):
    summary = visitor.page.locator("details:has([name=add_site]) > summary")
    if not await visitor.page.locator("[name=add_site]").is_visible():
        await summary.click()


async def test_a_school_that_was_ticked_stays_ticked_when_a_place_is_added(planning):
    await elsewhere(planning)
    await planning.fill(**{"sites-0-name": "Library"})
    school = planning.page.locator("ul.sites li").first.locator("[name$=school_id]")
    before = await school.input_value()
    await planning.send("Add a place")
    await expect(planning.page.locator("[name=sites-2-name]")).to_have_count(1)
    await expect(first_school(planning)).to_be_checked()
    assert await school.input_value() == before


async def test_a_refused_form_comes_back_as_it_was_sent(planning):
    await elsewhere(planning)
    await planning.fill(**{"sites-0-name": "Library", "sites-0-address": "Street 1"})
    await planning.send("Announce it")
    await expect(planning.page.locator("[name=past]")).to_be_visible()
    await expect(first_school(planning)).to_be_checked()
    await expect(planning.page.locator("[name=sites-0-name]")).to_have_value("Library")
    await expect(planning.page.locator("ul.sites :checked")).to_have_count(1)
    await planning.open("/events/new")
    await expect(first_school(planning)).to_be_checked()
    await expect(planning.page.locator("ul.sites :checked")).to_have_count(1)


async def test_what_was_typed_for_one_cluster_is_not_announced_in_another(planning):
    cluster = planning.page.locator("form [name=cluster_id]")
    here = await cluster.input_value()
    await planning.page.evaluate("document.querySelector('form [name=cluster_id]').value = crypto.randomUUID()")
    await planning.page.locator("[name=title]").fill("Elsewhere")
    await planning.page.reload()
    await expect(planning.page.locator("[name=title]")).not_to_have_value("Elsewhere")
    await expect(cluster).to_have_value(here)


async def test_two_people_who_mark_who_came_both_get_it_saved(ines, visit, home):
    person = (await home.rows("clusters", "select person_id from address where mail = $1", INES))[0][0]
    path = f"/events/{(await home.rows('events', HERS, person))[0]['id']}/attendance"
    other = await visit("en")
    await other.sign_in_by_password(INES)
    changed = {}
    for visitor, n in ((ines, 0), (other, 1)):
        await visitor.open(path)
        tick = visitor.page.locator("[name=came]").nth(n)
        changed[await tick.input_value()] = not await tick.is_checked()
        await tick.click()
    await other.send("Save who came")
    await expect(other.page.locator(".flash")).to_be_visible()
    await ines.send("Save who came")
    for value, is_there in changed.items():
        await expect(ines.page.locator(f"[name=came][value='{value}']")).to_be_checked(checked=is_there)
    await ines.send("Save who came")
    await expect(ines.page.locator(".flash")).to_be_visible()

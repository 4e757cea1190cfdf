"""By keyboard alone: what was done is said where one looks, and the focus is there."""

import pytest
from playwright.async_api import expect

from tests.journeys.test_accessibility import INES

READ = """
select entry.id from entry join publication on publication.entry_id = entry.id and publication.retracted_at is null
where entry.author_id = $1 limit 1
"""


@pytest.fixture
async def ines(visit):
    visitor = await visit("en")
    await visitor.sign_in_by_password(INES)
    return visitor


async def hers(home, service, statement):
    person = (await home.rows("clusters", "select person_id from address where mail = $1", INES))[0][0]
    return await home.rows(service, statement, person)


async def press(visitor, button):
    await button.focus()
    await visitor.page.keyboard.press("Enter")


async def is_said(visitor, within="main"):
    """Exactly one thing is said, on the screen, and the keyboard goes on from there."""
    flash = visitor.page.locator(f"{within} .flash")
    await expect(flash).to_be_focused()
    await expect(flash).to_be_in_viewport()
    await expect(visitor.page.locator(".flash")).to_have_count(1)
    await visitor.page.keyboard.press("Tab")
    assert await visitor.page.evaluate("!!document.activeElement.closest('main, .rail')")


async def test_what_was_done_on_a_page_has_the_focus_on_the_next(ines):
    await ines.open("/profile")
    await press(ines, ines.page.locator("form[action='/profile'] button"))
    await is_said(ines)
    assert await ines.page.locator("h1").count() == 1
    await ines.page.reload()
    await expect(ines.page.locator("h1")).to_be_visible()
    await expect(ines.page.locator(".flash")).to_have_count(0)


async def test_what_was_done_in_a_block_has_the_focus_in_it(ines):
    await ines.open("/events/new")
    await ines.fill(title="By keyboard", day="2030-05-14", link="https://a.example/", **{"from": "14:00"})
    await press(ines, ines.button("Announce it"))
    await is_said(ines)
    for act in ("Come online", "I can’t come", "Take my place again"):
        await press(ines, ines.button(act).first)
        await is_said(ines, "#registration")


async def test_the_last_thing_that_was_done_is_said_alone(home, ines):
    entry = (await hers(home, "diaries", READ))[0]["id"]
    await ines.open(f"/entries/{entry}/edit")
    await press(ines, ines.page.locator("form.card .button").first)
    await is_said(ines, "#status")
    await ines.page.locator("form[action$='/comments'] textarea").fill("Said once.")
    await press(ines, ines.page.locator("form[action$='/comments'] .button"))
    await is_said(ines, "#conversation")


async def test_news_of_others_do_not_take_the_focus_away(home, ines, visit):
    entry = (await hers(home, "diaries", READ))[0]["id"]
    await ines.open(f"/entries/{entry}")
    link = ines.page.locator("#conversation form[action$='/comments'] button")
    await link.focus()
    other = await visit("en")
    await other.sign_in_by_password(INES)
    await other.open(f"/entries/{entry}")
    await other.page.locator("form[action$='/comments'] textarea").fill("From elsewhere.")
    await other.press("Post")
    await is_said(other, "#conversation")
    await ines.page.wait_for_timeout(1_500)
    await expect(link).to_be_focused()
    await ines.page.keyboard.press("Shift+Tab")
    await ines.page.locator("h1").click()
    await expect(ines.page.locator("article.note", has_text="From elsewhere.").first).to_be_visible()

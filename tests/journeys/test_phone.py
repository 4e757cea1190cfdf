"""On a phone every page fits, whatever people write: nothing is out of reach, nothing is covered."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from look.browser import open_page
from look.pages import GUEST, OFFICES, PAGES
from tests.journeys.test_accessibility import HANNAH, INES, LAID_OUT, things

WIDTHS = (320, 360, 390)
SCROLLBAR = 15
ACROSS = "signs => signs.map(sign => sign.getBoundingClientRect().width)"
TIGHT = (Path(__file__).parent / "tight.js").read_text()


async def fit(visitor, pages, known):
    for page in pages:
        if page.is_known(known):
            await visitor.page.set_viewport_size({"width": WIDTHS[0], "height": 640})
            answer = await open_page(visitor.page, page, known)
            assert answer.status < 500, page.name
            await shown_fits(visitor, page.name)


async def shown_fits(visitor, name):
    await visitor.page.evaluate(TIGHT + "; fill();")
    for width in WIDTHS:
        await visitor.page.set_viewport_size({"width": width, "height": 640})
        await visitor.page.evaluate(LAID_OUT)
        assert await visitor.page.evaluate("complaints()") == [], f"{name} in {visitor.language} at {width}"


@pytest.mark.proof
@pytest.mark.parametrize("language", ["en", "cs", "ar", "he", "hu"])
async def test_every_page_fits(home, visit, language):
    guest, ines, known = await visit(language), await visit(language), await things(home)
    await fit(guest, [page for page in PAGES if page.role == GUEST], known)
    await ines.sign_in_by_password(INES)
    await fit(ines, [page for page in PAGES if page.role not in (GUEST, *OFFICES)], known)


@pytest.mark.proof
async def test_pages_of_the_programme_fit(home, visit):
    hannah = await visit()
    await hannah.sign_in_by_link(HANNAH)
    await fit(hannah, [page for page in PAGES if page.role in OFFICES], await things(home))


async def test_a_table_in_an_entry_scrolls_by_itself(visit):
    ines = await visit("en", width=320)
    await ines.sign_in_by_password(INES)
    await ines.open("/entries/new")
    row = "|" + "|".join(f" Arbeitsgemeinschaft{number} " for number in range(9)) + "|"
    await ines.fill(title="W" * 80, text=f"{row}\n{'|---' * 9}|\n{row}\n\n`{'x' * 90}`\n\nhttps://a.example/{'y' * 90}")
    await ines.send("Save the draft")
    await expect(ines.page.locator(".reading .wide-table[tabindex='0'] table")).to_be_visible()
    await shown_fits(ines, "an entry with a table")


async def test_a_finger_finds_each_sign_of_a_map(home, visit):
    ines, known = await visit("en", width=WIDTHS[0] - SCROLLBAR), await things(home)
    await ines.sign_in_by_password(INES)
    await ines.open(f"/clusters/{known['cluster']}")
    sizes = await ines.page.locator("svg.map .touch").evaluate_all(ACROSS)
    assert sizes
    assert min(sizes) >= 24


async def test_a_phone_has_a_way_to_oneself_and_out(visit):
    for javascript in (True, False):
        ines = await visit("en", width=360, height=640, javascript=javascript)
        await ines.sign_in_by_password(INES)
        await ines.page.locator(".strip .me").click()
        await expect(ines.page.locator("h1")).to_have_text("About me")
        await expect(ines.page.locator("main [name=language]")).to_be_visible()
        await ines.send("Sign out", ines.page.locator("main"))
        await expect(ines.page.locator(".flash")).to_be_visible()

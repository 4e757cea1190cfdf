"""Every page under axe, in every combination of two directions, light and dark, desk and phone; and by keyboard."""

from itertools import product
from pathlib import Path

import pytest
from playwright.async_api import expect

from look.browser import open_page
from look.pages import GUEST, OFFICES, PAGES
from look.scene import find

AXE = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text()
# axe takes joined Arabic letters for an icon font, by their pixels, and passes over their contrast.
LETTERS = "CanvasRenderingContext2D.prototype.getImageData = () => ({ data: new Uint8Array(4).fill(1) });"
RUN = """
async () => (await axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
})).violations.map(found => `${found.id}: ${found.nodes.map(node => node.html.slice(0, 200)).slice(0, 3).join(" | ")}`)
"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TALL = "Math.max(innerHeight, document.documentElement.scrollHeight)"
INES, HANNAH = "ines.carvalho@ribeira.example", "hannah.lindqvist@programme.example"
SCREENS = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
LOOKS = list(product(SCREENS, ("light", "dark")))
LAID_OUT = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="session", params=["en", "ar"], ids=["English", "Arabic"])
def language(request):
    return request.param


async def things(home):
    """Ids of what Inês made: she sees all pages but those of offices."""
    return await find(home.rows, INES, INES)


async def check(visitor, pages, known):
    """All of these pages; those of things that nobody made are left out."""
    for page in pages:
        if page.is_known(known):
            answer = await open_page(visitor.page, page, known)
            assert answer.status == page.status, (page.name, answer.status)
            await check_shown(visitor, page.name)


async def check_shown(visitor, name):
    await visitor.page.evaluate(LETTERS + AXE)
    for screen, colours in LOOKS:
        await look(visitor.page, screen, colours)
        where = f"{name}, {screen}, {colours}"
        assert await visitor.page.evaluate(RUN) == [], where
        assert await visitor.page.evaluate(WIDER) <= 0, f"{where} is wider than the screen"
    assert await visitor.page.locator("html").get_attribute("lang") == visitor.language, name
    assert visitor.failures == [], name


async def look(page, screen, colours):
    await page.set_viewport_size(SCREENS[screen])
    await page.emulate_media(color_scheme=colours)
    await page.evaluate(LAID_OUT)
    # axe takes what a bar that sticks covers just now for too small: on a screen as tall as the page it covers nothing.
    await page.set_viewport_size(SCREENS[screen] | {"height": await page.evaluate(TALL)})
    await page.evaluate(LAID_OUT)


@pytest.mark.proof
async def test_pages_of_guests(home, visit, language):
    guest = await visit(language)
    await check(guest, [page for page in PAGES if page.role == GUEST], await things(home))
    await guest.open("/sign-in")
    await guest.fill(mail="somebody@school.example")
    await guest.page.locator("summary").click()
    await guest.fill(password="wrong")
    await guest.send("Sign in with the password")
    await check_shown(guest, "a wrong password")


@pytest.mark.proof
async def test_pages_of_people(home, visit, language):
    ines = await visit(language)
    await ines.sign_in_by_password(INES)
    await check(ines, [page for page in PAGES if page.role not in (GUEST, *OFFICES)], await things(home))


@pytest.mark.proof
async def test_pages_of_the_programme(home, visit, language):
    hannah = await visit()
    await hannah.sign_in_by_link(HANNAH)
    await choose_language(hannah, language)
    await check(hannah, [page for page in PAGES if page.role in OFFICES], await things(home))


async def choose_language(visitor, language):
    await visitor.open("/profile")
    form = visitor.page.locator("form[action='/profile']")
    await form.locator("[name=language]").select_option(language)
    await form.get_by_role("button").click()
    await expect(visitor.page.locator(".flash")).to_be_visible()
    await expect(visitor.page.locator("html")).to_have_attribute("lang", language)
    visitor.language = language


async def test_by_keyboard(visit):
    ines = await visit("en")
    await ines.sign_in_by_password(INES)
    for path, first in (
        ("/", "a.button"),
        ("/events", "a[href='/events/new']"),
        ("/entries", "a[href='/entries/new']"),
    ):
        await ines.open(path)
        await ines.page.keyboard.press("Tab")
        skip = ines.page.locator("a.skip")
        await expect(skip).to_be_focused()
        await expect(skip).to_be_in_viewport()
        await ines.page.keyboard.press("Enter")
        for _ in range(6):
            await ines.page.keyboard.press("Tab")
            if await ines.page.locator(f"main {first}").first.evaluate("e => e === document.activeElement"):
                break
        focused = ines.page.locator(f"main {first}").first
        await expect(focused).to_be_focused()
        outline = await focused.evaluate("e => getComputedStyle(e).outlineStyle + getComputedStyle(e).boxShadow")
        assert outline != "nonenone", path


async def test_a_wrong_field_has_the_focus(visit):
    ines = await visit("en")
    await ines.sign_in_by_password(INES)
    await ines.open("/events/new")
    await ines.fill(title="Late", day="2020-05-14", link="https://a.example/", **{"from": "14:00"})
    await ines.send("Announce it")
    await expect(ines.page.locator("[name=past]")).to_be_focused()

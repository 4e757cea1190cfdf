"""The browser of journeys and pictures, and the way to a page."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import playwright.async_api as playwright

from look.pages import Page

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--lang=en"),
]
FOLDED = "document.querySelectorAll('form.card details').forEach(part => part.open = true)"
# While one page turns into the next, a click would hit neither.
TURNED = """
new Promise(requestAnimationFrame)
  .then(() => Promise.allSettled(document.getAnimations().map(one => one.finished))).then(() => true)
"""
SEND = "form.card button:not(.plain, .link)"


@asynccontextmanager
async def open_chromium() -> AsyncIterator[playwright.Browser]:
    async with playwright.async_playwright() as started:
        browser = await started.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


async def open_page(tab: playwright.Page, page: Page, known: Mapping[str, str]) -> playwright.Response:
    """Go there, and send what is typed; what the path answered."""
    answer = await tab.goto(page.at(known))
    assert answer
    if page.typed:
        await tab.evaluate(FOLDED)
        for name, value in page.typed.items():
            await tab.locator(f'form.card [name="{name}"]').fill(value)
        await tab.locator(SEND).click()
        await tab.locator(page.shows).first.wait_for()
        await tab.evaluate(TURNED)
    return answer

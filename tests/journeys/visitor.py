"""Somebody in front of a browser, who reads the pages in their language."""

import asyncio
import gettext
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any
from urllib.parse import urlencode

import icalendar
from playwright.async_api import Locator, Page, expect

from tests.journeys.home import Home
from web.languages import LOCALES

PATIENCE = 15.0


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", LOCALES, [language], fallback=True)


class Visitor:
    """`presses` and `typed` count what they did with buttons, links and fields."""

    def __init__(self, home: Home, page: Page, language: str) -> None:
        self.home, self.page, self.language = home, page, language
        self.presses = self.typed = 0
        self.failures: list[str] = []
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.failures.append(str(error)))

    def _listen(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.failures.append(message.text)

    def say(self, message: str, **named: object) -> str:
        """A text of the pages, as this reader sees it."""
        return catalogue(self.language).gettext(message) % named if named else catalogue(self.language).gettext(message)

    async def open(self, path: str) -> None:
        await self.page.goto(path)

    def button(self, message: str, within: Locator | None = None) -> Locator:
        name = re.compile("^" + re.escape(self.say(message)))
        return (within or self.page).get_by_role("button", name=name)

    async def press(self, message: str, within: Locator | None = None) -> None:
        """A button that changes something on this page."""
        await self.button(message, within).first.click()
        self.presses += 1

    async def send(self, message: str, within: Locator | None = None) -> None:
        """Press a button that leads to another page, and be there."""
        async with self.moving_on():
            await self.press(message, within)

    async def follow(self, message: str, within: Locator | None = None) -> None:
        """A link, and be where it leads."""
        name = re.compile("^" + re.escape(self.say(message)))
        async with self.moving_on():
            await (within or self.page).get_by_role("link", name=name).first.click()
        self.presses += 1

    @asynccontextmanager
    async def moving_on(self) -> AsyncIterator[None]:
        """Until the page is there to which leads what is done here: what is opened or reloaded before would stop it."""
        async with self.page.expect_navigation():
            yield

    async def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            await self.page.locator(f'[name="{name.replace("__", "-")}"]').fill(value)
            self.typed += 1

    async def sees(self, text: str | re.Pattern[str]) -> None:
        await expect(self.page.locator("main")).to_contain_text(text)

    async def sign_in_by_password(self, mail: str) -> None:
        await self.open("/sign-in")
        await self.fill(mail=mail)
        await self.page.locator("summary").click()
        await self.fill(password=self.home.password)
        await self.send("Sign in with the password")
        await expect(self.page.locator("nav.rail")).to_be_visible()

    async def sign_in_by_link(self, mail: str) -> None:
        """Ask for a link, find it in the mailbox page, come in."""
        known = await self.newest_sign_in_link(mail)
        await self.open("/sign-in")
        await self.fill(mail=mail)
        await self.send("Mail me a link")
        await self.follow("Open the mailbox")
        link = await self.next_link(mail, known)
        await self.page.get_by_role("link", name=link, exact=True).click()
        await self.send("Come in")
        await expect(self.page.locator("nav.rail")).to_be_visible()

    async def next_link(self, mail: str, known: str | None = None) -> str:
        """The way in that comes after the one that is known; the page shows its letter."""
        end = time.monotonic() + PATIENCE
        while not (link := await self.newest_sign_in_link(mail)) or link == known:
            assert time.monotonic() < end, f"no link to {mail}"
            await asyncio.sleep(0.3)
        return link

    async def mails(self, mail: str) -> list[Locator]:
        """The last letters to this address, newest first."""
        await self.open("/mailbox?" + urlencode({"mail": mail}))
        return await self.page.locator("article").all()

    async def newest_sign_in_link(self, mail: str) -> str | None:
        await self.mails(mail)
        links = await self.page.locator('.letter a[href*="/sign-in/link?"]').all()
        return await links[0].get_attribute("href") if links else None

    async def calendar_mails(self, mail: str, title: str, number: int) -> list[tuple[str, Any]]:
        """(language, event of the calendar file) of the letters about this title, newest first."""
        end = time.monotonic() + PATIENCE
        while True:
            found = []
            for letter in await self.mails(mail):
                file = letter.locator("pre")
                if await file.count() and title in await letter.inner_text():
                    event = icalendar.Calendar.from_ical(await file.text_content() or "").walk("VEVENT")[0]
                    found.append((await letter.locator("h2").get_attribute("lang") or "", event))
            if len(found) >= number:
                return found
            assert time.monotonic() < end, f"{len(found)} mails with a calendar to {mail}, not {number}"
            await asyncio.sleep(0.3)

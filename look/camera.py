"""Takes the pictures: several browsers at once, each with one reader at a time."""

import asyncio
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Error, Page, Response, StorageState

from look.browser import open_page
from look.pages import GUEST
from look.people import WHO
from look.plan import SCREENS, Picture, sittings

AT_ONCE = 4
PATIENCE = 15_000
LONGEST = 160
# When it is drawn: how much wider than the screen it is, and the language that it speaks.
DRAWN = """
async () => {
  const drawn = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  await document.fonts.ready;
  await drawn();
  const seen = [...document.images].filter(image => image.checkVisibility());
  await Promise.all(seen.map(image => image.decode().catch(() => {})));
  await drawn();
  const root = document.documentElement;
  return [root.scrollWidth - root.clientWidth, root.lang];
}
"""
TALL = "Math.max(innerHeight, document.documentElement.scrollHeight)"
COLOURS: dict[str, Literal["light", "dark"]] = {"light": "light", "dark": "dark"}


class Camera:
    def __init__(self, browser: Browser, url: str, known: Mapping[str, str], folder: Path) -> None:
        self.browser, self.url, self.known, self.folder = browser, url, known, folder
        self.signed_in: dict[str, StorageState] = {}

    async def sign_in(self, roles: set[str], password: str) -> None:
        for role in roles - {GUEST}:
            context = await self.browser.new_context(base_url=self.url)
            form: dict[str, str | float | bool] = {"mail": WHO[role], "password": password, "to": "/"}
            answer = await context.request.post("/sign-in", form=form)
            assert answer.ok, f"{WHO[role]} cannot sign in: {answer.status}"
            self.signed_in[role] = await context.storage_state()
            await context.close()

    async def take(self, pictures: list[Picture]) -> None:
        """All of them, each into its file; what cannot be taken says why."""
        waiting = sorted(sittings(pictures), key=len)

        async def work() -> None:
            while waiting:
                await self._sit(waiting.pop())

        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(work())

    async def _sit(self, pictures: list[Picture]) -> None:
        first = pictures[0]
        context = await self.browser.new_context(
            base_url=self.url,
            locale=first.language,
            reduced_motion="reduce",
            storage_state=self.signed_in.get(first.role),
        )
        context.set_default_timeout(PATIENCE)
        for page, some in groupby(pictures, key=lambda picture: picture.page):
            await self._take_page(context, page.at(self.known), list(some))
        await context.close()

    async def _take_page(self, context: BrowserContext, path: str, pictures: list[Picture]) -> None:
        tab = await context.new_page()
        heard: list[str] = []
        tab.on("console", lambda said: heard.append(said.text[:LONGEST]) if said.type == "error" else None)
        tab.on("pageerror", lambda error: heard.append(str(error)))
        tab.on("response", lambda answer: heard.append(_refused(answer)) if _is_part_refused(answer) else None)
        try:
            answer = await open_page(tab, pictures[0].page, self.known)
            why_not = _why_not(answer, tab.url.removeprefix(self.url), path, pictures[0])
            for picture in pictures:
                if why_not:
                    self._leave_out(picture, why_not)
                else:
                    await self._shoot(tab, picture)
                    picture.wrong += [words for words in heard if "Failed to load resource" not in words]
        except (Error, OSError) as error:
            for picture in pictures:
                picture.wrong.append(f"no picture: {str(error).splitlines()[0]}")
        await tab.close()

    async def _shoot(self, tab: Page, picture: Picture) -> None:
        width, height = SCREENS[picture.screen]
        await tab.emulate_media(color_scheme=COLOURS[picture.colours])
        await tab.set_viewport_size({"width": width, "height": height})
        # A bar that sticks to the screen covers nothing of a page on a screen as tall as the page.
        await tab.set_viewport_size({"width": width, "height": await tab.evaluate(TALL)})
        wider, spoken = await tab.evaluate(DRAWN)
        if wider > 0:
            picture.wrong.append(f"{wider} px wider than the screen")
        if spoken != picture.language:
            picture.wrong.append(f"speaks {spoken}")
        file = self.folder / picture.name
        file.parent.mkdir(parents=True, exist_ok=True)
        await tab.screenshot(path=file, full_page=True, animations="disabled", caret="hide")
        picture.file = picture.name

    def _leave_out(self, picture: Picture, why_not: str) -> None:
        """Nothing is wrong with a page that is not for this role; its main role has to see it."""
        if picture.role == picture.page.role:
            picture.wrong.append(f"no picture: {why_not}")
        else:
            picture.why_not = why_not


def _why_not(answer: Response, shown: str, path: str, picture: Picture) -> str:
    """Why this role does not see the page; empty when it does."""
    if urlsplit(shown).path == "/sign-in" and not path.startswith("/sign-in"):
        return "sign in first"
    if answer.status != picture.page.status:
        return str(answer.status)
    return "" if picture.page.typed or shown == path else f"goes on to {urlsplit(shown).path}"


def _is_part_refused(answer: Response) -> bool:
    return answer.status >= 400 and not answer.request.is_navigation_request()


def _refused(answer: Response) -> str:
    return f"{answer.status} for {urlsplit(answer.url).path}"

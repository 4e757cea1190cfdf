"""Who acts on the pages, and on what."""

from dataclasses import dataclass

from tests.events.making import announce
from tests.web.browser import Answer, Browser, form_to
from tests.web.making import an_entry


@dataclass
class Scene:
    """One cluster, and the browsers of Anna, who coordinates its mentor school, and of Ben."""

    web: object
    cluster: object
    anna: Browser
    ben: Browser
    providers: object

    async def event(self, *seats, **more):
        return await announce(self.cluster.anna, self.cluster, *(seats or (5,)), **more)

    async def entry(self, reach=None, author="anna"):
        return await an_entry(getattr(self.cluster, author), self.cluster, reach)


async def act(browser, path, action, press="", **typed) -> Answer:
    return await browser.submit(form_to(await browser.see(path), action), press, **typed)

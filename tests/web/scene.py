"""Who acts on the pages, and on what."""

from dataclasses import dataclass

from tests.events.making import announce
from tests.pictures import a_picture
from tests.web.browser import Answer, Browser, fields_of, form_to
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


async def sent_file(browser, path, action, content=None, name="picture.jpg") -> Answer:
    """The form with this file, or with a picture, as a browser without JavaScript sends it."""
    form = form_to(await browser.see(path), action)
    assert form["enctype"] == "multipart/form-data"
    file = {"file": (name, a_picture() if content is None else content, "image/jpeg")}
    data = {field: value for field, value in fields_of(form).items() if field != "file"}
    return await browser.arrive(await browser.http.post(str(form["action"]), data=data, files=file))


async def act(browser, path, action, press="", **typed) -> Answer:
    return await browser.submit(form_to(await browser.see(path), action), press, **typed)

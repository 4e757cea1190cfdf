import asyncio
import time

import pytest
import pytest_asyncio

from services.clusters.directory.people.models import Person
from services.clusters.doors.sessions.actions import begin_session
from services.clusters.doors.sessions.models import Door
from tests.house import PUBLIC_URL, SECRETS, URLS
from tests.web.browser import Browser
from web.app import create_app
from web.settings import Settings

UNPLACED = "select 1 from fact where place is null limit 1"


class Web:
    """Web in process, on the services in process."""

    def __init__(self, house, **settings):
        self.house = house
        given = {"public_url": PUBLIC_URL, "secret": SECRETS["web"], "mailbox": True}
        self.settings = Settings(**URLS, **given | settings)
        self.app = create_app(self.settings, house.http)

    @property
    def kept(self):
        return self.app.state.shared

    def guest(self, language="en", **cookies):
        return Browser(self.app, language, **cookies)

    async def signed_in(self, person, language="en"):
        """A browser with a session of this person."""
        return Browser(self.app, language, session=await self.session_of(person))

    async def session_of(self, person):
        async with self.house.database("clusters").transaction() as db:
            return begin_session(db, await db.get_one(Person, person.id), door=Door.password)

    async def hear(self):
        """What happened until now has reached web."""
        before = {service: self.kept.hearing.heard(service) for service in self.kept.hearing.services}
        waiting = [s for s in before if await self.house.rows(s, UNPLACED)]
        await self.house.hear()
        await eventually(lambda: all(self.kept.hearing.heard(s) > before[s] for s in waiting))


async def eventually(condition, timeout=10):
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end, "waited too long"
        await asyncio.sleep(0.01)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def web(house):
    opened = Web(house)
    await house.hear()  # what tests before left without a place keeps everybody waiting
    async with opened.app.router.lifespan_context(opened.app):
        await eventually(lambda: all(opened.kept.hearing.fresh(service) for service in opened.kept.hearing.services))
        yield opened


@pytest.fixture(autouse=True)
def nobody_was_renamed(monkeypatch):
    """Pages of guests are kept at once, whatever tests before have renamed."""
    monkeypatch.setattr("web.kept.guest_pages.HEARD_BY_ALL_WITHIN", 0)


@pytest.fixture
async def anna(web, cluster):
    return await web.signed_in(cluster.anna)


@pytest.fixture
async def ben(web, cluster):
    return await web.signed_in(cluster.ben)

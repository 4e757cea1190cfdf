"""Two of every process on one PostgreSQL: nothing is done twice, nothing is lost, and pages that are kept stay true."""

import asyncio
import copy
import itertools
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
import httpx
import pytest

from demo.asking import ForPerson
from deploy.databases import own_urls
from deploy.processes import SERVICES
from kit.client import ClientCredentials, Http
from kit.db import open_database
from tests.deploy.runner import wait_for
from tests.deploy.test_serve import PASSWORDS, PROCESSES, Deployment
from tests.diaries.writing import comment, published
from tests.events.making import announce, ask, registered, site
from tests.house import URLS, Asker, bearing
from tests.people import a_cluster, a_person, told
from tests.ports import free_ports

pytestmark = pytest.mark.proof

SECRET = "demo0123456789abcdef"
SETTINGS = {"STAFFROOM_MAILBOX": "true", "STAFFROOM_SMTP_URL": ""}
PLACES, TEACHERS, COMMENTS = 10, 14, 7
STALE_FOR = 0.2


class Deployed(Deployment):
    def environment(self, process):
        return super().environment(process) | SETTINGS


class InTurn(httpx.AsyncBaseTransport):
    """Sends the requests to a service to its copies in turn."""

    def __init__(self, *copies):
        self.inside = httpx.AsyncHTTPTransport()
        self.ports = {service: itertools.cycle([copy.ports[service] for copy in copies]) for service in SERVICES}

    async def handle_async_request(self, request):
        there = request.url.copy_with(host="127.0.0.1", port=next(self.ports[request.url.host]))
        request.headers["host"] = there.netloc.decode()
        sent = httpx.Request(request.method, there, headers=request.headers, stream=request.stream)
        return await self.inside.handle_async_request(sent)


@dataclass
class Directly:
    """The database of a service, past its processes."""

    url: str

    @asynccontextmanager
    async def transaction(self):
        async with open_database(self.url, 1) as database, database.transaction() as db:
            yield db


class HouseOfCopies:
    """What tests ask a house for, asked of processes."""

    def __init__(self, *copies):
        self.hosts, self.databases = InTurn(*copies), own_urls(copies[0].superuser, PASSWORDS)
        self.http = Http(transport=self.hosts, timeout=30)

    async def as_service(self, name):
        return Asker(self.hosts, bearing(await ClientCredentials(self.http, URLS["clusters_url"], name, SECRET)()))

    async def as_person(self, person_id):
        token = await ForPerson(self.http, URLS["clusters_url"], "demo", SECRET, person_id)()
        return Asker(self.hosts, bearing(token), person_id)

    def database(self, service):
        return Directly(self.databases[service])

    async def rows(self, service, statement):
        connection = await asyncpg.connect(self.databases[service])
        try:
            return await connection.fetch(statement)
        finally:
            await connection.close()

    async def number(self, service, statement):
        return (await self.rows(service, statement))[0][0]

    async def hear(self):
        """Wait until what clusters has told so far is heard by both its followers."""
        while await self.number("clusters", "select count(*) from fact where place is null"):
            await asyncio.sleep(0.05)
        newest = await self.number("clusters", "select max(place) from fact")
        for follower in ("events", "diaries"):
            while await self.number(follower, "select coalesce(max(place), 0) from cursor") < newest:
                await asyncio.sleep(0.05)

    async def done(self):
        """Wait until no job waits and every fact has its place."""
        waiting = "select (select count(*) from pgqueuer) + (select count(*) from fact where place is null)"
        while any([await self.number(service, waiting) for service in SERVICES]):
            await asyncio.sleep(0.1)


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    first = Deployed(tmp_path_factory.mktemp("copies"))
    try:
        first.make_databases()
        migrated = first.run("migrate", STAFFROOM_DEMO_SECRET=SECRET)
        assert migrated.returncode == 0, migrated.stderr
        with first.serving(*PROCESSES):
            wait_for(lambda: first.all_ready(*PROCESSES), 90)
            second = copy.copy(first)
            second.ports = dict(zip(PROCESSES, free_ports(len(PROCESSES)), strict=True))
            with second.serving(*PROCESSES):
                wait_for(lambda: second.all_ready(*PROCESSES), 90)
                yield first, second
    finally:
        first.postgres.stop()
        first.log.close()


@pytest.fixture
async def in_time():
    async with asyncio.timeout(90):
        yield


async def test_nothing_is_done_twice_and_nothing_is_lost(copies, in_time):
    house = HouseOfCopies(*copies)
    cluster = await a_cluster(house)
    teachers = [await a_person(house, cluster.mentee) for _ in range(TEACHERS)]
    await house.hear()
    askers = [await house.as_person(teacher["person_id"]) for teacher in teachers]
    event = await announce(cluster.anna, cluster, PLACES, online=False)
    entry_id = await published(cluster.cara, cluster)
    answers = await asyncio.gather(
        *[ask(asker, event, site(event)) for asker in askers], *[comment(asker, entry_id) for asker in askers]
    )
    assert {answer.status_code for answer in answers} == {200, 201}
    await house.done()

    people = await registered(cluster.anna, event)
    assert sum(one["placed"] is not None for one in people) == PLACES
    assert sum(one["waits_for"] is not None for one in people) == TEACHERS - PLACES
    positions = sorted(told(answer)["position"] for answer in answers[:TEACHERS] if told(answer)["position"])
    assert positions == list(range(1, TEACHERS - PLACES + 1))
    for service in SERVICES:
        (facts,) = await house.rows(service, "select count(*) as n, min(place), max(place) from fact")
        assert (facts["min"], facts["max"]) == (1, facts["n"])
        assert await house.number(service, "select count(*) from pgqueuer_log where status = 'exception'") == 0
    for table in ("person", "staff", "membership", "cluster"):
        rows = {service: await house.number(service, f"select count(*) from {table}") for service in SERVICES}
        assert len(set(rows.values())) == 1, (table, rows)
    letters = await house.rows("clusters", "select mail, subject from mailbox_mail")
    for teacher in teachers:
        # Of the invitation, of the meeting, and of the place or the turn in the line.
        subjects = [letter["subject"] for letter in letters if letter["mail"] == teacher["mail"]]
        assert len(subjects) == len(set(subjects)) == 3
    assert sum(letter["mail"] == cluster.addresses["cara"] for letter in letters) == 2 + TEACHERS


async def test_a_page_that_one_copy_keeps_changes_when_the_other_is_told(copies, in_time):
    house = HouseOfCopies(*copies)
    cluster = await a_cluster(house)
    entry_id = await published(cluster.cara, cluster, reach="everyone")
    took = []
    async with httpx.AsyncClient(headers={"host": "staffroom.example.org"}) as guest:
        pages = [f"http://127.0.0.1:{each.ports['web']}/entries/{entry_id}" for each in copies]
        for number in range(COMMENTS):
            for page in pages:
                while (await guest.get(page)).status_code != 200:
                    await asyncio.sleep(0.1)
            text = f"Comment number {number}"
            told(await comment(cluster.dan, entry_id, text=text), 201)
            begun = time.monotonic()
            for page in pages:
                while text not in (await guest.get(page)).text:
                    assert time.monotonic() - begun < 20
                    await asyncio.sleep(0.01)
            took.append(time.monotonic() - begun)
    assert sorted(took)[1] < STALE_FOR, took

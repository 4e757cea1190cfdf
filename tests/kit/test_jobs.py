"""Jobs run after the commit, again until they work, and wait where a person can see them when they do not."""

import asyncio
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest

from kit.client import Refused
from kit.db import open_database
from kit.jobs import Context, Jobs, Kept, Listening, drain, enqueue, enqueue_all, queue_for
from kit.worker import sweep
from tests.people import an_official, refusal, told


@pytest.fixture
def work(house):
    """Jobs named `test.work` that note what they did, and fail while `failing` or `away` is true."""
    jobs = Jobs()

    class Work:
        done, failing, away = [], False, False
        name = f"test.work.{uuid4().hex}"

        async def add(self, **options):
            async with house.database("events").transaction() as db:
                await enqueue(db, self.name, number=1, **options)

        async def run(self):
            await drain(jobs, house.context("events"))

        async def hurry(self):
            await house.rows("events", "update pgqueuer set execute_after = now() where entrypoint = $1", self.name)
            await self.run()

        async def rows(self):
            return await house.rows("events", "select * from pgqueuer where entrypoint = $1", self.name)

    working = Work()
    working.done = []

    @jobs.job(working.name, attempts=2)
    async def run(context, number):
        working.done.append(number)
        if working.away:
            raise Refused(503)
        if working.failing:
            raise RuntimeError("not now")

    return working


async def test_a_job_runs_once(work):
    await work.add()
    await work.run()
    await work.run()
    assert work.done == [1]
    assert await work.rows() == []


async def test_a_transaction_that_is_undone_leaves_no_job(house, work):
    async def change_of_mind():
        async with house.database("events").transaction() as db:
            await enqueue(db, work.name, number=1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await change_of_mind()
    assert await work.rows() == []


async def test_a_job_for_later_waits(work):
    await work.add(after=timedelta(hours=1))
    await work.run()
    assert work.done == []
    await work.hurry()
    assert work.done == [1]


async def test_a_job_that_fails_is_tried_again_later(work):
    work.failing = True
    await work.add()
    await work.run()
    await work.run()
    assert work.done == [1]
    work.failing = False
    await work.hurry()
    assert work.done == [1, 1]
    assert await work.rows() == []


async def test_a_job_that_keeps_failing_waits_for_a_person_who_replays_it(house, work):
    work.failing = True
    await work.add()
    await work.run()
    while (await work.rows())[0]["status"] != "failed":
        await work.hurry()
    tried = len(work.done)
    programme = await an_official(house, "programme_coordinator")
    letters = told(await programme.events.get("/v1/dead-letters"))["items"]
    (letter,) = [one for one in letters if one["name"] == work.name]
    assert (letter["payload"], letter["attempts"]) == ({"number": 1}, tried)
    work.failing = False
    told(await programme.events.post(f"/v1/dead-letters/{letter['id']}/replay"), 202)
    await work.run()
    assert len(work.done) == tried + 1
    assert await work.rows() == []


async def test_a_neighbour_that_is_away_is_asked_again_until_it_is_back(work):
    work.away = True
    await work.add()
    for _ in range(5):
        await work.hurry()
    (job,) = await work.rows()
    assert (job["status"], job["attempts"]) == ("queued", 5)
    assert job["execute_after"] - job["updated"] < timedelta(seconds=20)
    work.away = False
    await work.hurry()
    assert await work.rows() == []


class Gate:
    """A way to a database that can be shut: who stands in it is cut off, and nobody else comes through."""

    def __init__(self, url):
        self.there, self.port, self.writers = urlsplit(url), 0, []
        self.before, self.after = url.split(self.there.netloc.rpartition("@")[2])

    @property
    def url(self):
        return f"{self.before}127.0.0.1:{self.port}{self.after}"

    async def open(self):
        self.server = await asyncio.start_server(self.enter, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    def shut(self):
        self.server.close()
        for writer in self.writers:
            writer.transport.abort()

    async def enter(self, reader, writer):
        there = await asyncio.open_connection(self.there.hostname, self.there.port)
        self.writers += [writer, there[1]]
        await asyncio.gather(self.carry(reader, there[1]), self.carry(there[0], writer), return_exceptions=True)

    async def carry(self, reader, writer):
        while said := await reader.read(65_536):
            writer.write(said)
        writer.close()


async def test_a_job_whose_database_goes_away_while_it_runs_is_tried_again(house, work):
    gate, jobs, tried = Gate(house.urls["events"]), Jobs(), []
    await gate.open()

    @jobs.job(work.name, attempts=2)
    async def run(context, number):
        await asyncio.sleep(0.5)  # until the queue rests
        tried.append(number)
        gate.shut()
        await context.database.pool.fetch("select")

    async def waits_again():
        (row,) = await work.rows()
        assert row["status"] != "failed"
        return row["attempts"] == 1

    await work.add()
    async with open_database(gate.url, 4) as database:
        queue = queue_for(jobs, Context(database, {}))
        running = asyncio.create_task(queue.run(dequeue_timeout=timedelta(seconds=5)))
        async with asyncio.timeout(20):
            while not tried:
                await asyncio.sleep(0.02)
            await asyncio.sleep(0.5)
            await gate.open()
            while not await waits_again():
                await asyncio.sleep(0.02)
        queue.shutdown.set()
        await asyncio.gather(running, return_exceptions=True)
        gate.shut()
    await work.hurry()
    assert (tried, work.done, await work.rows()) == ([1], [1], [])


async def test_a_connection_that_breaks_while_it_listens_is_given_back(house):
    async with open_database(house.urls["events"], 2) as database:
        driver = await Listening(database.pool).__aenter__()
        await driver.add_listener("ch_pgqueuer", print)
        (holder,) = [each for each in database.pool._holders if each._in_use]
        holder._con._protocol.abort()
        with pytest.raises(asyncpg.InterfaceError):
            await driver.__aexit__()
        async with asyncio.timeout(2), database.pool.acquire(), database.pool.acquire():
            pass


async def test_dead_letters_are_for_those_who_run_the_house(house, cluster):
    for service in ("clusters", "events", "diaries"):
        assert refusal(await cluster.anna[service].get("/v1/dead-letters")) == (403, "forbidden")
        assert refusal(await cluster.anna[service].post("/v1/dead-letters/1/replay")) == (403, "forbidden")


async def test_every_chore_is_done_though_one_fails(house):
    done, chores, others = [], Jobs(), Jobs()

    @chores.hourly(Kept("wishes", timedelta(days=1), "wishing"))
    async def fails(context):
        raise ConnectionError

    @others.hourly()
    async def succeeds(context):
        done.append(context)

    chores.include(others)
    context = house.context("diaries")
    await sweep(chores, context)
    assert done == [context]
    assert [kept.what for kept in chores.kept] == ["wishes"]


async def test_jobs_that_are_done_together_are_one_set_and_a_bad_one_spoils_no_other(house):
    sets, jobs, name = [], Jobs(), f"test.together.{uuid4().hex}"

    @jobs.together(name, attempts=1)
    async def run(context, asked):
        numbers = sorted(each["number"] for each in asked)
        sets.append(numbers)
        if 3 in numbers:
            raise RuntimeError("not this one")

    async with house.database("events").transaction() as db:
        await enqueue_all(db, name, [{"number": number} for number in range(1, 6)])
    await drain(jobs, house.context("events"))
    assert sets[0] == [1, 2, 3, 4, 5]
    assert sorted(sets[1:]) == [[1], [2], [3], [4], [5]]
    rows = await house.rows("events", "select payload, status from pgqueuer where entrypoint = $1", name)
    assert [(row["payload"], row["status"]) for row in rows] == [(b'{"number": 3}', "failed")]
    await house.rows("events", "delete from pgqueuer where entrypoint = $1", name)


async def test_a_set_waits_as_a_set_while_somebody_is_away(house):
    sets, jobs, name = [], Jobs(), f"test.away.{uuid4().hex}"

    @jobs.together(name, attempts=1)
    async def run(context, asked):
        sets.append(len(asked))
        raise Refused(503)

    async with house.database("events").transaction() as db:
        await enqueue_all(db, name, [{"number": number} for number in range(5)])
    await drain(jobs, house.context("events"))
    assert sets == [5]
    assert len(await house.rows("events", "select 1 from pgqueuer where entrypoint = $1", name)) == 5
    await house.rows("events", "delete from pgqueuer where entrypoint = $1", name)

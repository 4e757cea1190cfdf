"""A service follows its own facts: in their order, each once, whatever breaks on the way."""

import asyncio
import signal
from uuid import uuid4

import pytest

from kit import own_facts
from kit.facts import place_facts, record
from kit.jobs import Jobs
from kit.own_facts import keep_up
from kit.telling import Fact
from kit.webhooks import delivering
from kit.worker import run_worker


class Wanted(Fact, told_as="test.wanted"):
    number: int


class Unwanted(Fact, told_as="test.unwanted"):
    pass


class Following:
    """Somebody who follows from now on, and remembers what they kept in a fact that nobody else wants."""

    def __init__(self, database):
        self.database, self.source, self.sets = database, f"test {uuid4()}", []

    async def begin(self):
        await self.place()
        newest = await own_facts.newest_place(self.database.pool)
        await self.database.pool.execute("insert into cursor (source, place) values ($1, $2)", self.source, newest)

    async def place(self):
        async with self.database.pool.acquire() as connection:
            while await place_facts(connection):
                pass

    async def tell(self, *numbers, placed=True):
        async with self.database.transaction() as db:
            for number in numbers:
                record(db, Unwanted() if number is None else Wanted(number=number))
                await db.flush()
        if placed:
            await self.place()

    async def keep(self, connection, facts):
        self.sets.append([fact["data"]["number"] for fact in facts])

    async def go(self, keep=None, limit=100):
        return await keep_up(self.database, self.source, {Wanted.told_as}, keep or self.keep, limit)

    async def reached(self):
        return await self.database.pool.fetchval("select place from cursor where source = $1", self.source)


@pytest.fixture
async def following(house):
    made = Following(house.database("events"))
    await made.begin()
    yield made
    await made.database.pool.execute("delete from cursor where source = $1", made.source)


async def test_it_hears_of_its_kinds_in_their_order_and_passes_over_the_others(following):
    began = await following.reached()
    await following.tell(1, None, 2, None, None, 3, None)
    assert await following.go() == 7
    assert following.sets == [[1, 2, 3]]
    assert await following.reached() == began + 7
    assert await following.go() == 0
    await following.tell(None)
    assert await following.go() == 1
    assert following.sets == [[1, 2, 3]]


async def test_it_hears_at_most_so_many_at_a_time_and_none_twice(following):
    await following.tell(*range(7))
    further = []
    while step := await following.go(limit=3):
        further.append(step)
    assert following.sets == [[0, 1, 2], [3, 4, 5], [6]]
    assert further == [3, 3, 1]


async def test_it_looks_through_so_many_places_at_a_time(following, monkeypatch):
    monkeypatch.setattr(own_facts, "PLACES", 3)
    await following.tell(None, None, None, None, 1, None, 2, 3)
    further = []
    while step := await following.go():
        further.append(step)
    assert following.sets == [[1], [2, 3]]
    assert further == [3, 3, 2]


async def test_what_has_no_place_yet_is_heard_when_it_has_one(following):
    await following.tell(1, placed=False)
    assert (await following.go(), following.sets) == (0, [])
    await following.place()
    assert (await following.go(), following.sets) == (1, [[1]])


async def test_killed_midway_it_has_kept_nothing_and_begins_there_again(following):
    began = await following.reached()
    await following.tell(1, 2)

    async def killed(connection, facts):
        await connection.execute("insert into cursor (source, place) values ($1, 1)", f"{following.source} kept")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await following.go(killed)
    assert await following.reached() == began
    kept = "select count(*) from cursor where source like $1"
    assert await following.database.pool.fetchval(kept, f"{following.source}%") == 1
    await following.go()
    assert following.sets == [[1, 2]]


async def test_of_several_at_once_one_hears(following):
    await following.tell(1, 2)

    async def slowly(connection, facts):
        await following.keep(connection, facts)
        await asyncio.sleep(0.05)

    assert sorted(await asyncio.gather(*(following.go(slowly) for _ in range(5)))) == [0, 0, 0, 0, 2]
    assert following.sets == [[1, 2]]


async def test_a_follower_begins_with_the_first_fact(following):
    await following.database.pool.execute("delete from cursor where source = $1", following.source)
    await following.tell(1)
    while await following.go():
        pass
    assert following.sets[-1][-1] == 1
    places = await following.database.pool.fetchval("select count(*) from fact where kind = $1", Wanted.told_as)
    assert len([number for kept in following.sets for number in kept]) == places


async def test_a_worker_keeps_up_as_facts_are_placed_and_begins_again_when_it_breaks(house, following, monkeypatch):
    monkeypatch.setattr(delivering, "jobs", Jobs())  # other tests have endpoints outside
    monkeypatch.setattr("kit.worker.AGAIN_AFTER", 0.01)
    kept, breaks = asyncio.Event(), [ConnectionError()]

    async def keep(connection, facts):
        if breaks:
            raise breaks.pop()
        await following.keep(connection, facts)
        kept.set()

    async def follow(database):
        return await keep_up(database, following.source, {Wanted.told_as}, keep, 100)

    working = asyncio.create_task(run_worker(house.settings["events"], Jobs(), keeps={"follower of itself": follow}))
    for number in (1, 2):
        kept.clear()
        await following.tell(number, placed=False)
        await asyncio.wait_for(kept.wait(), 10)
    signal.raise_signal(signal.SIGTERM)
    await asyncio.wait_for(working, 30)
    assert following.sets == [[1], [2]]
    assert breaks == []

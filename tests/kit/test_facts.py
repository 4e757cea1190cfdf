"""Facts are heard once each, in one order, whatever happens on the way."""

import asyncio
import random

import pytest
from sqlmodel import col, select

from kit.facts import FactRow, place_facts, record, sequence
from kit.feed import Cursor, FactsOut, hear
from kit.telling import Fact
from services.events.worker import FOLLOWS
from tests.diaries.writing import start
from tests.people import a_school, refusal, told

WRITERS, EACH = 12, 12


class Written(Fact, told_as="test.written"):
    number: int
    step: int


class Slow(Fact, told_as="test.slow"):
    pass


class Quick(Fact, told_as="test.quick"):
    pass


class First(Fact, told_as="test.first"):
    pass


class Second(Fact, told_as="test.second"):
    pass


async def write(house, number):
    async with house.database("diaries").transaction() as db:
        for step in range(EACH):
            record(db, Written(number=number, step=step))
            await db.flush()
            await asyncio.sleep(random.random() * 0.01)


async def all_after(asker, kind, after, found):
    """Follow the feed from `after`; what is heard is put into `found`."""
    while len(found) < WRITERS * EACH:
        answer = told(await asker.diaries.get("/v1/facts", params={"after": after, "wait": 1, "limit": 7}))
        found += [fact for fact in answer["items"] if fact["kind"] == kind]
        after = answer["next"]


async def test_none_is_lost_and_none_is_doubled_while_many_write_slowly(house):
    events, kind = await house.as_service("events"), Written.told_as
    begin = told(await events.diaries.get("/v1/facts", params={"newest": True}))["next"]
    sequencer = asyncio.create_task(sequence(house.urls["diaries"]))
    found = []
    try:
        async with asyncio.timeout(30):
            follower = asyncio.create_task(all_after(events, kind, begin, found))
            await asyncio.gather(*(write(house, number) for number in range(WRITERS)))
            await follower
    finally:
        sequencer.cancel()
        await asyncio.gather(sequencer, return_exceptions=True)
    assert sorted((fact["data"]["number"], fact["data"]["step"]) for fact in found) == [
        (number, step) for number in range(WRITERS) for step in range(EACH)
    ]
    places = [fact["place"] for fact in found]
    assert places == sorted(set(places))


async def test_a_transaction_that_commits_late_is_heard_after_what_came_before(house):
    database, events = house.database("diaries"), await house.as_service("events")
    begin = told(await events.diaries.get("/v1/facts", params={"newest": True}))["next"]
    async with database.pool.acquire() as connection:
        async with database.transaction() as slow:
            record(slow, Slow())
            await slow.flush()
            async with database.transaction() as quick:
                record(quick, Quick())
            await place_facts(connection)
            heard = told(await events.diaries.get("/v1/facts", params={"after": begin}))
            assert [fact["kind"] for fact in heard["items"]] == ["test.quick"]
        await place_facts(connection)
    late = told(await events.diaries.get("/v1/facts", params={"after": heard["next"]}))
    assert [fact["kind"] for fact in late["items"]] == ["test.slow"]


async def test_two_sequencers_share_the_work(house):
    database = house.database("diaries")
    async with database.transaction() as db:
        for number in range(40):
            record(db, Written(number=number, step=0))
    async with database.pool.acquire() as one, database.pool.acquire() as two:
        placed = await asyncio.gather(place_facts(one), place_facts(two))
    assert sum(placed) >= 40
    rows = await house.rows("diaries", "select place from fact where kind = 'test.written' order by seq desc limit 40")
    places = [row["place"] for row in reversed(rows)]
    assert None not in places
    assert places == sorted(set(places))


async def test_places_become_visible_in_their_order_and_stay(house):
    database = house.database("diaries")
    async with database.transaction() as db:
        record(db, First())
    async with database.pool.acquire() as one, database.pool.acquire() as two:
        async with one.transaction():
            await place_facts(one)
            first = await one.fetchval("select place from fact where kind = 'test.first'")
            async with database.transaction() as db:
                record(db, Second())
            placing = asyncio.create_task(place_facts(two))
            await asyncio.wait([placing], timeout=0.3)
            assert not await database.pool.fetchval("select place from fact where kind = 'test.second'")
        await placing
    places = await house.rows(
        "diaries", "select place from fact where kind in ('test.first', 'test.second') order by seq"
    )
    assert [row["place"] for row in places] == [first, first + 1]


async def follow_once(house, apply=FOLLOWS["clusters"]):
    near = house.apps["events"].state.neighbours
    return await hear(house.database("events"), "clusters", near.clusters, apply)


async def test_a_follower_that_crashes_midway_applies_each_fact_once(house):
    await house.hear()
    for _ in range(5):
        await a_school(house)
    async with house.database("clusters").pool.acquire() as connection:
        await place_facts(connection)
    applied = []

    async def crash(db, facts):
        for fact in facts:
            applied.append(fact.place)
            db.add(FactRow(kind="test.applied", data={"place": fact.place}))
            if len(applied) == 3:
                raise RuntimeError

    with pytest.raises(RuntimeError):
        await follow_once(house, crash)
    while await follow_once(house, crash):
        pass
    async with house.database("events").transaction() as db:
        kept = await db.exec(select(FactRow.data).where(FactRow.kind == "test.applied").order_by(col(FactRow.seq)))
        places = [data["place"] for data in kept]
    assert places == sorted(set(applied))
    assert len(places) == 5


async def test_of_two_workers_with_the_same_news_one_applies_it(house):
    await house.hear()
    await a_school(house)
    async with house.database("clusters").pool.acquire() as connection:
        await place_facts(connection)
    applied = []

    async def note(session, facts):
        applied.extend(fact.place for fact in facts)
        await asyncio.sleep(0.05)

    await asyncio.gather(follow_once(house, note), follow_once(house, note))
    assert len(applied) == 1


async def test_hearing_everything_again_changes_nothing(house, cluster):
    tables = ("person", "school", "cluster", "membership", "staff", "office")

    async def everything():
        return {t: await house.rows("events", f"select to_jsonb({t}) from {t} order by id") for t in tables}

    async def hear_from_the_start():
        async with house.database("events").transaction() as db:
            (await db.get_one(Cursor, "clusters")).place = 0
        while await follow_once(house):
            pass
        return await everything()

    assert await hear_from_the_start() == await hear_from_the_start()


async def test_a_lost_answer_is_asked_for_again(house):
    events = await house.as_service("events")
    await house.hear()
    answers = [
        FactsOut.model_validate(told(await events.clusters.get("/v1/facts", params={"after": 3, "limit": 5})))
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert answers[0].next == answers[0].items[-1].place


async def test_a_service_that_waits_hears_at_once(house):
    events = await house.as_service("events")
    begin = told(await events.diaries.get("/v1/facts", params={"newest": True}))["next"]
    asked = asyncio.create_task(events.diaries.get("/v1/facts", params={"after": begin, "wait": 20}))
    await asyncio.sleep(0.1)
    async with house.database("diaries").transaction() as db:
        record(db, Slow())
    async with house.database("diaries").pool.acquire() as connection:
        await place_facts(connection)
    async with asyncio.timeout(3):
        heard = told(await asked)
    assert [fact["kind"] for fact in heard["items"]] == ["test.slow"]


async def test_only_followers_hear_facts(house, cluster):
    for service in ("clusters", "events", "diaries"):
        assert refusal(await cluster.anna[service].get("/v1/facts")) == (403, "forbidden")
        assert refusal(await house.guest[service].get("/v1/facts")) == (401, "unauthenticated")


async def test_a_feed_says_when_it_is_behind(house, cluster):
    web = await house.as_service("web")
    await house.catch_up()
    asked = {"newest": "true"}
    assert told(await web.diaries.get("/v1/facts", params=asked))["behind"] is False
    await start(cluster.cara, cluster)
    await house.rows("diaries", "update fact set at = now() - interval '3 seconds' where place is null")
    assert told(await web.diaries.get("/v1/facts", params=asked))["behind"] is True
    await house.catch_up()
    assert told(await web.diaries.get("/v1/facts", params=asked))["behind"] is False

"""Who has counted nothing yet counts everything, some clusters at a time, and misses nothing that happens meanwhile."""

import asyncio
from dataclasses import replace

import pytest

from services.events.activity.queries import COUNTING
from services.roster.activity import counting
from services.roster.activity.counting import FIRST, OWN, count_new
from tests.clusters.overviews.looking import LAST, in_month, over, sums
from tests.clusters.overviews.test_counting import placed
from tests.events.making import announce
from tests.people import a_cluster


@pytest.fixture
async def two(house, monkeypatch):
    """Two clusters with a meeting each, of which nobody knows yet what was counted: they alone are counted."""
    clusters = [await a_cluster(house) for _ in range(2)]
    for cluster in clusters:
        await meet(cluster, 10)
    await placed(house, monkeypatch)
    await house.rows("events", "delete from cursor where source = any($1)", [OWN, FIRST])
    these = ", ".join(f"'{cluster.id}'" for cluster in clusters)
    monkeypatch.setattr(
        counting, "CLUSTERS", f"select id from cluster where id in ({these}) order by id offset $1 limit $2"
    )
    monkeypatch.setattr(counting, "CLUSTERS_AT_ONCE", 1)
    yield clusters
    await house.catch_up()


async def meet(cluster, month):
    await announce(cluster.anna, cluster, 5, **over(in_month(month)))


async def met(house, cluster):
    found = await sums(house, cluster, "events")
    return sorted(month for month, kind, _ in found if kind == "meetings")


async def count(house, **changes):
    while await count_new(replace(COUNTING, **changes), house.database("events")):
        pass


async def test_everything_is_counted_and_then_what_happens(house, two, monkeypatch):
    await count(house)
    assert [await met(house, cluster) for cluster in two] == [[f"{LAST}-10"]] * 2
    assert await house.rows("events", "select 1 from cursor where source = $1", FIRST) == []
    await meet(two[1], 11)
    await placed(house, monkeypatch)
    await count(house)
    assert await met(house, two[1]) == [f"{LAST}-10", f"{LAST}-11"]


async def test_killed_midway_it_goes_on_and_misses_nothing_that_happened_meanwhile(house, two, monkeypatch):
    first, second = two
    changed = []

    async def killed(connection, cells):
        changed.append(cells)
        if len(changed) == 2:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await count(house, changed=killed)
    assert [await met(house, cluster) for cluster in two] == [[f"{LAST}-10"], []]
    await meet(first, 11)
    await placed(house, monkeypatch)
    await count(house)
    assert await met(house, second) == [f"{LAST}-10"]
    assert await met(house, first) == [f"{LAST}-10", f"{LAST}-11"]
    assert len(changed) == 2


async def test_two_who_begin_at_once_miss_nothing_either(house, two, monkeypatch):
    """The first counts a cluster, something happens there, the second begins and comes to the end before the first."""
    first, _ = two
    counted, ends = asyncio.Event(), asyncio.Event()
    reached, calls = counting.reached, []

    async def waiting(connection, source):
        if asyncio.current_task() is slow:
            calls.append(source)
            if calls.count(FIRST) == 2:
                counted.set()
                await ends.wait()
        return await reached(connection, source)

    monkeypatch.setattr(counting, "reached", waiting)
    slow = asyncio.create_task(count(house))
    await asyncio.wait_for(counted.wait(), 10)
    await meet(first, 11)
    await placed(house, monkeypatch)
    await count(house)
    ends.set()
    await asyncio.wait_for(slow, 10)
    await count(house)
    assert await met(house, first) == [f"{LAST}-10", f"{LAST}-11"]


async def test_who_wants_all_counted_anew_meanwhile_waits_for_no_old_facts(house, two, monkeypatch):
    times, read = [], []

    async def wanted_anew(connection, cells):
        times.append(cells)
        if len(times) == 1:
            await house.rows("events", "delete from cursor where source like '%counted%'")

    async def touched(connection, facts):
        read.extend(facts)
        return set()

    await count(house, changed=wanted_anew, touched=touched)
    assert len(times) > 1
    assert read == []
    assert [await met(house, cluster) for cluster in two] == [[f"{LAST}-10"]] * 2

"""The counter follows the facts of its own service: killed, doubled or begun anew, it comes to the same sums."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from kit.clock import real_now
from services.clusters.activity.actions import COUNTING as PLANNING
from services.clusters.activity.queries import LOCK
from services.diaries.activity.queries import COUNTING as WRITING
from services.events.activity.queries import COUNTING as MEETING
from services.roster.activity.counting import OWN, count_new
from services.roster.activity.models import OF_SECTIONS
from tests.clusters.overviews.looking import LAST, in_month, over, sums
from tests.clusters.year.planning import GOAL, a_plan
from tests.diaries.writing import comment, published
from tests.events.making import announce
from tests.events.test_attendance import mark
from tests.people import told
from tests.rules.source import ROOT

COUNTINGS = {"events": MEETING, "diaries": WRITING, "clusters": PLANNING}
ALL_SUMS = "select cluster_id, month, kind, school_id, count, last_on from activity where count > 0 order by 1, 2, 3, 4"
UPPER = (
    "select cluster_id, month, kind, count from cluster_activity where count > 0 order by 1, 2, 3",
    "select country, month, kind, count from country_activity where count > 0 order by 1, 2, 3",
)
SQL = re.compile(r"```sql\n(.*?)```", re.DOTALL)
PLACE = "select coalesce(max(place), 0) as place from cursor where source = $1"


async def reached(house, service):
    ((place,),) = await house.rows(service, PLACE, OWN)
    return place


async def all_sums(house):
    """Of the whole house, in every database."""
    found = [await house.rows(service, ALL_SUMS) for service in COUNTINGS]
    found += [await house.rows("clusters", statement) for statement in UPPER]
    return [{tuple(map(str, row)) for row in rows} for rows in found]


async def a_year(cluster):
    """Something of every kind; told nobody yet."""
    for month in (9, 10):
        event = await announce(
            cluster.anna, cluster, sites=[{"name": "Gym", "school_id": cluster.mentor}], **over(in_month(month))
        )
        told(await mark(cluster.anna, event, cluster.cara, cluster.marie))
    entry = await published(cluster.cara, cluster)
    told(await comment(cluster.marie, entry), 201)
    told(await comment(cluster.ben, entry, kind="takeaway"), 201)
    await a_plan(cluster.anna, cluster, GOAL)


async def placed(house, monkeypatch):
    """What happened has its place, and nothing is counted."""
    with monkeypatch.context() as patched:
        for service in COUNTINGS:
            patched.setattr(f"services.{service}.worker.KEEPS", {})
        await house.hear()


@pytest.mark.parametrize("service", COUNTINGS)
async def test_a_counter_that_is_killed_midway_goes_on_where_it_was(house, cluster, monkeypatch, service):
    await house.catch_up()
    await a_year(cluster)
    await placed(house, monkeypatch)
    before, database, counting = await reached(house, service), house.database(service), COUNTINGS[service]

    async def killed(*_):
        raise RuntimeError

    for _ in range(2):
        with pytest.raises(RuntimeError):
            await count_new(replace(counting, changed=killed), database)
    assert (await sums(house, cluster, service), await reached(house, service)) == ({}, before)
    while await count_new(counting, database):
        pass
    kinds = {kind for _, kind, _ in await sums(house, cluster, service)}
    assert kinds == {kind for counted in counting.counted for kind in counted.kinds} - set(OF_SECTIONS.values())
    assert await reached(house, service) > before
    assert await count_new(counting, database) == 0


@pytest.mark.parametrize("service", COUNTINGS)
async def test_of_two_workers_who_count_at_once_one_counts(house, cluster, monkeypatch, service):
    await a_year(cluster)
    await placed(house, monkeypatch)
    counted, before = [], await reached(house, service)

    async def slowly(connection, facts):
        counted.append(len(facts))
        await asyncio.sleep(0.05)
        return await COUNTINGS[service].touched(connection, facts)

    slow = replace(COUNTINGS[service], touched=slowly)
    further = await asyncio.gather(*(count_new(slow, house.database(service)) for _ in range(4)))
    assert len(counted) == 1
    assert sum(further) == await reached(house, service) - before
    await house.catch_up()
    found = await sums(house, cluster)
    assert (found[f"{LAST}-09", "came", "mentee"], found[f"{LAST}-09", "reached", "mentee"]) == (1, 1)
    kinds = {kind for counting in COUNTINGS.values() for each in counting.counted for kind in each.kinds}
    assert {kind for _, kind, _ in found} == kinds - set(OF_SECTIONS.values())


async def from_the_beginning(house):
    """As docs/operations.md says, where sums are doubted."""
    doubted = (
        (ROOT / "docs" / "operations.md").read_text().partition("## Sums that are doubted")[2].partition("\n## ")[0]
    )
    of_clusters, of_others = SQL.findall(doubted)
    assert str(LOCK) in of_clusters
    for service, statements in (("clusters", of_clusters), ("events", of_others), ("diaries", of_others)):
        async with house.database(service).pool.acquire() as connection:
            await connection.execute(statements)


async def test_counted_from_the_beginning_it_comes_to_the_same(house, cluster):
    await drop_what_was_made_up(house)
    await a_year(cluster)
    await house.catch_up()
    before = await all_sums(house)
    await from_the_beginning(house)
    assert await sums(house, cluster) == await sums(house, cluster, "events") == {}
    await house.catch_up()
    assert await all_sums(house) == before
    assert await house.rows("clusters", "select source from activity_source order by source") == [
        ("diaries",), ("events",),
    ]  # fmt: skip


async def drop_what_was_made_up(house):
    """Sums that tests told by hand, and nobody would count."""
    await from_the_beginning(house)
    await house.catch_up()


@pytest.mark.parametrize(
    "spoilt",
    [
        "update activity set count = count + 90, last_on = '2001-01-01'",
        "update activity set count = 0",
        "delete from activity where kind not in ('meetings', 'entries')",
        "insert into activity select cluster_id, month, kind, gen_random_uuid(), 5, last_on, counted_at, told"
        " from activity",
    ],
)
async def test_counted_from_the_beginning_what_was_spoilt_is_repaired(house, cluster, spoilt):
    await drop_what_was_made_up(house)
    await a_year(cluster)
    await house.catch_up()
    before = await all_sums(house)
    for service in COUNTINGS:
        await house.rows(service, spoilt)
    await house.catch_up()
    assert await all_sums(house) != before
    await from_the_beginning(house)
    await house.catch_up()
    assert await all_sums(house) == before


async def test_counting_the_same_facts_again_tells_nobody_anything(house, cluster):
    await a_year(cluster)
    await house.catch_up()
    for service in ("events", "diaries"):
        await house.rows(service, "update cursor set place = 0 where source = $1", OWN)
    await house.hear()
    for service in ("events", "diaries"):
        assert await house.rows(service, "select 1 from activity where not told") == []
        assert await house.rows(service, "select 1 from pgqueuer where entrypoint = 'activity.tell'") == []


@pytest.mark.parametrize("service", ["events", "diaries"])
async def test_a_clock_that_goes_back_makes_no_sum_older_than_the_one_before(house, cluster, service):
    before = real_now()
    await a_year(cluster)
    await house.catch_up()
    ahead, later = "update activity set counted_at = $2, count = count + 1 where cluster_id = $1", timedelta(hours=1)
    for database in (service, "clusters"):
        await house.rows(database, ahead, cluster.id, before + later)
    await house.rows(service, "update cursor set place = 0 where source = $1", OWN)
    await house.catch_up()
    counted, known = await sums(house, cluster, service), await sums(house, cluster)
    assert {key: known[key] for key in counted} == counted

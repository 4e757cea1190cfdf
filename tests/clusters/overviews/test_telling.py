"""Sums on their way to clusters: told in sets, in any order, more than once, by several at once."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from kit.clock import real_now
from services.roster.activity import jobs as telling
from services.roster.activity.counting import OWN
from services.roster.activity.queries import is_up_to_date, note_told, to_tell
from tests.clusters.overviews.looking import (
    LAST,
    a_sum,
    in_month,
    of_month,
    over,
    overview,
    row_of,
    sums,
    tell,
)
from tests.events.making import announce
from tests.events.test_attendance import mark
from tests.house import MODULES
from tests.people import refusal, told, wrong_fields

NOVEMBER = f"{LAST}-11"
OF_CLUSTER = "select kind, sum(count)::int as count from cluster_activity where cluster_id = $1 group by kind"
OF_COUNTRY = "select kind, sum(count)::int as count from country_activity where country = $1 group by kind"


@pytest.fixture
async def events(house):
    return await house.as_service("events")


async def kept(house, statement, of):
    return {row["kind"]: row["count"] for row in await house.rows("clusters", statement, of)}


async def test_only_the_services_of_the_house_tell(house, cluster, nora, petra):
    said = a_sum(cluster, "meetings", 1)
    for asker in (cluster.anna, nora, petra, await house.as_service("web"), await house.as_service("demo")):
        assert refusal(await tell(asker, said)) == (403, "forbidden")
    assert refusal(await tell(house.guest, said)) == (401, "unauthenticated")
    for name in ("events", "diaries"):
        told(await tell(await house.as_service(name), said), 204)
    assert len(await sums(house, cluster)) == 1


async def test_what_is_wrong_is_said_beside_its_cause_and_nothing_is_kept(house, cluster, events):
    for field, wrong in (
        ("month", "2026-11-02"), ("month", "2026-11"), ("count", -1), ("count", 1_000_001), ("kind", "coffee"),
        ("school_id", "ours"), ("counted_at", "2026-11-27T10:00:00"), ("last_on", None),
    ):  # fmt: skip
        answer = await tell(events, a_sum(cluster, "entries", 1), a_sum(cluster, "meetings", 1) | {field: wrong})
        assert wrong_fields(answer).keys() == {f"/sums/1/{field}"}
        assert await sums(house, cluster) == {}


async def test_a_set_has_at_most_five_hundred(house, cluster, events):
    several = [a_sum(cluster, "comments", 1, school_id=uuid4()) for _ in range(501)]
    assert wrong_fields(await tell(events, *several)).keys() == {"/sums"}
    told(await tell(events, *several[:500]), 204)
    assert await kept(house, OF_CLUSTER, cluster.id) == {"comments": 500}
    told(await tell(events), 204)


async def test_of_a_sum_that_is_twice_in_a_set_the_newest_is_kept(house, cluster, events):
    at = real_now()
    several = [
        a_sum(cluster, "meetings", count, counted_at=at + timedelta(seconds=later))
        for count, later in ((1, 0), (3, 2), (2, 1))
    ]
    told(await tell(events, *several), 204)
    assert [*(await sums(house, cluster)).values()] == [3]
    assert await kept(house, OF_CLUSTER, cluster.id) == {"meetings": 3}


async def test_what_was_counted_earlier_does_not_take_the_place_of_what_was_counted_later(house, home, events):
    at = real_now()
    for count, later in ((5, 2), (3, 1), (4, 0)):
        told(await tell(events, a_sum(home, "meetings", count, counted_at=at + timedelta(seconds=later))), 204)
        assert [*(await sums(house, home)).values()] == [5]
    told(await tell(events, a_sum(home, "meetings", 0, counted_at=at + timedelta(seconds=3))), 204)
    assert await sums(house, home) == {}
    assert await kept(house, OF_CLUSTER, home.id) == await kept(house, OF_COUNTRY, home.country) == {"meetings": 0}


async def test_clusters_that_are_unknown_are_passed_over(house, cluster, events):
    nowhere = a_sum(cluster, "meetings", 7) | {"cluster_id": str(uuid4())}
    told(await tell(events, nowhere, a_sum(cluster, "meetings", 2), nowhere), 204)
    told(await tell(events, nowhere), 204)
    assert [*(await sums(house, cluster)).values()] == [2]


async def test_sets_that_are_told_at_once_add_up(house, home, nora, events):
    """Of different schools, months and services: no set overlooks another."""
    diaries, month = await house.as_service("diaries"), in_month(11).date().replace(day=1)
    several = [[a_sum(home, kind, 1, month, uuid4()) for kind in ("entries", "came")] for _ in range(24)]
    answers = await asyncio.gather(*(tell((events, diaries)[n % 2], *each) for n, each in enumerate(several)))
    assert {answer.status_code for answer in answers} == {204}
    assert await kept(house, OF_CLUSTER, home.id) == {"entries": 24, "came": 24}
    assert await kept(house, OF_COUNTRY, home.country) == {"entries": 24, "came": 24}
    assert (await row_of(nora, home, year=LAST, kind="entries"))["months"] == {NOVEMBER: 24}
    assert (await overview(nora, year=LAST))["totals"] == {"entries": 24, "came": 24}


async def test_what_was_counted_and_not_told_is_told_later(house, cluster):
    """The worker ended in between: what is counted stays to be told, even where the job is lost."""
    event = await announce(cluster.anna, cluster, 5, **over(in_month(11)))
    told(await mark(cluster.anna, event, cluster.cara))
    await house.hear()
    counted = await sums(house, cluster, "events")
    assert (len(counted), await sums(house, cluster)) == (6, {})
    await house.rows("events", "delete from pgqueuer where entrypoint = 'activity.tell'")
    await house.catch_up()
    assert await sums(house, cluster) == {}
    told(await mark(cluster.anna, event, cluster.cara, cluster.dan))
    await house.catch_up()
    assert await sums(house, cluster) == await sums(house, cluster, "events") != counted


async def test_while_clusters_is_away_the_sums_wait(house, cluster):
    await announce(cluster.anna, cluster, 5, **over(in_month(11)))
    app = house.apps["clusters"]
    await house.hear()
    house.hosts.remove("clusters")
    try:
        await house.run_jobs("events")
    finally:
        house.hosts.add("clusters", app)
    assert await sums(house, cluster) == {}
    await house.rows("events", "update pgqueuer set execute_after = now() where entrypoint = 'activity.tell'")
    assert await of_month(house, cluster, NOVEMBER) == {("meetings", ""): 1, ("organised", "mentor"): 1}


async def test_what_was_told_and_not_noted_is_told_again(house, cluster, monkeypatch):
    await announce(cluster.anna, cluster, 5, **over(in_month(11)))
    await house.hear()

    async def killed(*_):
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(telling, "note_told", killed)
        with pytest.raises(ConnectionError):
            await telling.tell_activity(house.context("events"), [{}])
    first = await sums(house, cluster)
    assert len(first) == 2
    for _ in range(2):
        await telling.tell_activity(house.context("events"), [{}, {}])
        assert await sums(house, cluster) == first
    pool = house.database("events").pool
    assert await to_tell(pool, 10) == []


async def test_what_is_counted_anew_while_it_is_told_is_told_once_more(house, cluster, events):
    event = await announce(cluster.anna, cluster, 5, **over(in_month(11)))
    await house.catch_up()
    told(await mark(cluster.anna, event, cluster.cara))
    await house.hear()
    database = house.database("events")
    on_their_way = await to_tell(database.pool, 100)
    told(await mark(cluster.anna, event, cluster.cara, cluster.dan))
    await house.hear()
    said = [{name: value if name == "count" else str(value) for name, value in each.items()} for each in on_their_way]
    told(await tell(events, *said), 204)
    await note_told(database, OWN, on_their_way)
    assert {each["kind"] for each in await to_tell(database.pool, 100)} == {"came", "people", "reached"}
    assert (await of_month(house, cluster, NOVEMBER))["came", "mentee"] == 2


async def test_who_tells_at_once_leaves_it_to_one_who_tells_what_came_meanwhile_too(house, cluster, monkeypatch):
    """Each set is told once, and nothing waits for the next hour."""
    await announce(cluster.anna, cluster, 5, **over(in_month(11)))
    await house.hear()
    context, sets, more = house.context("events"), [], [in_month(1), in_month(12)]

    async def meanwhile():
        if more:
            await announce(cluster.anna, cluster, 5, **over(more.pop()))
            await house.hear()
            await telling.tell_activity(context, [{}])

    async def noted(database, source, several):
        sets.append({(each["month"].month, each["kind"]) for each in several if str(each["cluster_id"]) == cluster.id})
        await note_told(database, source, several)
        if len(sets) == 1:
            await meanwhile()

    async def at_the_end(*asked):
        await meanwhile()
        return await is_up_to_date(*asked)

    monkeypatch.setattr(telling, "note_told", noted)
    monkeypatch.setattr(telling, "is_up_to_date", at_the_end)
    await asyncio.gather(*(telling.tell_activity(context, [{}]) for _ in range(3)))
    assert [each for each in sets if each] == [
        {(month, kind) for kind in ("meetings", "meetings_professional_development", "organised")}
        for month in (11, 12, 1)
    ]  # fmt: skip
    assert await sums(house, cluster) == await sums(house, cluster, "events")
    assert await to_tell(house.database("events").pool, 10) == []


async def test_more_than_a_set_is_told_in_several(house, cluster, monkeypatch):
    monkeypatch.setattr(telling, "AT_ONCE", 3)
    for month in (9, 10, 11, 12):
        await announce(cluster.anna, cluster, 5, **over(in_month(month)))
    await house.catch_up()
    assert await sums(house, cluster) == await sums(house, cluster, "events")
    assert len(await sums(house, cluster)) == 8


def test_each_service_counts_and_the_neighbours_tell():
    workers = {service: module for service, (_, _, module) in MODULES.items()}
    assert all(worker.KEEPS.keys() == {"counter"} for worker in workers.values())
    assert [service for service, worker in workers.items() if "activity.tell" in worker.jobs.handlers] == [
        "events", "diaries",
    ]  # fmt: skip

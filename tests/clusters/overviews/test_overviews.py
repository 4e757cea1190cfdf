"""How a country does: what an office sees of it, which clusters stand in the list, and which are passed over."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from services.clusters.overviews.showing import queries
from tests.clusters.clusters.test_help import ask, late
from tests.clusters.doors.test_closing import close
from tests.clusters.overviews.looking import (
    COUNTRIES,
    LAST,
    YEAR,
    a_sum,
    formed,
    happened,
    overview,
    row_of,
    rows,
    support,
    tell,
)
from tests.clusters.year.planning import MILESTONE, a_plan
from tests.people import a_cluster, an_official, refusal, told, wrong_fields

PATHS = ("/v1/overview", "/v1/overview/clusters")


@pytest.fixture(autouse=True)
async def march(today):
    return today


@pytest.fixture
async def events(house):
    return await house.as_service("events")


async def a_lively_one(house, country, today, name=None):
    cluster = await a_cluster(house, country=country)
    await formed(house, cluster, today - timedelta(days=120))
    await happened(house, cluster, today - timedelta(days=2), cluster.mentor)
    await happened(house, cluster, today - timedelta(days=2), cluster.mentee)
    if name:
        await house.rows("clusters", "update cluster set name = $2 where id = $1", cluster.id, name)
    return cluster


async def ids(asker, **asked):
    return [row["cluster_id"] for row in await rows(asker, **asked)]


async def test_who_holds_no_office_sees_no_country(house, cluster, nora):
    for path in PATHS:
        for asker in (cluster.anna, cluster.cara, await house.as_service("demo")):
            assert refusal(await asker.clusters.get(path)) == (403, "forbidden")
        assert refusal(await house.guest.clusters.get(path)) == (401, "unauthenticated")


async def test_a_national_coordinator_sees_their_own_country_alone(house, nora, home):
    abroad = await a_cluster(house, country=next(COUNTRIES))
    assert [one["country"] for one in (await overview(nora))["countries"]] == [home.country]
    assert await ids(nora) == await ids(nora, country=home.country) == [home.id]
    for path in PATHS:
        for country in (abroad.country, "CZ", "XX"):
            answer = await nora.clusters.get(path, params={"country": country})
            assert refusal(answer) == (404, "not-found")


async def test_the_programme_sees_all_countries_and_each_of_them(house, petra, home, events):
    abroad = await a_cluster(house, country=next(COUNTRIES))
    for cluster, count in ((home, 2), (abroad, 3)):
        told(await tell(events, a_sum(cluster, "came", count, date(YEAR, 10, 1), cluster.mentor)), 204)
    every = await overview(petra, kind="came")
    shown = {one["country"]: one for one in every["countries"]}
    assert [*shown] == sorted(shown)
    assert (every["first"], every["nudges"]) == ("months", [])
    october = f"{YEAR}-10"
    assert (shown[home.country]["months"], shown[abroad.country]["months"]) == ({october: 2}, {october: 3})
    assert every["totals"]["came"] >= 5
    one = await overview(petra, kind="came", country=abroad.country)
    assert (one["countries"], one["totals"]) == ([shown[abroad.country]], {"came": 3})
    assert await ids(petra, country=home.country) == [home.id]
    assert {home.id, abroad.id} <= {*await ids(petra, limit=100)}


async def test_the_programme_hears_of_a_call_for_help_once_it_has_climbed(house, nora, petra, home):
    request = told(await ask(home.cara, home), 201)
    for asker, number in ((nora, 1), (petra, 0)):
        assert (await overview(asker, country=home.country))["countries"][0]["asks_help"] == number
        assert (await row_of(asker, home, country=home.country))["asks_help"] == number
        assert len(await ids(asker, country=home.country, only="help")) == number
    await late(house, request)
    for asker in (nora, petra):
        assert (await overview(asker, country=home.country))["countries"][0]["asks_help"] == 1
        assert await ids(asker, country=home.country, only="help") == [home.id]
    told(await nora.clusters.post(f"/v1/help-requests/{request['id']}/answers", json={"text": "Begin with two."}), 201)
    for asker in (nora, petra):
        assert (await overview(asker, country=home.country))["countries"][0]["asks_help"] == 0
        assert await ids(asker, country=home.country, only="help") == []


async def test_quiet_is_where_nothing_happened_for_weeks(house, nora, petra, country, today):
    lively = await a_lively_one(house, country, today)
    quiet, new = [await a_cluster(house, country=country) for _ in range(2)]
    since = today - timedelta(days=50)
    await formed(house, quiet, today - timedelta(days=120))
    await formed(house, new, today - timedelta(days=3))
    await happened(house, quiet, since, quiet.mentor)
    for asker in (nora, petra):
        found = {row["cluster_id"]: row["quiet_since"] for row in await rows(asker, country=country)}
        assert found == {lively.id: None, quiet.id: str(since), new.id: None}
        assert await ids(asker, only="quiet", country=country) == [quiet.id]
        (summed_up,) = (await overview(asker, country=country))["countries"]
        assert (summed_up["clusters"], summed_up["quiet"]) == (3, 1)
    told(await support(nora, country, on_request_from=9))
    assert await ids(nora, only="quiet") == await ids(petra, only="quiet", country=country) == []


async def test_schools_that_are_quiet_are_named_while_they_are_guided(house, nora, country, today):
    cluster = await a_cluster(house, country=country)
    await formed(house, cluster, today - timedelta(days=120))
    await happened(house, cluster, today - timedelta(days=2), cluster.mentor)
    await happened(house, cluster, today - timedelta(days=60), cluster.mentee)
    assert (await row_of(nora, cluster))["quiet_schools"] == []
    told(await support(nora, country))
    assert (await row_of(await an_official(house, "programme_coordinator"), cluster, country=country))[
        "quiet_schools"
    ] == []
    ((name,),) = await house.rows("clusters", "select name from school where id = $1", cluster.mentee)
    row = await row_of(nora, cluster)
    assert (row["quiet_since"], row["quiet_schools"]) == (None, [name])
    await happened(house, cluster, today - timedelta(days=1), cluster.mentee)
    assert (await row_of(nora, cluster))["quiet_schools"] == []


async def test_a_list_is_walked_to_its_end_in_the_order_of_its_names(house, nora, country, today):
    names = {name: (await a_lively_one(house, country, today, name)).id for name in ("Zeta", "beta", "Ähre", "Same")}
    twice = [names["Same"], (await a_lively_one(house, country, today, "Same")).id]
    whole = await rows(nora, limit=100)
    assert [row["name"] for row in whole] == ["Ähre", "beta", "Same", "Same", "Zeta"]
    assert [row["cluster_id"] for row in whole][2:4] == sorted(twice)
    for limit in (1, 2, 3):
        assert await rows(nora, limit=limit) == whole
    await ask_all(nora, house, twice, today)
    for only in ("late", None):
        assert await ids(nora, limit=1, **{"only": only} if only else {}) == (
            sorted(twice) if only else [row["cluster_id"] for row in whole]
        )


async def ask_all(nora, house, clusters, today):
    """Something of these clusters that is late."""
    for cluster_id in clusters:
        ((country,),) = await house.rows("clusters", "select country from cluster where id = $1", cluster_id)
        said = {"title": f"Hand in {cluster_id}", "due": str(today + timedelta(days=9)), "cluster_ids": [cluster_id]}
        todo = told(await nora.clusters.post(f"/v1/countries/{country}/todos", json=said), 201)
        await house.rows("clusters", "update todo set due = $2 where id = $1", todo["id"], today - timedelta(days=1))


async def test_what_cannot_be_asked_is_said_beside_its_cause(petra):
    of_both = {"year": (1999, 2101), "kind": ("coffee",), "country": ("cz", "' or")}
    of_list = {"only": ("loud",), "limit": (0, 101), "after": ("tomorrow", "WyJhIl0")}
    for path, fields in zip(PATHS, (of_both, of_both | of_list), strict=True):
        for field, values in fields.items():
            for wrong in values:
                assert [*wrong_fields(await petra.clusters.get(path, params={field: wrong}))] == [f"/{field}"]


async def test_each_year_has_its_own_sums(house, nora, home, events):
    for year, count in ((LAST, 4), (YEAR, 2)):
        for month in (date(year, 9, 1), date(year, 10, 1), date(year + 1, 8, 1)):
            several = [a_sum(home, kind, count, month, home.mentor) for kind in ("came", "people")]
            told(await tell(events, *several), 204)
    told(await tell(events, a_sum(home, "came", 100, date(YEAR + 1, 9, 1), home.mentor)), 204)
    months = {f"{LAST}-09": 4, f"{LAST}-10": 4, f"{YEAR}-08": 4}
    before = await overview(nora, year=LAST)
    assert (before["year"], before["totals"], before["nudges"]) == (LAST, {"came": 12}, [])
    assert before["countries"][0]["months"] == (await row_of(nora, home, year=LAST))["months"] == months
    now = await overview(nora)
    assert now == await overview(nora, year=YEAR)
    assert (now["totals"], now["countries"][0]["months"]) == ({"came": 4}, {f"{YEAR}-09": 2, f"{YEAR}-10": 2})
    assert (await row_of(nora, home))["months"] == {f"{YEAR}-09": 2, f"{YEAR}-10": 2}
    ahead = await overview(nora, year=YEAR + 2)
    assert (ahead["totals"], ahead["countries"][0]["months"]) == ({}, {})


async def test_each_kind_has_its_own_months_and_meetings_to_come_stand_apart(house, nora, home, events, today):
    ahead = (today + timedelta(days=40)).replace(day=1)
    told(
        await tell(
            events,
            a_sum(home, "meetings", 2, today.replace(day=1)),
            a_sum(home, "entries", 3, today.replace(day=1), home.mentee),
            a_sum(home, "meetings", 1, ahead),
            a_sum(home, "hosted", 1, ahead, home.mentor),
        ),
        204,
    )
    for kind, months in (("meetings", {f"{today:%Y-%m}": 2}), ("entries", {f"{today:%Y-%m}": 3}), ("hosted", {})):
        (summed_up,) = (await overview(nora, kind=kind))["countries"]
        row = await row_of(nora, home, kind=kind)
        assert summed_up["months"] == row["months"] == months
        assert summed_up["planned"] == row["planned"] == {f"{ahead:%Y-%m}": 1}
    assert (await overview(nora))["totals"] == {"meetings": 2, "entries": 3}


async def test_a_closed_cluster_stays_in_its_year_and_nothing_waits_there(house, nora, country, today):
    stays, shut = [await a_lively_one(house, country, today) for _ in range(2)]
    told(await ask(shut.cara, shut), 201)
    await a_plan(shut.anna, shut, MILESTONE)
    await formed(house, shut, today - timedelta(days=90))
    before = await overview(nora)
    assert await ids(nora, only="help") == await ids(nora, only="late") == [shut.id]
    told(await close(nora, shut))
    after = await overview(nora)
    assert (after["countries"][0]["clusters"], after["countries"][0]["asks_help"]) == (2, 0)
    assert {row["cluster_id"]: row["is_closed"] for row in await rows(nora)} == {stays.id: False, shut.id: True}
    row = await row_of(nora, shut)
    assert (row["asks_help"], row["late"], row["quiet_since"]) == (0, 0, None)
    for only in ("help", "late", "quiet"):
        assert await ids(nora, only=only) == []
    assert after["totals"] == before["totals"]
    assert shut.id not in {one["cluster_id"] for one in after["nudges"]}
    await house.rows("clusters", "update cluster set closed_at = $2 where id = $1", shut.id, at(date(YEAR, 8, 31)))
    assert await ids(nora) == [stays.id]
    assert {*await ids(nora, year=LAST)} == {stays.id, shut.id}


def at(day):
    return datetime.combine(day, time(12), UTC)


async def test_a_country_without_clusters_is_empty(nora, petra, country):
    (summed_up,) = (found := await overview(nora, country=country))["countries"]
    assert summed_up == {
        "country": country, "clusters": 0, "schools": 0, "in_development_plans": 0, "quiet": 0, "asks_help": 0,
        "level": summed_up["level"], "months": {}, "planned": {},
    }  # fmt: skip
    assert (found["totals"], found["nudges"]) == ({}, [])
    assert await rows(nora, country=country) == []
    for path in PATHS:
        assert refusal(await petra.clusters.get(path, params={"country": country})) == (404, "not-found")
    assert country not in {one["country"] for one in (await overview(petra))["countries"]}


async def test_a_house_without_clusters_is_empty(petra, monkeypatch):
    async def none(pool, span):
        return []

    monkeypatch.setattr(queries, "countries_with_clusters", none)
    found = await overview(petra)
    assert (found["countries"], found["totals"], found["nudges"]) == ([], {}, [])
    assert await rows(petra) == []


async def test_who_coordinates_two_countries_sees_both(house, nora, home, today):
    abroad = await a_cluster(house, country=next(COUNTRIES))
    second = await an_official(house, "national_coordinator", abroad.country)
    await house.rows("clusters", "update office set person_id = $2 where person_id = $1", second.id, nora.id)
    found = await overview(nora)
    assert {one["country"] for one in found["countries"]} == {home.country, abroad.country}
    assert found["first"] == "months"
    assert {*await ids(nora)} == {home.id, abroad.id}
    assert {one["cluster_id"] for one in found["nudges"]} <= {home.id, abroad.id}

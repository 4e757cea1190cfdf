"""What web asks of overviews is what clusters answers; and of the events of a month."""

from datetime import timedelta
from uuid import UUID

from kit.clock import now
from tests.clusters.overviews.looking import COUNTRIES, all_told, formed
from tests.contracts.conftest import refused
from tests.diaries.writing import published
from tests.events.making import announce
from tests.people import a_cluster, an_official
from web.clients.clusters.overviews import Overviews
from web.clients.events.events import Events


async def test_overviews(house, asked_as):
    cluster = await a_cluster(house, country=next(COUNTRIES))
    nora = await an_official(house, "national_coordinator", cluster.country)
    await published(cluster.cara, cluster)
    await house.catch_up()
    overviews, cluster_id = asked_as(nora, Overviews), UUID(cluster.id)
    month = f"{now():%Y-%m}"
    found = await overviews.show("entries")
    (of_country,) = found.countries
    assert (of_country.clusters, of_country.quiet, of_country.asks_help) == (1, 0, 0)
    assert (of_country.months, found.totals) == ({month: 1}, {"entries": 1})
    assert (
        (of_country.schools, of_country.in_development_plans) == (found.schools, found.in_development_plans) == (2, 0)
    )
    assert await refused(overviews.show(country="CZ")) == 404
    page = await overviews.clusters("entries", country=cluster.country, year=None, only=None, after=None)
    (row,) = page.items
    assert (row.cluster_id, row.months, row.late, page.next) == (cluster_id, {month: 1}, 0, None)
    assert (row.schools, row.in_development_plans) == (2, 0)
    assert await overviews.every_cluster("entries", country=None, year=None) == page.items
    assert (await overviews.clusters("people", country=None, year=None, only="late", after=None)).items == []


async def test_of_one_cluster(house, asked_as):
    cluster = await a_cluster(house, country=next(COUNTRIES))
    cluster_id, today = UUID(cluster.id), now().date()
    await formed(house, cluster, today - timedelta(days=150))
    await all_told(house)
    overviews = asked_as(cluster.anna, Overviews)
    found = await overviews.of_cluster(cluster_id)
    assert {school.name for school in found.quiet} == {school.name for school in found.schools}
    assert "rest_nudges" in found.can
    await overviews.rest(cluster_id, UUID(cluster.mentee), today + timedelta(days=9))
    found = await overviews.of_cluster(cluster_id)
    assert [str(school.school_id) for school in found.quiet] == [cluster.mentor]
    await overviews.rest(cluster_id, UUID(cluster.mentee), None)
    assert len((await overviews.of_cluster(cluster_id)).quiet) == 2
    await published(cluster.cara, cluster)
    await house.catch_up()
    found = await overviews.of_cluster(cluster_id, "entries", month=f"{today:%Y-%m}")
    assert [school.sum_of("entries", "comments") for school in found.schools] == [0, 1]
    assert (await overviews.of_cluster(cluster_id, year=found.year - 3)).schools == []


async def test_support(house, asked_as):
    country = next(COUNTRIES)
    overviews = asked_as(await an_official(house, "national_coordinator", country), Overviews)
    usual = await overviews.support(country)
    assert (usual.version, [each.level for each in usual.levels]) == (0, ["guided", "light_touch", "on_request"])
    await overviews.choose_support(country, usual.version, None, 9)
    chosen = await overviews.support(country)
    assert (chosen.version, chosen.level, "choose" in chosen.can) == (1, "on_request", True)
    assert await refused(overviews.choose_support(country, 0, None, None)) == 412
    petra = asked_as(await an_official(house, "programme_coordinator"), Overviews)
    assert await refused(petra.choose_support(country, 1, None, None)) == 403


async def test_the_events_of_a_month(cluster, asked_as):
    event = await announce(cluster.anna, cluster, 5, days=40, zone="UTC")
    events, month = asked_as(cluster.cara, Events), event["starts_at"][:7]
    page = await events.of_month(UUID(cluster.id), month)
    assert ([str(each.id) for each in page.items], page.next) == ([event["id"]], None)

"""How clusters do, in the browser: a country at a glance, one cluster, a month, a school; and how closely one looks."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from kit.clock import now
from tests.diaries.writing import published
from tests.events.making import announce
from tests.events.test_attendance import mark
from tests.people import a_cluster, an_official, told
from tests.web.browser import errors, fields_of, form_to


@pytest.fixture
async def nora(house, web):
    return await web.signed_in(await an_official(house, "national_coordinator", "CZ"))


@pytest.fixture
async def met(house, cluster):
    """A cluster that met a day ago and wrote about it."""
    event = await announce(cluster.anna, cluster, 5, days=-1)
    told(await mark(cluster.anna, event, cluster.cara, cluster.dan, cluster.marie))
    await published(cluster.cara, cluster)
    await house.catch_up()
    return event


MONTH = f"{(now() - timedelta(days=1)).astimezone(ZoneInfo('Europe/Prague')):%Y-%m}"


async def long_ago(house, cluster):
    """It was formed in spring, its schools came then, and all that happened since is counted."""
    told_all = "insert into activity_source values ('events', now()), ('diaries', now()) on conflict do nothing"
    await house.rows("clusters", told_all)
    await house.rows("clusters", "update cluster set formed_at = now() - interval '150 days' where id = $1", cluster.id)
    since = "update membership set begun_at = now() - interval '150 days' where cluster_id = $1"
    await house.rows("clusters", since, cluster.id)


def row_of(page, name):
    return next(row for row in page.select("table.heat tbody tr") if name in row.select_one("th").text)


async def test_a_figure_of_the_country_leads_to_its_reason(nora, cluster, house, met):
    name = (await house.rows("clusters", "select name from cluster where id = $1", cluster.id))[0]["name"]
    page, at = await nora.see("/overview"), f"/clusters/{cluster.id}/overview"
    while not any(name in row.text for row in page.select("table.heat tbody tr")):
        page = await nora.see(page.select_one('a[rel="next"]')["href"])
    row = row_of(page, name)
    assert row.select_one(f'a[href="{at}/{MONTH}"]').text.endswith("3")
    page = await nora.see(at)
    assert page.select_one("svg.pic[role=img]")
    page = await nora.see(f"{at}/{MONTH}")
    assert page.select_one(f'a[href="/events/{met["id"]}"]')
    assert "Teachers reached: 2" in page.select_one("section[aria-labelledby=schools]").text


async def test_files_say_what_the_pages_say_and_name_nobody(nora, cluster, met):
    for path in ("/overview.csv", f"/clusters/{cluster.id}/overview.csv"):
        answer = await nora.http.get(path)
        assert answer.status_code == 200
        said = answer.content.decode("utf-8-sig")
        assert "Cara" not in said
        assert ";" in said or "," in said
    assert (await nora.http.get("/overview.xlsx")).content.startswith(b"PK")


async def test_who_has_no_office_sees_no_country(web, cluster):
    anna = await web.signed_in(cluster.anna)
    await anna.see("/overview", 403)
    assert (await anna.http.get("/overview.csv")).status_code == 403
    page = await anna.see(f"/clusters/{cluster.id}")
    assert page.select_one(f'a[href="/clusters/{cluster.id}/overview"]')


async def test_a_quiet_school_is_told_to_its_coordinators_who_let_it_rest(house, web, cluster):
    await long_ago(house, cluster)
    anna, dan = await web.signed_in(cluster.anna), await web.signed_in(cluster.dan)
    at = f"/clusters/{cluster.id}/overview"
    page = await anna.see(at)
    assert len(page.select("section[aria-labelledby=quiet] li")) == 2
    assert not (await dan.see(at)).select("section[aria-labelledby=quiet]")
    page = await anna.see(f"{at}/schools/{cluster.mentee}")
    answer = await anna.submit(form_to(page, "/nudge-rests"), rest="year")
    assert (answer.status, answer.path) == (303, at)
    assert answer.page.select_one(".flash p")
    assert len(answer.page.select("section[aria-labelledby=quiet] li")) == 1
    ben = await web.signed_in(cluster.ben)
    assert len((await ben.see(at)).select("section[aria-labelledby=quiet] li")) == 2
    await anna.see(f"{at}/schools/{cluster.id}", 404)


async def test_a_nudge_stands_on_today_until_it_is_let_rest(house, web):
    cluster = await a_cluster(house, country="SI")
    await long_ago(house, cluster)
    nora = await web.signed_in(await an_official(house, "national_coordinator", "SI"))
    page = await nora.see("/")
    nudges = page.select_one("section[aria-labelledby=nudges]")
    assert nudges.select_one(f'a[href="/clusters/{cluster.id}/overview"]')
    answer = await nora.submit(form_to(nudges, "/nudge-rests"))
    assert (answer.status, answer.path) == (303, "/")
    assert not answer.page.select(f'a[href="/clusters/{cluster.id}/overview"]')


async def test_support_is_chosen_and_a_wrong_order_is_said_beside_it(nora):
    page = await nora.see("/countries/CZ/support")
    answer = await nora.submit(form_to(page, "/support"), light="4", asked="2")
    assert (answer.status, set(errors(answer.page))) == (422, {"asked"})
    assert fields_of(form_to(answer.page, "/support"))["light"] == "4"
    answer = await nora.submit(form_to(answer.page, "/support"), light="11", asked="")
    assert answer.status == 303
    page = await nora.see("/countries/CZ/support")
    assert fields_of(form_to(page, "/support"))["light"] == "11"
    assert len(page.select("section[aria-labelledby=levels] tbody tr")) == 7


async def test_two_who_choose_at_once_see_each_other(house, web, nora):
    other = await web.signed_in(await an_official(house, "national_coordinator", "CZ"))
    mine = form_to(await nora.see("/countries/CZ/support"), "/support")
    theirs = form_to(await other.see("/countries/CZ/support"), "/support")
    assert (await other.submit(theirs, light="12", asked="3")).status == 303
    answer = await nora.submit(mine, light="2", asked="5")
    assert answer.status == 412
    assert fields_of(form_to(answer.page, "/support"))["light"] == "2"
    assert (await nora.submit(form_to(answer.page, "/support"))).status == 303


async def test_the_programme_sees_countries_beside_each_other(house, web):
    petra = await web.signed_in(await an_official(house, "programme_coordinator"))
    await a_cluster(house, country="JO")
    await house.catch_up()
    page = await petra.see("/overview")
    assert page.select_one('a[href^="/overview?kind=people&country=JO"]')
    page = await petra.see("/overview?country=JO")
    assert page.select("table.heat tbody tr")
    await petra.see("/overview?country=jordan", 404)


async def test_a_month_that_is_none_is_not_there(nora, cluster):
    await nora.see(f"/clusters/{cluster.id}/overview/2026-13", 404)

"""The guide of the first weeks: for each role another, ticked off by what somebody did, and gone when it is done."""

import pytest

from tests.diaries.writing import published
from tests.events.making import announce, ask, site
from tests.people import an_official, told
from tests.web.browser import form_to


def steps(page):
    return {
        link["href"].split("/")[1]: item.select_one(".good") is not None
        for item in page.select("section[aria-labelledby=guide] li")
        for link in item.select("a")
    }


async def test_a_teachers_list_ticks_itself_and_goes(house, web, cluster):
    cara = await web.signed_in(cluster.cara)
    page = await cara.see("/")
    assert steps(page) == {"profile": False, "events": False, "entries": False}
    year = await cara.see(page.select_one("section[aria-labelledby=guide] > p > a")["href"])
    assert {link["href"] for link in year.select("main ol a")} >= {"/events/new", "/entries/new", "/clusters"}
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, site(event)))
    assert steps(await cara.see("/"))["events"] is True
    await published(cluster.cara, cluster)
    assert steps(await cara.see("/"))["entries"] is True
    page = await cara.see("/profile/hearing")
    await cara.submit(form_to(page, "/profile/hearing"), every="week")
    assert steps(await cara.see("/")) == {}


async def test_who_leads_a_school_is_led_to_it(web, cluster, ben):
    page = await ben.see("/")
    assert page.select(f"section[aria-labelledby=guide] a[href='/schools/{cluster.mentee}/edit']")
    assert "1 of 4 done" in page.text  # there are colleagues already, and who plans meetings is the mentor


@pytest.mark.parametrize(("kind", "country"), [("national_coordinator", "CZ"), ("programme_coordinator", None)])
async def test_offices_have_their_own(house, web, kind, country):
    official = await an_official(house, kind, country)
    assert told(await official.clusters.get("/v1/me/guide"))["role"] == kind
    page = await (await web.signed_in(official)).see("/")
    assert ("profile" in steps(page), "programme" in steps(page)) == (True, country is None)


async def test_what_others_did_is_no_step_of_mine(house, web):
    """Of two who coordinate the programme, the one who named a national coordinator has done it."""
    first, second = [await an_official(house, "programme_coordinator") for _ in range(2)]
    nora = {"name": "N", "mail": "nora@guide.test", "kind": "national_coordinator", "country": "PT"}
    told(await first.clusters.post("/v1/offices/invitations", json=nora), 201)
    known = [told(await each.clusters.get("/v1/me/guide")) for each in (first, second)]
    assert ["name_national" in one["done"] for one in known] == [True, False]
    assert ["name_national" in one["by_others"] for one in known] == [False, True]
    pages = [steps(await (await web.signed_in(each)).see("/")) for each in (first, second)]
    assert [page.get("offices") for page in pages] == [True, None]


async def test_it_is_put_away_until_somebody_becomes_something_else(house, web, cluster):
    dan = await web.signed_in(cluster.dan)
    answer = await dan.submit(form_to(await dan.see("/"), "/guide/end"))
    assert steps(answer.page) == {}
    await web.hear()
    assert steps(await dan.see("/")) == {}
    later = "update staff set began_at = now() + interval '1 minute' where person_id = $1"
    await house.rows("clusters", later, cluster.dan.id)
    assert told(await cluster.dan.clusters.get("/v1/me"))["has_guide"] is True


async def test_after_six_weeks_it_is_gone(house, web, cluster):
    long_ago = "update staff set began_at = now() - interval '43 days' where person_id = $1"
    await house.rows("clusters", long_ago, cluster.marie.id)
    marie = await web.signed_in(cluster.marie)
    assert steps(await marie.see("/")) == {}

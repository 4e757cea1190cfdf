"""Today, for each role: what waits, what is next, and how the year goes."""

import pytest

from tests.clusters.doors.test_joining import a_led_school, asked
from tests.diaries.writing import comment, published, start
from tests.events.making import announce
from tests.events.test_attendance import mark
from tests.people import a_cluster, a_person, a_school, an_official, told
from tests.web.browser import form_to
from tests.web.checks import FILLED


@pytest.fixture
async def cara(web, cluster):
    return await web.signed_in(cluster.cara)


def words(part):
    return " ".join(part.text.split())


def figures(page, part):
    return {words(figure.dt): words(figure.dd) for figure in page.select(f"[aria-labelledby={part}] .figures > div")}


async def test_the_year_so_far_says_what_was_held_who_came_and_who_has_written(ben, cluster):
    assert figures(await ben.see("/"), "year") == {"meetings": "0", "schools": "0 of 2", "entries": "0"}
    for days in (-3, -2, 3):
        event = await announce(cluster.anna, cluster, 5, days=days)
        if days == -3:
            told(await mark(cluster.anna, event, cluster.cara, cluster.dan))
    cancelled = await announce(cluster.anna, cluster, 5, days=2)
    told(await cluster.anna.events.post(f"/v1/events/{cancelled['id']}/cancellation", json={"reason": ""}), 201)
    await published(cluster.cara, cluster)
    page = await ben.see("/")
    assert figures(page, "year") == {"meetings": "2", "schools": "1 of 2", "entries": "1"}
    assert sorted(words(line.select_one(".quiet")) for line in page.select(".tally > li")) == ["1 entry", "not yet"]


async def test_a_meeting_of_last_year_counts_for_last_year(cara, cluster):
    await announce(cluster.anna, cluster, 5, days=-400)
    assert figures(await cara.see("/"), "year")["meetings"] == "0"


async def test_what_waits_stands_first_and_only_the_most_urgent_is_filled(ben, cluster):
    event = await announce(cluster.anna, cluster, 5)
    for _ in range(2):
        await start(cluster.ben, cluster)
    page = await ben.see("/")
    assert page.select("main section")[0]["aria-labelledby"] == "waiting"
    waiting = page.select_one("[aria-labelledby=waiting]")
    assert [button["href"].endswith("/edit") for button in waiting.select("a.button")[-2:]] == [True, True]
    assert len(page.select(f"main :is({FILLED})")) == 1
    assert waiting.select_one(FILLED) == waiting.select("a.button")[0]
    assert page.select_one(f'[aria-labelledby=next] a.plain[href="/events/{event["id"]}"]')
    assert "Draft, only you see it" in waiting.text


async def test_who_never_shared_is_offered_the_smallest_first_share(web, cara, cluster):
    assert not (await cara.see("/")).select("[aria-labelledby=first-share]")
    entry = await published(cluster.anna, cluster)
    assert not (await cara.see("/")).select("[aria-labelledby=first-share]"), "the guide says it in the first weeks"
    await put_guide_away(cara)
    card = (await cara.see("/")).select_one("[aria-labelledby=first-share]")
    assert [link["href"] for link in card.select("a")] == [
        f"/entries/{entry}", f"/entries/{entry}#conversation", "/entries/new",
    ]  # fmt: skip
    assert not (await (await web.signed_in(cluster.anna)).see("/")).select("[aria-labelledby=first-share]")
    told(await comment(cluster.cara, entry, "takeaway"), 201)
    assert not (await cara.see("/")).select("[aria-labelledby=first-share]")


async def put_guide_away(browser):
    assert (await browser.submit(form_to(await browser.see("/"), "/guide/end"))).status == 303


async def test_a_national_coordinator_sees_the_clusters_of_the_country_and_no_page_of_a_teacher(web, house):
    country = "LV"
    quiet, lively = await a_cluster(house, country="CZ"), await a_cluster(house, country="CZ")
    await announce(lively.anna, lively, 5, days=-1)
    await announce(lively.anna, lively, 5, days=4)
    await published(lively.cara, lively)
    await announce(quiet.anna, quiet, 5, days=-60)
    browser = await web.signed_in(await an_official(house, "national_coordinator", "CZ"))
    lines = {}
    page = await browser.see("/")
    assert not page.select("[aria-labelledby=next], [aria-labelledby=year], [aria-labelledby=new]")
    assert set(figures(page, "month")) == {"meetings", "entries"}
    while page:
        for line in page.select("[aria-labelledby=clusters] .list > li"):
            lines[line.a["href"].rpartition("/")[2]] = words(line)
        more = page.select_one("[aria-labelledby=clusters] a[rel=next]")
        page = await browser.see("/" + more["href"]) if more else None
    assert "1 entry this month" in lines[lively.id]
    assert "met on" in lines[quiet.id]
    abroad = await web.signed_in(await an_official(house, "national_coordinator", country))
    page = await abroad.see("/")
    assert page.select_one("[aria-labelledby=clusters] .nothing")
    assert figures(page, "month") == {"meetings": "0", "entries": "0"}


async def test_the_programme_coordinator_sees_the_countries_in_sums(web, house):
    for country in ("CZ", "JO"):
        cluster = await a_cluster(house, country=country)
        await published(cluster.cara, cluster)
    page = await (await web.signed_in(await an_official(house, "programme_coordinator"))).see("/")
    countries = {
        words(line.span): words(line.select_one(".quiet")) for line in page.select("[aria-labelledby=month] li")
    }
    assert {"Czechia", "Jordan"} <= set(countries)
    assert all("entr" in said for said in countries.values())


async def test_who_leads_a_school_in_no_cluster_reads_what_it_can_do(web, house, cluster):
    school, leader = await a_led_school(house)
    await house.hear()
    browser = await web.signed_in(leader)
    for path in ("/", "/clusters"):
        (way,) = (await browser.see(path)).select("p.nothing a[href^='/schools/']")
        assert way["href"] == f"/schools/{school}"
    asked_into = await asked(await an_official(house, "programme_coordinator"), cluster.id, school)
    browser = await web.signed_in(leader)
    (way,) = (await browser.see("/clusters")).select("p.nothing a")
    assert way["href"] == f"/school-invitations/{asked_into['id']}"


async def test_who_belongs_nowhere_and_who_belongs_to_three_have_a_sensible_page(web, house, cluster):
    alone = await a_person(house, await a_school(house))
    await house.hear()
    page = await (await web.signed_in(await house.as_person(alone["person_id"]))).see("/")
    assert page.select_one("[aria-labelledby=here]")
    assert not page.select("[aria-labelledby=year]")
    demo = await house.as_service("demo")
    for _ in range(2):
        other = await a_cluster(house)
        member = {"school_id": cluster.mentee, "role": "mentee"}
        told(await demo.clusters.post(f"/v1/clusters/{other.id}/memberships", json=member), 201)
    await web.hear()
    page = await (await web.signed_in(cluster.cara)).see("/")
    assert len(page.select(".head .over bdi")) == 3
    assert figures(page, "year")["schools"] == "0 of 6"


async def test_nobody_is_called_quiet_while_the_diaries_do_not_answer(web, house, cluster):
    await announce(cluster.anna, cluster, 5, days=-60)
    browser = await web.signed_in(await an_official(house, "programme_coordinator"))
    web.house.hosts.remove("diaries")
    try:
        page = await browser.see("/")
    finally:
        web.house.hosts.add("diaries", web.house.apps["diaries"])
    assert page.select("[aria-labelledby=clusters] li")
    assert not page.select("[aria-labelledby=clusters] .chip.warn")


async def test_a_cluster_of_which_nobody_has_heard_yet_is_not_called_empty(web, house, cluster):
    school = await a_school(house)
    newcomer = await a_person(house, school)
    await house.hear()
    demo = await house.as_service("demo")
    member = {"school_id": school, "role": "mentee"}
    told(await demo.clusters.post(f"/v1/clusters/{cluster.id}/memberships", json=member), 201)
    browser = await web.signed_in(await house.as_person(newcomer["person_id"]))
    page = await browser.see("/")
    for part in ("next", "new"):
        assert page.select_one(f"[aria-labelledby={part}] .missing[role=status] a[href='/']")
    assert not page.select("main .nothing a")
    assert figures(page, "year") == {}
    await web.hear()
    page = await browser.see("/")
    assert page.select_one("[aria-labelledby=next] .nothing")
    assert figures(page, "year")["meetings"] == "0"

"""What was done here: for who looks after a cluster, a school, a country, the programme; of three services at once."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.acts.asking import aims
from tests.acts.test_walking import BEGUN, FILL
from tests.diaries.writing import comment, published
from tests.events.making import announce
from tests.people import a_cluster, an_official, told
from tests.web.browser import errors, fields_of, form_to
from tests.web.test_sheets import links_to_files, rows_of
from web.clients.acts import Act, ActPage
from web.pages.acts import sheet
from web.pages.acts.merging import END, merged


@pytest.fixture
def without(web):
    @contextmanager
    def stopped(service):
        web.house.hosts.remove(service)
        try:
            yield
        finally:
            web.house.hosts.add(service, web.house.apps[service])

    return stopped


def lines(page):
    """What stands on the page, a text for each act."""
    return [" ".join(line.get_text(" ", strip=True).split()) for line in page.select("main .list > li")]


def hour(line):
    """A line without the hour, which comes after the dot."""
    return line.partition(" · ")[0]


async def test_a_coordinator_reads_what_was_done_in_his_cluster(cluster, ben):
    await aims(cluster.anna, cluster.id)
    event = await announce(cluster.anna, cluster, 5)
    entry_id = await published(cluster.cara, cluster)
    told(await comment(cluster.dan, entry_id), 201)
    page = await ben.see(f"/clusters/{cluster.id}")
    path = f"/clusters/{cluster.id}/acts"
    assert page.select_one(f'a[href="{path}"]')
    page = await ben.see(path)
    commented, wrote, announced, changed = lines(page)[:4]
    assert hour(commented) == "Comment posted: Reading circle دان"
    assert hour(wrote) == "Entry published: Reading circle Cara Sykes"
    assert hour(announced) == "Meeting announced: Writing together Anna Nováková"
    assert hour(changed) == "Priorities and goals of the cluster changed Anna Nováková"
    assert page.select_one(f'main a[href="/events/{event["id"]}"]')
    assert page.select_one(f'main a[href="/entries/{entry_id}"]')
    assert page.select_one(f'main a[href="/schools/{cluster.mentee}"]')


async def test_an_act_of_an_office_is_marked_and_a_teacher_of_a_bottom_up_cluster_reads_it(house, web):
    cluster = await a_cluster(house, "bottom_up")
    await aims(await an_official(house, "national_coordinator", "CZ"), cluster.id)
    await published(cluster.anna, cluster)
    cara = await web.signed_in(cluster.cara)
    page = await cara.see(f"/clusters/{cluster.id}/acts")
    (line,) = [one for one in lines(page) if "Priorities" in one]
    assert line.startswith("Priorities and goals of the cluster changed Olga ·")
    assert line.endswith("as national coordinator: Czechia")
    assert not [one for one in lines(page) if "Entry" in one]
    assert "You see what you did yourself" in page.get_text()


@pytest.mark.parametrize("of", ["school", "country", "programme"])
async def test_who_may_not_read_it_is_told_who_may(house, web, cluster, of):
    await house.hear()
    path = {"school": f"/schools/{cluster.mentee}", "country": "/countries/CZ", "programme": ""}[of] + "/acts"
    official = await an_official(house, "programme_coordinator")
    await web.hear()
    browser = await web.signed_in(official)
    page = await browser.see(path)
    assert lines(page)
    cara = await web.signed_in(cluster.cara)
    assert (await cara.see(path, status=403)).select_one("h1")
    assert (await cara.http.get(f"{path}.csv")).status_code == 403
    for above in {"school": [f"/schools/{cluster.mentee}"], "country": [], "programme": ["/clusters", "/offices"]}[of]:
        assert f'href="{path}' in str(await browser.see(above))


async def test_a_country_that_is_none_has_no_page(house, web, cluster):
    await a_cluster(house)
    browser = await web.signed_in(await an_official(house, "national_coordinator", "CZ"))
    await browser.see("/countries/XX/acts", status=404)
    page = await browser.see("/countries/CZ/acts")
    assert page.select_one("h1")
    assert 'href="/countries/CZ/acts"' in str(await browser.see("/clusters"))


async def test_it_is_narrowed_down_and_walked_to_its_end(house, cluster, ben):
    await announce(cluster.anna, cluster, 5)
    data = '{"tool_id": "' + str(uuid4()) + '", "kind": "lms", "name": "Moodle"}'
    await house.rows("clusters", FILL, BEGUN, UUID(cluster.id), cluster.anna.id, data, 120)
    path = f"/clusters/{cluster.id}/acts"
    form = form_to(await ben.see(path), path, "get")
    assert fields_of(form) == {"about": "", "since": "", "until": ""}
    page = await ben.see(f"{path}?about=meetings")
    assert [hour(line) for line in lines(page)] == ["Meeting announced: Writing together Anna Nováková"]
    page, found = await ben.see(path), []
    while True:
        found += lines(page)
        more = page.select_one("a[rel=next]")
        if more is None:
            break
        page = await ben.see(path + more["href"])
    assert len([line for line in found if line.startswith(("Tool changed", "Priorities"))]) == 120
    assert len([line for line in found if line.startswith("Meeting announced")]) == 1
    day = BEGUN.date().isoformat()
    page = await ben.see(f"{path}?since={day}&until={day}")
    assert len(lines(page)) == 50
    assert fields_of(form_to(page, path, "get"))["since"] == day


async def test_what_is_no_day_is_said_beside_it_and_kept(cluster, ben):
    path = f"/clusters/{cluster.id}/acts"
    page = await ben.see(f"{path}?since=yesterday&about=people", status=422)
    assert errors(page) == {"since": "Give a day."}
    assert fields_of(form_to(page, path, "get")) | {"since": ""} == {"about": "people", "since": "", "until": ""}
    await ben.see(f"{path}?after=made.up", status=404)


async def test_a_service_that_is_away_leaves_a_sentence_and_its_acts_come_back(cluster, ben, without):
    await announce(cluster.anna, cluster, 5)
    path = f"/clusters/{cluster.id}/acts"
    with without("events"):
        page = await ben.see(path)
        assert [each.get_text(strip=True)[:34] for each in page.select(".missing")] == [
            "What was done about meetings is mi",
        ]
        assert not [line for line in lines(page) if "Meeting" in line]
        assert (await ben.http.get(f"{path}.csv")).status_code == 503, "a file is whole or is none"
    page = await ben.see(path)
    assert not page.select(".missing")
    assert [line for line in lines(page) if "Meeting" in line]


async def test_it_is_taken_away_as_a_file_whose_cells_are_harmless(cluster, ben, monkeypatch):
    await announce(cluster.anna, cluster, 5, title="=cmd|' /C calc'!A0")
    await published(cluster.anna, cluster, title="+1 idea")
    page = await ben.see(f"/clusters/{cluster.id}/acts?about=meetings")
    as_csv, as_xlsx = links_to_files(page)
    heads, row = rows_of(await ben.http.get(as_csv))
    assert heads[:6] == ["Day", "Time", "What was done", "What it was about", "More exactly", "Who did it"]
    assert row[2:6] == ["Meeting announced", "'=cmd|' /C calc'!A0", "", "Anna Nováková"]
    assert rows_of(await ben.http.get(as_xlsx))[1][3] == "=cmd|' /C calc'!A0"
    whole = rows_of(await ben.http.get(f"/clusters/{cluster.id}/acts.csv"))
    assert "'+1 idea" in {row[3] for row in whole}
    assert {"Entry published", "Meeting announced", "On the staff from now on"} <= {row[2] for row in whole}
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    page = await ben.see(f"/clusters/{cluster.id}/acts.csv", status=422)
    assert "10,000" in errors(page)["since"]


async def test_it_reads_in_czech_and_in_arabic(cluster, web):
    await announce(cluster.anna, cluster, 5)
    for person, heading in ((cluster.hana, "Co se tu dělo"), (cluster.dan, "ما جرى هنا")):
        browser = await web.signed_in(person)
        page = await browser.see(f"/clusters/{cluster.id}/acts")
        assert page.select_one("h1").get_text(strip=True) == heading


def an_act(minute, name="x"):
    said = dict.fromkeys(("actor", "office", "client_id", "country", "cluster", "school", "person", "thing", "detail"))
    at = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=minute)
    return Act(kind="event.changed", at=at, cursor=f"{name}{minute}", **said)


def answered(*minutes, name, more=None):
    return ActPage(items=[an_act(minute, name) for minute in minutes], next=more, everybodys=True)


def test_three_lists_are_one_that_goes_on_in_each_where_it_was():
    began = dict.fromkeys(("clusters", "events", "diaries"), "")
    pages = {
        "clusters": answered(9, 3, name="c", more="c3"),
        "events": answered(8, name="e"),
        "diaries": answered(7, 6, name="d"),
    }
    page = merged(pages, began, 3)
    assert ([act.cursor for act in page.items], page.next) == (["c9", "e8", "d7"], f"c9.{END}.d7")
    nothing = answered(name="e")
    pages = {"clusters": answered(3, name="c"), "events": nothing, "diaries": answered(6, name="d")}
    page = merged(pages, {"clusters": "c9", "events": END, "diaries": "d7"}, 3)
    assert ([act.cursor for act in page.items], page.next) == (["d6", "c3"], None)


def test_one_that_is_away_goes_on_where_it_was():
    began = {"clusters": "c9", "events": "e8", "diaries": END}
    pages = {"clusters": answered(3, 2, name="c"), "events": None, "diaries": answered(name="d")}
    assert merged(pages, began, 1).next == f"c3.e8.{END}"
    assert merged(pages, began, 2).next is None

"""The list of clusters in the browser: searched, narrowed down, walked, and taken away as a file."""

from datetime import date
from types import SimpleNamespace

import pytest

from tests.people import NUMBERS, an_official, told
from tests.web.test_sheets import links_to_files, rows_of
from web.pages.clusters.finding import formed_within


@pytest.fixture
async def named(house):
    """As many clusters of one name as need two pages."""
    name, demo = f"Řípská {next(NUMBERS)}", await house.as_service("demo")
    for n in range(21):
        new = {"name": f"{name} {n:02}", "country": "CZ", "approach": "top_down", "zone": "Europe/Prague"}
        told(await demo.clusters.post("/v1/clusters", json=new), 201)
    return name


@pytest.fixture
async def nora(house, web):
    return await web.signed_in(await an_official(house, "national_coordinator", "CZ"))


def names(page):
    return [link.text for link in page.select("section .what a")]


async def test_a_list_is_walked_to_its_end_and_keeps_what_was_asked(nora, named):
    page = await nora.see(f"/clusters?q={named.replace('Řípská', 'ripska')}&state=forming&country=CZ")
    assert names(page) == [f"{named} {n:02}" for n in range(20)]
    assert "0 schools · 0 people" in " ".join(page.select_one("section .what").text.split())
    following = page.select_one("a[rel=next]")["href"]
    assert "state=forming" in following
    page = await nora.see("/clusters" + following)
    assert names(page) == [f"{named} 20"]
    assert page.select_one("#state option[selected]")["value"] == "forming"


async def test_what_is_found_is_taken_away_as_a_file(nora, named):
    page = await nora.see(f"/clusters?q={named}&state=forming")
    for link in links_to_files(page):
        rows = rows_of(await nora.http.get(link))
        assert rows[0] == ["Cluster", "Country", "Who decides", "State", "Formed", "Schools", "People"]
        assert [row[0] for row in rows[1:]] == [f"{named} {n:02}" for n in range(21)]
        assert {row[3] for row in rows[1:]} == {"Forming"}


async def test_who_finds_nothing_gets_back_to_all_of_them(nora):
    page = await nora.see("/clusters?q=nowhere+near&approach=bottom_up")
    assert "No cluster is found by this." in page.text
    assert page.select_one(".nothing a")["href"] == "/clusters"


async def test_who_belongs_to_one_cluster_is_led_there_and_may_still_search(anna, cluster, named):
    assert (await anna.http.get("/clusters")).headers["location"] == f"/clusters/{cluster.id}"
    page = await anna.see(f"/clusters?q={named}")
    assert page.select_one(".nothing a")["href"] == "/clusters"
    assert page.select_one("form[role=search]")


def test_a_part_of_the_programme_is_from_its_first_day_until_the_next_begins():
    phases = [SimpleNamespace(id="a", begins=date(2026, 9, 1)), SimpleNamespace(id="b", begins=date(2027, 2, 1))]
    programme = SimpleNamespace(begins=date(2026, 9, 1), ends=date(2027, 6, 30), phases=phases)
    assert formed_within("year", programme) == (date(2026, 9, 1), date(2027, 7, 1))
    assert formed_within("earlier", programme) == (None, date(2026, 9, 1))
    assert formed_within("a", programme) == (date(2026, 9, 1), date(2027, 2, 1))
    assert formed_within("b", programme) == (date(2027, 2, 1), date(2027, 7, 1))
    assert formed_within("elsewhere", programme) == formed_within("year", None) == (None, None)

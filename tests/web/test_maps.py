"""Maps say in words what they show, wherever in the world the schools are."""

import math
from dataclasses import dataclass
from itertools import combinations

import pytest

from kit.maps.beyond import PLACES
from kit.maps.mercator import apart, flat, without_a_seam
from kit.maps.shapes import is_far_from
from tests.people import a_cluster
from tests.web.browser import form_to
from tests.web.test_sheets import changed
from web.maps.drawing import HIGH, MARGIN, WIDE, cut
from web.maps.places import ACROSS, DOWN, LEAST_OF_ONE, map_of
from web.maps.signs import REACH, standing

LOUNY, LENESICE, PERUC = (50.357, 13.797), (50.377, 13.77), (50.343, 13.96)


@dataclass(frozen=True)
class At:
    latitude: float | None
    longitude: float | None


def mapped(*places, country="CZ", **more):
    return map_of([At(*place) for place in places], country, **more)


def test_schools_on_one_spot_share_a_number():
    shown = mapped(LOUNY, PERUC, LOUNY, LENESICE)
    assert [(spot.number, spot.who) for spot, _ in shown.spots] == [(1, (0, 2)), (2, (1,)), (3, (3,))]
    assert [spot.far for spot, _ in shown.spots] == [0, 12, 3]


def test_neighbours_are_moved_apart_so_that_a_finger_finds_each():
    shown = mapped(LOUNY, LENESICE, PERUC)
    assert [spot.who for spot, _ in shown.spots] == [(0,), (1,), (2,)]
    assert all(math.dist(*pair) >= 2 * REACH for pair in combinations([(s.x, s.y) for s, _ in shown.spots], 2))
    assert [spot.is_moved for spot, _ in shown.spots] == [True, True, False]
    assert all(math.dist((spot.x, spot.y), spot.place) < REACH for spot, _ in shown.spots)


@pytest.mark.parametrize("count", [1, 2, 9, 24, 25, 200])
def test_however_many_stand_close_none_hides_another(count):
    close = [(50 + n % 14 * 7, 90 + n // 14 * 9) for n in range(count)]
    shown = standing(close, ACROSS, DOWN)
    assert sorted(who for _, _, group in shown for who in group) == [*range(count)]
    assert all(math.dist(one, other) >= 2 * REACH for (one, *_), (other, *_) in combinations(shown, 2))
    assert all(REACH <= x <= ACROSS - REACH and REACH <= y <= DOWN - REACH for (x, y), *_ in shown)


def test_a_school_without_a_place_is_no_spot():
    shown = mapped((None, None), LOUNY)
    assert (len(shown.spots), shown.without) == (1, [At(None, None)])
    nowhere = mapped((None, None))
    assert (nowhere.drawn, nowhere.spots, len(nowhere.without)) == (None, [], 1)


@pytest.mark.parametrize(
    ("country", "places"),
    [
        ("CZ", [LOUNY, LENESICE, PERUC]),
        ("FJ", [(-16.8, 179.97), (-16.9, -179.9), (-18.1, 178.4)]),
        ("RU", [(55.7, 37.6), (43.1, 131.9), (64.7, 177.5), (66.0, -172.0)]),
        ("FR", [(-20.9, 55.4), (-21.3, 55.5)]),
        ("US", [(21.3, -157.8), (61.2, -149.9), (40.7, -74.0)]),
        ("NO", [(89.9, 0.0), (-89.9, 179.9)]),
        ("XX", [(0.0, 0.0)]),
    ],
)
def test_every_place_in_the_world_is_on_its_map(country, places):
    shown = mapped(*places, country=country)
    assert sum(len(spot.who) for spot, _ in shown.spots) == len(places)
    for spot, _ in shown.spots:
        assert 0 < spot.x < ACROSS, spot
        assert 0 < spot.y < DOWN, spot
    assert 0 < shown.drawn.long < ACROSS
    assert len(shown.drawn.land.home + shown.drawn.land.near) < 100_000


def test_both_sides_of_the_edge_of_the_world_are_neighbours():
    one, other = flat(179.9, -16.0), flat(-179.9, -16.0)
    (west, _), (east, _) = without_a_seam([one, other])
    assert 0 < east - west < 100
    assert [spot.far for spot, _ in mapped((-16.0, 179.9), (-16.0, -179.9), country="FJ").spots] == [0, 21]


def test_neighbours_share_a_map_and_a_school_alone_stands_in_its_country():
    near = mapped(LOUNY, LENESICE)
    assert (len(near.spots), near.drawn.scale, near.drawn.inset is not None) == (2, 10, True)
    alone = mapped(LOUNY, least=LEAST_OF_ONE)
    assert (alone.drawn.scale, alone.drawn.inset) == (100, None)
    assert alone.drawn.land.borders


def test_land_is_cut_at_the_edge_of_the_drawing():
    around = [(-9_000, -9_000), (9_000, -9_000), (9_000, 9_000), (-9_000, 9_000)]
    corners = {(x, y) for x in (-MARGIN, WIDE + MARGIN) for y in (-MARGIN, HIGH + MARGIN)}
    assert set(cut(around)) == corners
    assert cut([(-900, -900), (-800, -900), (-800, -800)]) == []
    inside = [(1, 1), (2, 1), (2, 2)]
    assert cut(inside) == inside


def test_how_far_apart_places_are():
    assert round(apart((50.0, 14.0), (50.0, 14.0))) == 0
    assert round(apart((48.8566, 2.3522), (51.5074, -0.1278))) == 344  # Paris and London
    assert round(apart((0.0, 179.5), (0.0, -179.5))) == 111


@pytest.mark.parametrize(
    ("country", "place", "is_far"),
    [
        ("CZ", LOUNY, False),
        ("CZ", LOUNY[::-1], True),
        ("CZ", (50.0, 12.0), False),
        ("CZ", (48.2, 16.4), True),
        ("FJ", (-16.8, -179.9), False),
        ("RU", (66.0, -172.0), False),
        ("FR", (-21.0, 55.5), False),
        ("JO", (31.95, 35.93), False),
        ("XX", (0.0, 0.0), False),
        ("UA", (44.95, 34.1), False),  # Simferopol
        ("RU", (44.95, 34.1), False),
        ("PL", (44.95, 34.1), True),
        ("CY", (35.66, 34.57), False),  # Apostolos Andreas
        ("ES", (35.29, -2.94), False),  # Melilla
        ("ES", (33.97, -6.85), True),  # Rabat
    ],
)
def test_a_place_far_from_its_country_is_noticed(country, place, is_far):
    assert is_far_from(country, *place) is is_far


def test_an_island_that_is_not_drawn_is_in_its_country(monkeypatch):
    islands = [(country, *place) for country, places in PLACES.items() for place in places.values()]
    assert [island for island in islands if is_far_from(*island)] == []
    monkeypatch.setattr("kit.maps.shapes.PLACES", {})
    assert [island for island in islands if not is_far_from(*island)] == [], "these are drawn"


@pytest.fixture
async def placed(house):
    """A cluster of the test's own, with two schools on one spot."""
    cluster = await a_cluster(house)
    await changed(cluster.anna, cluster.mentor, name="ZŠ Louny", latitude=LOUNY[0], longitude=LOUNY[1])
    return cluster


async def test_the_map_says_what_it_shows_and_the_list_beside_it_too(web, placed):
    await changed(placed.ben, placed.mentee, name="ZŠ Peruc", latitude=PERUC[0], longitude=PERUC[1])
    page = await (await web.signed_in(placed.cara)).see(f"/clusters/{placed.id}")
    picture = page.select_one("svg.map")
    assert picture["role"] == "group"
    assert [(link["href"], link["aria-label"]) for link in picture.select("a")] == [
        (f"/schools/{placed.mentor}", "1: ZŠ Louny"),
        (f"/schools/{placed.mentee}", "2: ZŠ Peruc"),
    ]
    assert [link["href"] for link in page.select(".spots a")] == [link["href"] for link in picture.select("a")]
    assert page.find(id=picture["aria-labelledby"]).text == "Map of the schools"
    assert page.find(id=picture["aria-describedby"]).text == "1: ZŠ Louny, 2: ZŠ Peruc"
    assert [" ".join(row.text.split()) for row in page.select(".spots li")] == [
        "1 ZŠ Louny Praha",
        "2 ZŠ Peruc Praha 12 km",
    ]
    assert [text.text for text in picture.select("text")] == ["1", "2", "10 km"]


async def test_two_schools_on_one_spot_stand_at_one_number(web, placed):
    await changed(placed.ben, placed.mentee, name="ZŠ Peruc", latitude=LOUNY[0], longitude=LOUNY[1])
    page = await (await web.signed_in(placed.cara)).see(f"/clusters/{placed.id}")
    assert page.find(id="map-shows").text == "1: ZŠ Louny, ZŠ Peruc"
    assert [len(row.select(".what > span a")) for row in page.select(".spots li")] == [2]
    (link,) = page.select("svg.map a")
    assert (link["href"], link["aria-label"]) == ("#spot-1", "1: ZŠ Louny, ZŠ Peruc")
    assert page.select_one(".spots li#spot-1")


async def test_who_leads_a_school_without_a_place_is_asked_for_it(web, placed):
    link = f"a[href='/schools/{placed.mentee}/edit#latitude']"
    for who, may in ((placed.cara, False), (placed.anna, False), (placed.ben, True)):
        page = await (await web.signed_in(who)).see(f"/clusters/{placed.id}")
        assert page.find(id="no-place")
        assert bool(page.select(link)) is may
    page = await (await web.signed_in(placed.ben)).see(f"/schools/{placed.mentee}")
    assert page.select(link)
    page = await (await web.signed_in(placed.cara)).see(f"/schools/{placed.mentor}")
    assert page.find(id="map-shows").text == "ZŠ Louny"


async def test_a_place_far_away_is_asked_about_and_nothing_typed_is_lost(web, placed):
    ben = await web.signed_in(placed.ben)
    path = f"/schools/{placed.mentee}/edit"
    there = {"latitude": "13.97", "longitude": "50.34", "offers": "A garden."}
    answer = await ben.submit(form_to(await ben.see(path), "/edit"), **there)
    assert (answer.status, answer.page.select_one("#far").text) == (422, "Is this place right?")
    assert "The other way round, latitude and longitude would be in this country." in answer.page.text
    form = form_to(answer.page, "/edit")
    assert [form.select_one(f"#{name}").get("value") or form.select_one(f"#{name}").text.strip() for name in there] == [
        *there.values()
    ]
    assert not form.button.get("name"), "whoever presses Enter in a field has not said yes"
    moved = await ben.submit(form, "there", latitude="14.97")
    assert (moved.status, "14.97, 50.34" in moved.page.select_one("[aria-labelledby=far]").text) == (422, True)
    answer = await ben.submit(form, "there")
    assert answer.status == 303
    again = await ben.submit(form_to(await ben.see(path), "/edit"), offers="Two gardens.")
    assert again.status == 303, "what was said to be right is not asked again"
    wrong = await ben.submit(form_to(await ben.see(path), "/edit"), latitude="91")
    assert (wrong.status, "latitude" in wrong.page.select_one("[aria-invalid]")["id"]) == (422, True)


async def test_numbers_are_added_up_for_one_school_year(web, placed):
    for asker, school, year in ((placed.anna, placed.mentor, 2026), (placed.ben, placed.mentee, 2025)):
        await changed(asker, school, headcounts=[{"year": year, "students": 200, "teachers": 20}])
    page = await (await web.signed_in(placed.cara)).see(f"/clusters/{placed.id}")
    assert [cell.text for cell in page.select(".ledger tfoot td")] == ["200", "20", "6"]
    assert "numbers of 2025/26" in page.select_one(".ledger").text
    said = " ".join(page.text.split())
    assert "Students and teachers of the school year 2026/27. Of one school not all numbers of it" in said


async def test_a_number_that_nobody_knows_is_no_zero(web, placed):
    await changed(placed.anna, placed.mentor, headcounts=[{"year": 2026, "students": 200}])
    await changed(placed.ben, placed.mentee, headcounts=[{"year": 2026, "students": 100}])
    cara = await web.signed_in(placed.cara)
    page = await cara.see(f"/clusters/{placed.id}")
    assert [cell.text for cell in page.select(".ledger tfoot td")] == ["300", "–", "6"]
    assert "Of 2 schools not all numbers of it are known" in " ".join(page.text.split())
    school = await cara.see(f"/schools/{placed.mentee}")
    assert [cell.text for cell in school.select("[aria-labelledby=numbers] td")] == ["100", "–"]
    name = school.h1.text.replace(" ", "+")
    (found,) = (await cara.see(f"/schools?q={name}")).select("section .what")
    assert " ".join(found.select_one(".quiet").text.split()) == "Praha · Czechia · 100 students"
    await changed(placed.ben, placed.mentee, headcounts=[{"year": 2026, "teachers": 9}])
    (found,) = (await cara.see(f"/schools?q={name}")).select("section .what")
    assert " ".join(found.select_one(".quiet").text.split()) == "Praha · Czechia · 9 teachers"
    await changed(placed.ben, placed.mentee, headcounts=[{"year": 2026, "students": 100}])
    form = form_to(await (await web.signed_in(placed.ben)).see(f"/schools/{placed.mentee}/edit"), "/edit")
    assert [form.select_one(f"#counts-0-{name}")["value"] for name in ("students", "teachers")] == ["100", ""]

"""Tables as files: all that their pages show to the same reader, and a list of schools that can be brought in again."""

import asyncio
import csv
import io
from datetime import date
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from kit.clock import now
from kit.languages import SPOKEN
from kit.written_sheets import SheetKind
from tests.people import NUMBERS, a_cluster, a_school, an_official, told
from tests.web.browser import errors, fields_of, form_to
from tests.web.checks import parse
from web.sheets import AT_ONCE, disposition, file_name, sheet_file
from web.visit import Visit

HEADINGS = (
    *("Title before the name", "Name", "Title after the name", "School", "Role"), "Subjects", "Languages",
)  # fmt: skip
CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rows_of(answer):
    """The rows of a file, by the csv module of Python or by calamine."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment; ")
    if answer.headers["content-type"] == XLSX:
        return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert answer.headers["content-type"] == CSV
    assert answer.content.startswith(b"\xef\xbb\xbf")
    text = answer.content.decode("utf-8-sig")
    separator = ";" if ";" in text.splitlines()[0] else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def links_to_files(page):
    return [link["href"] for link in page.select("a") if link["href"].split("?")[0].endswith((".csv", ".xlsx"))]


async def changed(asker, school_id, **more):
    shown = told(await asker.clusters.get(f"/v1/schools/{school_id}"))
    told(await asker.clusters.put(f"/v1/schools/{school_id}", json=shown | more))


@pytest.fixture
async def counted(cluster):
    """A mentee school with numbers, a website and a number in a register that begins with a zero."""
    ids = [{"country": "CZ", "scheme": "RED-IZO", "number": f"0{next(NUMBERS)}"}]
    headcounts = [{"year": 2025, "students": 1_204, "teachers": 90}, {"year": 2024, "students": 1, "teachers": 1}]
    said = {"name": "=ZŠ Peruc", "website": "https://peruc.example/", "official_ids": ids, "headcounts": headcounts}
    await changed(cluster.ben, cluster.mentee, **said)
    return ids[0]["number"]


async def test_ben_takes_the_schools_of_his_cluster_home(ben, cluster, counted):
    page = await ben.see(f"/clusters/{cluster.id}")
    as_csv, as_xlsx = links_to_files(page)
    (heads, mentor, mentee, sums) = rows_of(await ben.http.get(as_xlsx))
    assert heads == [
        *("Name of the school", "RED-IZO", "Role", "Town", "Website", "School year", "Students", "Teachers", "Here"),
    ]
    website = "https://peruc.example/"
    assert mentee == ["=ZŠ Peruc", counted, "Mentee school", "Praha", website, 2025.0, 1204.0, 90.0, 4.0]
    assert (mentor[1], mentor[2], mentor[5:]) == ("", "Mentor school", ["", "", "", 2.0])
    assert sums == ["Together", "", "", "", "", "", 1204.0, 90.0, 6.0]
    told_in_csv = rows_of(await ben.http.get(as_csv))
    assert told_in_csv[2] == ["'=ZŠ Peruc", counted, "Mentee school", "Praha", website, "2025", "1204", "90", "4"]
    assert (told_in_csv[0], len(told_in_csv)) == (heads, 4)


@pytest.mark.parametrize(
    ("who", "separator", "heading", "role"),
    [
        ("ben", ",", "Name of the school", "Mentee school"),
        ("anna", ";", "Název školy", "Mentorovaná škola"),
        ("dan", ";", "اسم المدرسة", "مدرسة مسترشِدة"),
    ],
)
async def test_a_file_speaks_the_language_of_its_reader(web, cluster, who, separator, heading, role):
    browser = await web.signed_in(getattr(cluster, who))
    answer = await browser.http.get(f"/clusters/{cluster.id}/schools.csv")
    first = answer.content.decode("utf-8-sig").splitlines()[0]
    assert first.split(separator)[0] == heading
    assert rows_of(answer)[2][1] == role


async def test_a_file_is_called_by_its_cluster_and_the_day(ben, cluster):
    name = (await ben.see(f"/clusters/{cluster.id}")).select_one("h1").text
    said = (await ben.http.get(f"/clusters/{cluster.id}/people.xlsx")).headers["content-disposition"]
    today = now().astimezone(ZoneInfo("Europe/Prague")).date()
    assert unquote(said.partition("filename*=UTF-8''")[2]) == f"{name}, People, {today}.xlsx"


def test_a_name_of_a_file_is_safe_for_disks_and_headers():
    name = file_name(['Loun/y\r\nX: "1"', "Školy", ""], date(2026, 9, 1), SheetKind.csv)
    assert name == "Loun y X 1, Školy, 2026-09-01.csv"
    said = disposition(name)
    assert said.startswith('attachment; filename="Loun y X 1, -koly, 2026-09-01.csv"; ')
    assert said.endswith("filename*=UTF-8''Loun%20y%20X%201%2C%20%C5%A0koly%2C%202026-09-01.csv")
    assert len(file_name(["x" * 500], date(2026, 9, 1), SheetKind.csv)) < 150
    assert disposition("مجموعة.csv").isascii()


async def test_the_people_of_a_file_are_those_of_the_page_without_their_addresses(ben, cluster):
    page = await ben.see(f"/clusters/{cluster.id}/people")
    answer = await ben.http.get(links_to_files(page)[0])
    rows = rows_of(answer)
    assert rows[0] == [*HEADINGS]
    assert [row[1] for row in rows[1:]] == [name.text for name in page.select("li .what > a > bdi")]
    assert ["Cara Sykes", "Teacher"] in [[row[1], row[4]] for row in rows]
    for address in cluster.addresses.values():
        assert address.encode() not in answer.content


async def many_people(house, cluster, number):
    """The names of so many new people at the mentee school."""
    many = [f"Person {n:03}" for n in range(number)]
    await house.rows(
        "clusters",
        "with new as (insert into person (id, name, language, zone, registered_at) "
        "select gen_random_uuid(), name, 'en', 'UTC', now() from unnest($1::text[]) name returning id) "
        "insert into staff (id, person_id, school_id, role, began_at) "
        "select gen_random_uuid(), id, $2, 'teacher', now() from new",
        many,
        cluster.mentee,
    )
    return many


async def test_everybody_of_a_large_cluster_is_in_its_file(house, ben, cluster):
    many = await many_people(house, cluster, 120)
    rows = rows_of(await ben.http.get(f"/clusters/{cluster.id}/people.csv"))
    assert set(many) <= {row[1] for row in rows}
    assert len(rows) == 1 + 6 + 120


async def test_who_may_not_know_of_the_cluster_gets_no_file(house, web, cluster):
    stranger = await web.signed_in((await a_cluster(house)).ben)
    for what in ("schools.csv", "schools.xlsx", "people.csv", "people.xlsx"):
        assert (await stranger.http.get(f"/clusters/{cluster.id}/{what}")).status_code == 404
        guest = await web.guest().http.get(f"/clusters/{cluster.id}/{what}")
        assert (guest.status_code, guest.headers["location"].split("?")[0]) == (303, "/sign-in")
    assert (await web.guest().http.get("/schools/found.csv")).status_code == 303
    assert (await stranger.http.get("/schools/found.exe")).status_code in (404, 422)


@pytest.fixture
async def nora(house):
    return await an_official(house, "national_coordinator", "CZ")


async def some_schools(house):
    """Of a town of their own: with two numbers, with none, with those of another year, with a name like a formula."""
    base = 600_000_000 + next(NUMBERS) * 1_000
    town = f"Obec {base}"

    def number(n, scheme="RED-IZO"):
        return {"country": "CZ", "scheme": scheme, "number": f"0{base + n}"}

    now_and_then = [{"year": year, "students": 100 + year, "teachers": 9} for year in (2024, 2025)]
    old = [{"year": 2019, "students": 1_300, "teachers": 70}]
    for more in (
        {"official_ids": [number(1), number(2), number(1, "IZO")], "headcounts": now_and_then},
        {"official_ids": [], "headcounts": old, "kind": "primary"},
        {"name": f"+420 {base}", "official_ids": [number(3)]},
        {"name": f"ZŠ; „U Školy“, {base}", "official_name": "Základní škola"},
    ):
        await a_school(house, **{"town": town} | more)
    return town


async def directory(asker, town):
    found = told(await asker.clusters.get("/v1/schools", params={"q": town}))["items"]
    return [told(await asker.clusters.get(f"/v1/schools/{school['id']}")) for school in found]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("language", SPOKEN)
async def test_what_is_taken_from_the_directory_and_brought_in_again_changes_nothing(
    house, web, nora, language, suffix
):
    town = await some_schools(house)
    told(await nora.clusters.put("/v1/me", json={"name": "Nora", "language": language, "zone": "Europe/Prague"}))
    browser = await web.signed_in(nora)
    before = await directory(nora, town)
    (link,) = [link for link in links_to_files(await browser.see(f"/schools?q={town}&country=CZ")) if suffix in link]
    answer = await browser.http.get(link)
    assert len(rows_of(answer)) == 1 + len(before) == 5

    form = form_to(await browser.see("/bring-in/schools"), "/bring-in/schools")
    file = {"file": (f"schools.{suffix}", answer.content)}
    typed = fields_of(form) | {"country": "CZ"}
    read = await browser.arrive(await browser.http.post("/bring-in/schools", data=typed, files=file))
    columns = form_to(read.page, "/columns")
    assert fields_of(columns)["scheme"] == "RED-IZO"
    tried = await browser.submit(columns)
    await house.catch_up()
    made = told(await nora.clusters.get(f"/v1/imports/{tried.path.rpartition('/')[2]}"))
    assert made["outcomes"] == {"same": 4}
    page = await browser.see(tried.path)
    assert (page.select("form[action$='/beginning']"), len(page.select(".nothing"))) == ([], 1)
    told(await nora.clusters.post(f"/v1/imports/{made['id']}/beginning", json={}), 202)
    await house.catch_up()
    assert await directory(nora, town) == before


async def test_all_that_is_found_is_in_the_file_and_nothing_else(house, web, nora):
    town = f"Velká Obec {next(NUMBERS)}"
    for n in range(103):
        await a_school(house, town=town, kind="primary" if n else "vocational", name=f"ZŠ {n:03}")
    browser = await web.signed_in(nora)
    rows = rows_of(await browser.http.get(f"/schools/found.csv?q={town}&kind=primary"))
    assert [row[0] for row in rows] == ["Name of the school", *(f"ZŠ {n:03}" for n in range(1, 103))]
    assert {tuple(row[2:]) for row in rows[1:]} == {("Primary", town, "Czechia", "", "", "", "not yet")}
    only = links_to_files(await browser.see(f"/schools?q={town}&kind=vocational&within=no"))
    assert [row[0] for row in rows_of(await browser.http.get(only[0]))[1:]] == ["ZŠ 000"]


async def test_more_schools_than_a_file_takes_are_said_where_they_were_looked_for(house, web, nora, monkeypatch):
    town = await some_schools(house)
    monkeypatch.setattr("web.pages.schools.sheets.MOST_ROWS", 3)
    answer = await (await web.signed_in(nora)).http.get(f"/schools/found.xlsx?q={town}")
    assert answer.status_code == 422
    page = parse(answer.text)
    assert "narrow them down" in errors(page)["q"]
    assert page.select_one("#q")["value"] == town


async def test_only_so_many_files_are_made_at_once():
    visit, busy, most = Visit(None, None, None, ""), 0, 0

    async def rows():
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.05)
        busy -= 1
        return [["x"]]

    await asyncio.gather(*(sheet_file(visit, SheetKind.csv, [], "schools", rows) for _ in range(5)))
    assert most == AT_ONCE

"""A ministry's list of schools: tried out without changing anything, brought in, and the same again changes nothing."""

import asyncio
import time

import pytest

from tests.clusters.doors import listing
from tests.people import NUMBERS, an_official, refusal, told, wrong_fields

HEADING = "RED_IZO;REDNAZEV;ZKR_NAZ;RED_MISTO;RED_ULICE;RED_PSC;WWW;POCET_Z;UC_PREP"
WITHIN = 120.0  # seconds
YEAR = {"scheme": "RED-IZO", "year": 2026, "zone": "Europe/Prague"}


@pytest.fixture
async def nora(house):
    return await an_official(house, "national_coordinator", "CZ")


def a_list(*rows):
    return "\n".join(["Seznam škol", "", HEADING, *rows]).encode("cp1250")


def some_rows(base, count, students=200, extra=""):
    return [
        f"{base + n};Základní škola Testov {base + n}{extra};ZŠ Testov {base + n};Testov;"
        f"Školní {n};44001;www.skola{n}.cz;{students};20,4"
        for n in range(count)
    ]


def fresh():
    return 700_000_000 + next(NUMBERS) * 1_000


async def bring(asker, data, country="CZ", name="skoly.csv", **more):
    form = {"kind": "schools", "country": country, "zone": "Europe/Prague"} | more
    return await asker.clusters.post("/v1/imports", data=form, files={"file": (name, data)})


async def tried(house, asker, data, **said):
    made = told(await bring(asker, data), 201)
    path = f"/v1/imports/{made['id']}"
    columns = [column["field"] for column in made["columns"]]
    columns[-1] = "teachers"
    told(await asker.clusters.put(f"{path}/columns", json={"columns": columns} | YEAR | said))
    await house.catch_up()
    return path, told(await asker.clusters.get(path))


async def brought_in(house, asker, data, another=(), **said):
    path, _ = await tried(house, asker, data, **said)
    told(await asker.clusters.post(f"{path}/beginning", json={"another": list(another)}), 202)
    await house.catch_up()
    return told(await asker.clusters.get(path))


async def found(asker, words):
    return told(await asker.clusters.get("/v1/schools", params={"q": words, "country": "CZ"}))["items"]


async def test_a_list_is_read_and_its_columns_are_guessed(nora):
    base = fresh()
    made = told(await bring(nora, a_list(*some_rows(base, 3))), 201)
    assert (made["state"], made["rows"], made["heading"], made["scheme"]) == ("read", 3, 3, "RED-IZO")
    assert [column["field"] for column in made["columns"]][:4] == ["number", "official_name", "name", "town"]
    assert made["columns"][2]["example"] == f"ZŠ Testov {base}"


async def test_a_trial_shows_every_problem_and_changes_nothing(house, nora):
    base = fresh()
    rows = some_rows(base, 3)
    rows[1] = rows[1].replace(";200;", ";asi 200;")
    _, shown = await tried(house, nora, a_list(*rows, f"{base};x;Twice;Testov;;;;;", ";;;;;;;;"))
    assert (shown["state"], shown["outcomes"]) == ("tried", {"new": 2, "wrong": 2})
    page = told(await nora.clusters.get(f"/v1/imports/{shown['id']}/rows", params={"outcome": "wrong"}))["items"]
    assert [(row["number"], row["wrong"]) for row in page] == [
        (5, [{"column": "POCET_Z", "value": "asi 200", "code": "number", "school": ""}]),
        (7, [{"column": "RED_IZO", "value": str(base), "code": "twice", "school": ""}]),
    ]
    assert await found(nora, f"Testov {base}") == []


async def test_a_list_is_brought_in_and_the_same_again_changes_nothing(house, nora):
    base = fresh()
    data = a_list(*some_rows(base, 25))
    done = await brought_in(house, nora, data)
    assert (done["state"], done["outcomes"], done["done"]) == ("done", {"new": 25}, 25)
    (school,) = await found(nora, str(base + 3))
    assert (school["name"], school["students"], school["teachers"], school["year"]) == (
        f"ZŠ Testov {base + 3}",
        200,
        20,
        2026,
    )
    shown = told(await nora.clusters.get(f"/v1/schools/{school['id']}"))
    assert (shown["website"], shown["address"]) == ("https://www.skola3.cz", "Školní 3, 44001")
    facts = await house.rows("clusters", "select count(*) as n from fact where kind = 'school.changed'")
    again = await brought_in(house, nora, data)
    assert (again["outcomes"], again["done"]) == ({"same": 25}, 25)
    assert await house.rows("clusters", "select count(*) as n from fact where kind = 'school.changed'") == facts
    assert len(await found(nora, str(base + 3))) == 1


async def test_the_file_of_the_next_year_changes_the_numbers_of_that_year_and_nothing_else(house, nora):
    base = fresh()
    await brought_in(house, nora, a_list(*some_rows(base, 2)))
    done = await brought_in(house, nora, a_list(*some_rows(base, 2, students=210, extra=" nová")), year=2027)
    assert done["outcomes"] == {"numbers": 2}
    (school,) = await found(nora, str(base))
    shown = told(await nora.clusters.get(f"/v1/schools/{school['id']}"))
    assert shown["official_name"] == f"Základní škola Testov {base}"
    assert {one["year"]: one["students"] for one in shown["headcounts"]} == {2026: 200, 2027: 210}


async def test_a_list_of_students_alone_leaves_the_teachers_as_they_were(house, nora):
    base = fresh()
    await brought_in(house, nora, a_list(*some_rows(base, 1)))
    rows = [row.removesuffix(";20,4") + ";" for row in some_rows(base, 1, students=210)]
    done = await brought_in(house, nora, a_list(*rows))
    assert done["outcomes"] == {"numbers": 1}
    (school,) = await found(nora, str(base))
    assert (school["students"], school["teachers"]) == (210, 20)
    await brought_in(house, nora, a_list(*(row.removesuffix(";20,4") + ";" for row in some_rows(base + 500, 1))))
    assert [(one["students"], one["teachers"]) for one in await found(nora, str(base + 500))] == [(200, None)]


async def test_a_school_without_a_number_is_the_same_unless_somebody_says_that_it_is_another(house, nora):
    base = fresh()
    for n in range(2):
        new = {"name": f"Zs  testov {base + n}", "town": "Testov", "country": "CZ", "zone": "UTC"}
        told(await nora.clusters.post("/v1/schools", json=new), 201)
    path, shown = await tried(house, nora, a_list(*some_rows(base, 3)))
    assert shown["outcomes"] == {"alike": 2, "new": 1}
    rows = told(await nora.clusters.get(f"{path}/rows", params={"outcome": "alike"}))["items"]
    assert [row["twin_town"] for row in rows] == ["Testov", "Testov"]
    told(await nora.clusters.post(f"{path}/beginning", json={"another": [rows[1]["number"]]}), 202)
    await house.catch_up()
    (same,) = await found(nora, f"testov {base}")
    assert same["official_ids"][0]["number"] == str(base)
    assert len(await found(nora, f"testov {base + 1}")) == 2


async def test_two_who_bring_the_same_at_once_bring_it_once(house, nora):
    base = fresh()
    data = a_list(*some_rows(base, 5))
    paths = [(await tried(house, nora, data))[0] for _ in range(2)]
    await asyncio.gather(*(nora.clusters.post(f"{path}/beginning", json={}) for path in paths))
    await house.catch_up()
    assert len(await found(nora, f"testov {base}")) == 1
    assert {told(await nora.clusters.get(path))["state"] for path in paths} == {"done"}


async def test_the_same_list_without_numbers_at_once_is_brought_in_once(house, nora):
    base = fresh()
    data = f"Name;Town\nZŠ Bečov {base};Bečov\nZŠ Bečov {base + 1};Bečov\n".encode()
    paths = []
    for _ in range(2):
        made = told(await bring(nora, data), 201)
        paths.append(f"/v1/imports/{made['id']}")
        said = {"columns": ["name", "town"], "scheme": "", "year": 2026, "zone": "UTC"}
        told(await nora.clusters.put(f"{paths[-1]}/columns", json=said))
    await house.catch_up()
    for path in paths:
        told(await nora.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    assert len(await found(nora, f"becov {base}")) == 1


async def test_a_number_that_nobody_could_read_stays_out_and_stops_nothing(house, nora):
    base = fresh()
    new = {"name": f"ZŠ Testov {base}", "town": "Testov", "country": "CZ", "zone": "UTC"}
    told(await nora.clusters.post("/v1/schools", json=new), 201)
    rows = some_rows(base, 2)
    rows[0] = rows[0].replace(f"{base};Z", "\u200b;Z", 1)
    data = "\n".join([HEADING, *rows]).encode()
    done = await brought_in(house, nora, data)
    assert (done["state"], done["outcomes"], done["done"]) == ("done", {"wrong": 1, "new": 1}, 1)


async def test_only_the_trial_that_was_looked_at_is_brought_in(house, nora):
    path, looked = await tried(house, nora, a_list(*some_rows(fresh(), 1)))
    columns = [column["field"] for column in looked["columns"]]
    told(await nora.clusters.put(f"{path}/columns", json=YEAR | {"columns": columns}))
    await house.catch_up()
    begun = {"another": [], "tried_at": looked["tried_at"]}
    assert refusal(await nora.clusters.post(f"{path}/beginning", json=begun)) == (412, "changed")


async def test_it_stops_where_it_is_told_to(house, nora):
    path, _ = await tried(house, nora, a_list(*some_rows(fresh(), 3)))
    told(await nora.clusters.post(f"{path}/beginning", json={}), 202)
    told(await nora.clusters.post(f"{path}/stop"), 202)
    await house.catch_up()
    shown = told(await nora.clusters.get(path))
    assert (shown["state"], shown["done"]) == ("stopped", 0)
    assert refusal(await nora.clusters.post(f"{path}/beginning", json={})) == (409, "import-begun")


async def test_what_is_wrong_is_refused_at_its_place(house, nora):
    assert wrong_fields(await bring(nora, b"\x89PNG....")) == {"/file": "sheet_picture"}
    assert wrong_fields(await bring(nora, b"")) == {"/file": "sheet_empty"}
    assert refusal(await bring(nora, a_list(), country="PT")) == (403, "forbidden")
    made = told(await bring(nora, a_list(*some_rows(fresh(), 1))), 201)
    path = f"/v1/imports/{made['id']}"
    none = [None] * len(made["columns"])
    for columns, scheme, wrong in (
        (none, "", {"/columns": "columns_missing_schools"}),
        ([*none[3:], "name", "town", "town"], "", {"/columns": "columns_twice"}),
        ([*none[3:], "name", "town", "number"], "", {"/scheme": "scheme_missing"}),
        (["name", "town"], "", {"/columns": "columns_wrong"}),
    ):
        said = YEAR | {"columns": columns, "scheme": scheme}
        assert wrong_fields(await nora.clusters.put(f"{path}/columns", json=said)) == wrong
    assert refusal(await nora.clusters.post(f"{path}/beginning", json={})) == (409, "not-tried-yet")


async def test_only_who_looks_after_the_country_sees_it(house, cluster, nora):
    made = told(await bring(nora, a_list(*some_rows(fresh(), 1))), 201)
    path = f"/v1/imports/{made['id']}"
    abroad = await an_official(house, "national_coordinator", "PT")
    for asker in (abroad, cluster.anna):
        assert refusal(await asker.clusters.get(path)) == (404, "not-found")
    assert refusal(await bring(cluster.anna, a_list())) == (403, "forbidden")
    assert told(await (await an_official(house, "programme_coordinator")).clusters.get(path))["id"] == made["id"]


async def test_an_import_that_was_interrupted_goes_on(house, nora, monkeypatch):
    from services.clusters.doors.imports import actions

    base = fresh()
    path, _ = await tried(house, nora, a_list(*some_rows(base, 5)))
    told(await nora.clusters.post(f"{path}/beginning", json={}), 202)
    monkeypatch.setattr(actions, "CHUNK", 2)
    database, made = house.database("clusters"), path.rsplit("/", 1)[1]
    async with database.transaction() as db:
        assert await actions._bring_in_some(db, made)
    assert told(await nora.clusters.get(path))["done"] == 2
    await house.catch_up()
    assert told(await nora.clusters.get(path))["done"] == 5
    assert len(await found(nora, f"testov {base}")) == 1


@pytest.mark.proof
async def test_ten_thousand_rows_are_in_within_two_minutes(house, nora):
    base = 910_000_000
    began = time.monotonic()
    done = await brought_in(house, nora, a_list(*some_rows(base, 10_000)))
    assert (done["state"], done["done"]) == ("done", 10_000)
    assert time.monotonic() - began < WITHIN


async def test_a_row_of_another_country_stays_out(house, nora):
    """As the house's own file of all schools says it, in any of its languages, or by its code."""
    base = fresh()
    countries = ["Czechia", "Česko", "CZ", "", "Nowhere land", "Portugal", "Maďarsko", "PT"]
    rows = [f"Škola {base}-{n};Testov {base};{country}" for n, country in enumerate(countries)]
    path, shown = await listing.tried(house, nora, "schools", listing.a_csv("Název;Obec;Země", *rows))
    assert [column["field"] for column in shown["columns"]] == ["name", "town", "country"]
    assert shown["outcomes"] == {"new": 5, "wrong": 3}
    assert {row[1:] for row in await listing.wrong_rows(nora, path)} == {("Země", "school_elsewhere")}
    told(await nora.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    assert len(await found(nora, f"Testov {base}")) == 5

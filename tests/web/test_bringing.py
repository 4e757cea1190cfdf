"""A list of schools in the browser: a file, its columns, a trial, the deed, and what stays out as a file."""

from urllib.parse import urlencode

import pytest

from kit.sheets import read_sheet
from kit.worker import sweep
from services.clusters.doors.imports.jobs import jobs
from tests.people import NUMBERS, an_official
from tests.web.browser import errors, fields_of, form_to


@pytest.fixture
async def nora(house, web):
    return await web.signed_in(await an_official(house, "national_coordinator", "CZ"))


async def chosen(nora, data, name="skoly.csv", **typed):
    form = form_to(await nora.see("/bring-in/schools"), "/bring-in/schools")
    data_of = fields_of(form) | {"country": "CZ"} | typed
    files = {"file": (name, data)} if data is not None else None
    return await nora.arrive(await nora.http.post("/bring-in/schools", data=data_of, files=files))


def a_list(base, wrong=""):
    rows = [f"{base + n};ZŠ Vejprty {base + n};Vejprty;{200 + n}" for n in range(3)]
    return "\n".join(["RED_IZO;ZKR_NAZ;RED_MISTO;POCET_Z", *rows, *([wrong] if wrong else [])]).encode("cp1250")


def fresh():
    return 800_000_000 + next(NUMBERS) * 1_000


async def test_a_list_is_tried_out_brought_in_and_what_stays_out_is_a_file(house, nora):
    base = fresh()
    answer = await chosen(nora, a_list(base, f"{base + 9};;Vejprty;=2+2"))
    form = form_to(answer.page, "/columns")
    assert fields_of(form)["column-1-"] == "name"
    assert fields_of(form)["scheme"] == "RED-IZO"
    answer = await nora.submit(form)
    await house.catch_up()
    page = await nora.see(answer.path)
    assert "Nothing has changed yet; this is what would happen" in page.text
    assert "Row 5, ZKR_NAZ" in page.text
    assert "Bring in 3 schools" in page.text
    left = await nora.http.get(f"{answer.path}/left.csv")
    rows = read_sheet(left.content)
    assert rows[0] == ["RED_IZO", "ZKR_NAZ", "RED_MISTO", "POCET_Z", "What is wrong"]
    assert rows[1][:4] == [str(base + 9), "", "Vejprty", "=2+2"]
    assert "ZKR_NAZ: is missing" in rows[1][4]
    mended = left.content.decode("utf-8-sig").replace(f"{base + 9},,", f"{base + 9},ZŠ nová,").replace("'=2+2", "4")
    answer_of_left = await nora.submit(form_to((await chosen(nora, mended.encode())).page, "/columns"))
    await house.catch_up()
    assert "new schools" in (await nora.see(answer_of_left.path)).text
    answer = await nora.submit(form_to(page, "/beginning"))
    assert "The schools are coming in" in answer.page.text
    await house.catch_up()
    page = await nora.see(answer.path)
    assert "The schools are in" in page.text
    assert "3 of 3 are in." in page.text
    found = await nora.see(f"/schools?q=vejprty+{base}")
    assert [link.text for link in found.select("section .what a")] == [f"ZŠ Vejprty {base}"]


async def test_what_looks_like_a_school_that_is_here_is_asked_about(house, nora):
    base = fresh()
    form = form_to(await nora.see("/schools/new"), "/schools")
    await nora.submit(form, name=f"Zs Vejprty {base}", town="Vejprty", country="CZ", another="1")
    answer = await nora.submit(form_to((await chosen(nora, a_list(base))).page, "/columns"))
    await house.catch_up()
    page = await nora.see(answer.path)
    assert f"the same as Zs Vejprty {base}" in " ".join(page.text.split())
    await nora.submit(form_to(page, "/beginning"), **{"row-2": "another"})
    await house.catch_up()
    found = await nora.see(f"/schools?q=vejprty+{base}")
    assert len(found.select("section .what a")) == 2


async def test_what_was_chosen_on_one_page_is_still_chosen_on_the_next(house, nora, monkeypatch):
    monkeypatch.setattr("web.pages.bringing.routes.MOST_SHOWN", 2)
    base = fresh()
    for n in range(3):
        form = form_to(await nora.see("/schools/new"), "/schools")
        await nora.submit(form, name=f"Zs Vejprty {base + n}", town="Vejprty", country="CZ", another="1")
    answer = await nora.submit(form_to((await chosen(nora, a_list(base))).page, "/columns"))
    await house.catch_up()
    form = form_to(await nora.see(answer.path), "/beginning")
    button = form.select_one("button[name=alike]")
    assert (button["formmethod"], button["formaction"]) == ("get", answer.path)
    asked = fields_of(form) | {"row-2": "another", "alike": button["value"]}
    further = await nora.see(f"{answer.path}?{urlencode(asked)}")
    assert len(further.select("[aria-labelledby=alike] fieldset")) == 1
    assert not further.select("button[name=alike]")
    await nora.submit(form_to(further, "/beginning"), **{"row-4": "another"})
    await house.catch_up()
    found = await nora.see(f"/schools?q=vejprty+{base}")
    assert len(found.select("section .what a")) == 2, "of the first page"
    assert len((await nora.see(f"/schools?q=vejprty+{base + 1}")).select("section .what a")) == 1
    assert len((await nora.see(f"/schools?q=vejprty+{base + 2}")).select("section .what a")) == 2


async def test_a_place_far_away_is_asked_about_and_comes_in_with_a_tick(house, nora):
    name = f"ZŠ Daleká {fresh()}"
    data = f"Name;Town;Latitude;Longitude\n{name} 1;Most;31.95;35.93\n{name} 2;Most;50.5;13.6\n".encode()
    answer = await nora.submit(form_to((await chosen(nora, data)).page, "/columns"))
    await house.catch_up()
    page = await nora.see(answer.path)
    assert page.select_one("#doubtful").text == "Is this place right?"
    told = page.select_one("[aria-labelledby=doubtful]").text
    assert all(said in told for said in ("Row 2, Latitude", "is not where our map has the country", "31.95"))
    (link,) = page.select("[aria-labelledby=doubtful] a")
    _, row = read_sheet((await nora.http.get(link["href"])).content)
    assert (row[0], row[4].partition(":")[0]) == (f"{name} 1", "Latitude")
    await nora.submit(form_to(page, "/beginning"), sure="yes")
    await house.catch_up()
    page = await nora.see(answer.path)
    assert "2 of 2 are in." in page.text
    assert "it was said that their places are right" in page.text


async def test_of_schools_it_says_what_stays_when_the_rows_are_forgotten(house, nora):
    answer = await nora.submit(form_to((await chosen(nora, a_list(fresh()))).page, "/columns"))
    await house.catch_up()
    await nora.submit(form_to(await nora.see(answer.path), "/beginning"))
    await house.catch_up()
    stays = "; names, towns and numbers of schools stay."
    told = (await nora.see(answer.path)).text
    assert "What stands in the rows is forgotten after" in told
    assert stays in told
    made = answer.path.rpartition("/")[2]
    await house.rows("clusters", "update import set ended_at = now() - interval '13 hours' where id = $1", made)
    await sweep(jobs, house.context("clusters"))
    assert f"What stood in the rows is forgotten{stays}" in (await nora.see(answer.path)).text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n", "This is a picture, and no list"),
        (b"", "There is nothing in this file."),
        (b"PK\x03\x04nothing", "This file cannot be read as a list"),
    ],
)
async def test_what_is_no_list_is_said_beside_the_file(nora, data, said):
    answer = await chosen(nora, data)
    assert answer.status == 422
    assert said in errors(answer.page)["file"]
    assert form_to(answer.page, "/bring-in/schools").select_one("#country option[selected]")["value"] == "CZ"


async def test_without_a_file_it_is_said(nora):
    assert errors((await chosen(nora, None)).page) == {"file": "Fill this in."}


async def test_columns_that_do_not_do_are_said(nora):
    answer = await chosen(nora, b"A;B\nSchool;Most\n")
    answer = await nora.submit(form_to(answer.page, "/columns"))
    assert "Say which columns are the name and the town." in answer.page.text
    answer = await nora.submit(form_to(answer.page, "/columns"), **{"column-0-": "name", "column-1-": "number"})
    assert "Say which columns are the name and the town." in answer.page.text
    assert fields_of(form_to(answer.page, "/columns"))["column-1-"] == "number"


async def test_nobody_else_brings_a_list(ben):
    assert not (await ben.see("/bring-in/schools", 403)).select("main form")
    file = {"file": ("list.csv", b"Name;Town")}
    data = {"country": "CZ", "zone": "UTC", "once": "nobody-else"}
    assert (await ben.http.post("/bring-in/schools", data=data, files=file)).status_code == 403

"""People and memberships from a spreadsheet in the browser, and templates that import without any choosing."""

import csv
import io

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from kit.worker import sweep
from services.clusters.doors.imports.jobs import jobs
from tests.clusters.doors.test_domains import website
from tests.clusters.doors.test_invitations import listed, mails_to
from tests.people import NUMBERS, a_school, an_official, told
from tests.web.browser import errors, fields_of, form_to
from web import languages
from web.words import word


@pytest.fixture
async def official(house):
    return await an_official(house, "national_coordinator", "CZ")


@pytest.fixture
async def nora(official, web):
    return await web.signed_in(official)


async def chosen(browser, at, data, name="list.csv", **typed):
    form = form_to(await browser.see(at), at.partition("?")[0])
    said = fields_of(form) | typed
    return await browser.arrive(await browser.http.post(form["action"], data=said, files={"file": (name, data)}))


def told_of(page):
    """What became of how many rows."""
    rows = page.select("#progress li")
    return {row.select_one(".what").text: row.select_one(".number").text for row in rows}


async def test_a_list_that_was_stopped_says_what_became_of_its_rows_and_of_how_many_nothing_did(
    house, web, cluster, monkeypatch
):
    from services.clusters.doors.imports import actions

    ben = await web.signed_in(cluster.ben)
    rows = "".join(f"P;p{n}-{cluster.id}@x.test\n" for n in range(3))
    at = f"/bring-in/people?school_id={cluster.mentee}"
    answer = await ben.submit(form_to((await chosen(ben, at, f"Name;Mail\n{rows}".encode())).page, "/columns"))
    await house.catch_up()
    page = await ben.see(answer.path)
    assert told_of(page) == {"get an invitation by mail": "3"}
    await ben.submit(form_to(page, "/beginning"))
    monkeypatch.setattr(actions, "CHUNK", 2)
    async with house.database("clusters").transaction() as db:
        await actions._bring_in_some(db, answer.path.rpartition("/")[2])
    await ben.submit(form_to(await ben.see(answer.path), "/stop"))
    stopped = {"got an invitation by mail": "2", "were not brought in any more, as it was stopped": "1"}
    assert told_of(await ben.see(answer.path)) == stopped


async def test_who_may_bring_a_list_finds_it_at_the_people_of_the_cluster(house, web, cluster):
    paths = {}
    nora = await an_official(house, "national_coordinator", "CZ")
    for who in (cluster.ben, cluster.cara, cluster.anna, nora):
        page = await (await web.signed_in(who)).see(f"/clusters/{cluster.id}/people")
        paths[who] = [link["href"] for link in page.select("a[href^='/bring-in']")]
    assert paths == {
        cluster.ben: [f"/bring-in/people?school_id={cluster.mentee}"],
        cluster.cara: [],
        cluster.anna: [f"/bring-in/people?school_id={cluster.mentor}"],
        nora: ["/bring-in/people"],
    }


async def test_ben_brings_the_people_of_his_school(house, web, cluster):
    ben = await web.signed_in(cluster.ben)
    (link,) = [a["href"] for a in (await ben.see(f"/schools/{cluster.mentee}")).select("a[href^='/bring-in']")]
    mail = f"dana-{cluster.id}@school.test"
    answer = await chosen(ben, link, f"Name;Mail;Notes\nDana;{mail};new\nEma;ema@;old\n".encode())
    form = form_to(answer.page, "/columns")
    assert [fields_of(form)[f"column-{n}-"] for n in range(3)] == ["name", "mail", ""]
    assert not form.select("#scheme, #year, #zone")
    answer = await ben.submit(form)
    await house.catch_up()
    page = await ben.see(answer.path)
    assert "Nothing has changed yet" in page.text
    assert "Row 3, Mail" in page.text
    assert "Invite 1 person" in " ".join(page.text.split())
    assert await listed(cluster.ben, cluster) == {}
    left = await ben.http.get(f"{answer.path}/left.csv")
    assert list(csv.reader(io.StringIO(left.content.decode("utf-8-sig")))) == [
        ["Name", "Mail", "Notes", "What is wrong"],
        ["Ema", "ema@", "old", "Mail: is no mail address (ema@)"],
    ]
    answer = await ben.submit(form_to(page, "/beginning"))
    await house.catch_up()
    page = await ben.see(answer.path)
    assert "The people are invited" in page.text
    assert "1 of 1 rows are done." in page.text
    assert told_of(page) == {"got an invitation by mail": "1", "stayed out": "1"}
    assert await listed(cluster.ben, cluster) == {mail: "sent"}
    assert len(await mails_to(house, mail)) == 1
    again = await chosen(ben, link, f"Name;Mail\nDana;{mail}\n".encode())
    again = await ben.submit(form_to(again.page, "/columns"))
    await house.catch_up()
    assert "There is nobody to invite." in (await ben.see(again.path)).text


async def test_an_address_of_another_school_comes_in_with_a_tick_that_is_shown_afterwards(house, web, cluster):
    domain = f"gymnazium-{cluster.id}.test"
    await website(house, cluster.mentor, f"https://{domain}")
    ben = await web.signed_in(cluster.ben)
    at, data = f"/bring-in/people?school_id={cluster.mentee}", f"Name;Mail\nDana;dana@{domain}\n".encode()
    answer = await ben.submit(form_to((await chosen(ben, at, data)).page, "/columns"))
    await house.catch_up()
    page = await ben.see(answer.path)
    assert "Do they work at both?" in page.text
    assert f"dana@{domain}" in page.select_one("[aria-labelledby=doubtful]").text
    assert "is an address of another school (" in page.text
    refused = await ben.submit(form_to(page, "/beginning"))
    assert (refused.status, list(errors(refused.page))) == (422, ["sure"])
    await ben.submit(form_to(refused.page, "/beginning"), sure="yes")
    await house.catch_up()
    page = await ben.see(answer.path)
    assert "it was said that they work at both" in page.text
    assert await listed(cluster.ben, cluster) == {f"dana@{domain}": "sent"}


async def test_without_the_tick_it_stays_out_and_stands_in_the_file(house, web, cluster):
    domain = f"gymnazium-{cluster.id}.test"
    await website(house, cluster.mentor, f"https://{domain}")
    ben = await web.signed_in(cluster.ben)
    at = f"/bring-in/people?school_id={cluster.mentee}"
    data = f"Name;Mail\nDana;dana@{domain}\nEma;ema-{cluster.id}@ours.test\n".encode()
    answer = await ben.submit(form_to((await chosen(ben, at, data)).page, "/columns"))
    await house.catch_up()
    await ben.submit(form_to(await ben.see(answer.path), "/beginning"))
    await house.catch_up()
    page = await ben.see(answer.path)
    assert "it was said that they work at both" not in page.text
    assert "1 of 1 rows are done." in page.text
    assert f"dana@{domain}" in page.select_one("[aria-labelledby=wrong]").text
    left = await ben.http.get(f"{answer.path}/left.csv")
    _, row = csv.reader(io.StringIO(left.content.decode("utf-8-sig")))
    assert row[:2] == ["Dana", f"dana@{domain}"]
    assert row[2].startswith(f"Mail: is an address of another school (dana@{domain}, ")


async def test_it_says_until_when_it_is_kept_and_the_file_goes_with_what_stood_in_the_rows(house, web, cluster):
    ben = await web.signed_in(cluster.ben)
    at, data = f"/bring-in/people?school_id={cluster.mentee}", f"Name;Mail\nD;d-{cluster.id}@x.test\nE;e@\n".encode()
    answer = await ben.submit(form_to((await chosen(ben, at, data)).page, "/columns"))
    await house.catch_up()
    page = await ben.see(answer.path)
    assert "Until it is brought in, it is kept here" in page.text
    await ben.submit(form_to(page, "/beginning"))
    await house.catch_up()
    page = await ben.see(answer.path)
    assert "The rows, with names and addresses, are forgotten after" in page.text
    assert page.select("a[href$='left.csv']")
    made = answer.path.rpartition("/")[2]
    await house.rows("clusters", "update import set ended_at = now() - interval '13 hours' where id = $1", made)
    await sweep(jobs, house.context("clusters"))
    page = await ben.see(answer.path)
    assert "What stood in the rows is forgotten." in page.text
    assert "Row 3, Mail" in page.text
    assert not page.select("a[href$='left.csv']")
    assert (await ben.http.get(f"{answer.path}/left.csv")).status_code == 303


async def test_columns_with_other_names_are_chosen_by_hand(house, nora):
    answer = await chosen(nora, "/bring-in/people", b"Kdo;Kam;Odkud;Kde\nDana;d@x.test;ZS;Praha\n", country="CZ")
    answer = await nora.submit(form_to(answer.page, "/columns"))
    assert (
        "Say which columns are the name, the mail address and the school with its town, or its number."
        in answer.page.text
    )
    by_hand = dict(zip((f"column-{n}-" for n in range(4)), ("name", "mail", "school", "town"), strict=True))
    answer = await nora.submit(form_to(answer.page, "/columns"), **by_hand)
    await house.catch_up()
    assert "no school here is called or numbered so" in (await nora.see(answer.path)).text


async def test_without_a_country_it_is_said_and_what_was_chosen_is_kept(nora):
    answer = await chosen(nora, "/bring-in/people", b"Name;Mail\n", country="", language="cs")
    assert (answer.status, list(errors(answer.page))) == (422, ["country"])
    assert form_to(answer.page, "/bring-in/people").select_one("#language option[selected]")["value"] == "cs"


async def test_nora_brings_memberships(house, nora, official):
    name, school = f"Klastr {next(NUMBERS)}", f"ZŠ {next(NUMBERS)}"
    await a_school(house, name=school)
    data = f"Cluster;Set up by;School;Town;Role\n{name};ministry;{school};Praha;mentor\n".encode()
    answer = await nora.submit(form_to((await chosen(nora, "/bring-in/memberships", data)).page, "/columns"))
    await house.catch_up()
    page = await nora.see(answer.path)
    assert "Ask 1 school" in " ".join(page.text.split())
    await nora.submit(form_to(page, "/beginning"))
    await house.catch_up()
    assert "The schools are asked" in (await nora.see(answer.path)).text
    clusters = told(await official.clusters.get("/v1/clusters", params={"q": name}))["items"]
    assert name in [cluster["name"] for cluster in clusters]


def filled(template, suffix, rows):
    """The template as a program for spreadsheets gives it back, with these rows below what was in it."""
    if suffix == "xlsx":
        lines = CalamineWorkbook.from_filelike(io.BytesIO(template)).get_sheet_by_index(0).to_python()
        out = io.BytesIO()
        with Workbook(out) as book:
            page = book.add_worksheet()
            for place, line in enumerate([*lines, *rows]):
                page.write_row(place, 0, line)
        return out.getvalue()
    text = template.decode("utf-8-sig")
    separator = ";" if ";" in text.splitlines()[0] else ","
    out = io.StringIO(text)
    out.seek(0, io.SEEK_END)
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("language", languages.NAMES)
@pytest.mark.parametrize("kind", ["schools", "people", "memberships"])
async def test_a_template_that_is_filled_in_is_brought_without_any_choosing(
    house, web, official, kind, language, suffix
):
    told(await official.clusters.put("/v1/me", json={"name": "Nora", "language": language, "zone": "Europe/Prague"}))
    nora = await web.signed_in(official)
    number, town = f"00{next(NUMBERS)}33", f"Obec {next(NUMBERS)}"
    ids = [{"country": "CZ", "scheme": "RED-IZO", "number": number}]
    await a_school(house, name="ZŠ Vzorová", town=town, official_ids=ids)
    spoken = languages.language.set(language)
    try:
        rows = {
            "schools": [[f"ZŠ Nová {number}", "", f"1{number}", town]],
            "people": [
                ["Dana", f"dana-{number}@x.test", number, "", "", word("staff_role", "teacher"), "Čeština"],
                ["Ema", f"ema-{number}@x.test", "", "ZŠ Vzorová", town, word("staff_role", "coordinator"), "Magyar"],
            ],
            "memberships": [
                [f"K {number}", word("approach", "top_down"), number, "", "", word("school_role", "mentor")],
            ],
        }[kind]
    finally:
        languages.language.reset(spoken)
    answer = await nora.http.get(f"/bring-in/{kind}/template.{suffix}")
    assert answer.status_code == 200
    data = filled(answer.content, suffix, rows)
    form = form_to((await chosen(nora, f"/bring-in/{kind}", data, f"list.{suffix}")).page, "/columns")
    read = await nora.submit(form, scheme="RED-IZO")
    await house.catch_up()
    made = told(await official.clusters.get(f"/v1/imports/{read.path.rpartition('/')[2]}"))
    assert all(column["field"] for column in made["columns"])
    assert (made["rows"], made["outcomes"]) == (len(rows), {"new": len(rows)})


async def test_a_template_for_one_school_does_not_ask_for_the_school(web, cluster):
    ben = await web.signed_in(cluster.ben)
    answer = await ben.http.get(f"/bring-in/people/template.csv?school_id={cluster.mentee}")
    heads, example = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert heads == ["Name", "Mail address", "Role", "Language"]
    assert example[0].startswith("# ")


async def test_zeros_in_front_are_kept_by_the_template(nora):
    answer = await nora.http.get("/bring-in/people/template.xlsx")
    heads, example = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert example[heads.index("Number in the register")] == "000123456"

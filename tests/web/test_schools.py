"""The directory of schools in the browser: found, read, brought in by hand, and changed."""

import pytest

from tests.clusters.doors.test_invitations import ago, invited
from tests.people import a_person, a_school, an_official
from tests.web.browser import errors, form_to

TYPED = {
    "name": "ZŠ Lenešice",
    "official_name": "Základní škola Lenešice, příspěvková organizace",
    "kind": "primary_and_lower_secondary",
    "town": "Lenešice",
    "address": "Knížete Václava 402\n439 23 Lenešice",
    "country": "CZ",
    "zone": "Europe/Prague",
    "website": "https://www.zslenešice.cz/",
    "latitude": "50,37",
    "longitude": "13.77",
    "subjects": "Čeština, Maths",
    "languages": "cs, en",
    "counts-0-year": "2026",
    "counts-0-students": "200",
    "counts-0-teachers": "22",
}


@pytest.fixture
async def official(house):
    await house.rows("clusters", "delete from official_id")
    await house.rows("clusters", "update school set country = 'XX', found_by = '' where found_by like '%lenesice%'")
    return await an_official(house, "national_coordinator", "CZ")


@pytest.fixture
async def nora(web, official):
    return await web.signed_in(official)


async def registered(nora, press="", **other):
    page = await nora.see("/schools/new")
    return await nora.submit(form_to(page, "/schools"), press, **TYPED | other)


async def test_a_school_is_brought_in_by_hand_and_found(nora, official):
    answer = await registered(nora, **{"ids-0-scheme": "RED-IZO", "ids-0-number": "600082725"})
    assert (answer.status, answer.page.select_one("h1").text) == (303, "ZŠ Lenešice")
    for said in ("Lenešice", "Czechia", "600082725", "Primary and lower secondary", "2026/27", "English"):
        assert said in answer.page.text, said
    for words in ("lenesice", "600082725", "prispevkova"):
        found = await nora.see(f"/schools?q={words}&country=CZ")
        assert [link.text for link in found.select("section .what a")] == ["ZŠ Lenešice"]
        assert "200 students, 22 teachers" in " ".join(found.select_one("section .what").text.split())
    assert "No school is found by this." in (await nora.see("/schools?q=nowhere+near")).text


async def test_the_same_school_under_another_spelling_is_asked_about(nora):
    await registered(nora)
    answer = await registered(nora, name="ZS Lenesice")
    assert (answer.status, answer.page.select_one("#alike").text) == (409, "Is this the same school?")
    form = form_to(answer.page, "/schools")
    assert form.select_one("#name")["value"] == "ZS Lenesice"
    assert not form.button.get("name"), "whoever presses Enter in a field has not said no"
    answer = await nora.submit(form, "another")
    assert (answer.status, answer.page.select_one("h1").text) == (303, "ZS Lenesice")


async def test_a_number_that_another_school_has_is_said(nora):
    same = {"ids-0-scheme": "RED-IZO", "ids-0-number": "1"}
    await registered(nora, **same)
    answer = await registered(nora, name="Gymnázium", another="1", **same)
    assert answer.status == 409
    assert "Another school has this number of the register" in answer.page.select_one("[role=alert]").text


async def test_what_is_wrong_stands_beside_it_and_nothing_typed_is_lost(nora):
    wrong = {"latitude": "north", "website": "x", "languages": "cs, Czech", "counts-0-students": "many", "town": ""}
    answer = await registered(nora, **wrong)
    assert answer.status == 422
    assert errors(answer.page) == {
        "latitude": "Give a number.",
        "website": "This is not a link: it begins with https://",
        "languages": "This does not look right: check it for a slip of the pen.",
        "counts-0-students": "Give a whole number.",
        "town": "Fill this in.",
    }
    form = form_to(answer.page, "/schools")
    for name, value in wrong.items():
        assert form.select_one(f"#{name}")["value"] == value
    answer = await registered(nora, longitude="")
    assert errors(answer.page) == {"longitude": "A place on the map has a latitude and a longitude."}


async def test_its_coordinator_changes_it_and_others_read_it(ben, anna, cluster):
    page = await ben.see(f"/schools/{cluster.mentee}/edit")
    answer = await ben.submit(form_to(page, "/edit"), offers="A kitchen timer in group work.")
    assert (answer.status, answer.path) == (303, f"/schools/{cluster.mentee}")
    page = await anna.see(f"/schools/{cluster.mentee}")
    assert "A kitchen timer in group work." in page.text
    assert not page.select(f"a[href='/schools/{cluster.mentee}/edit']")
    assert "Ben Hill" in page.text


async def test_who_is_elsewhere_sees_the_school_and_nobody_of_it(web, house, cluster):
    stranger = await web.signed_in(await an_official(house, "national_coordinator", "AT"))
    page = await stranger.see(f"/schools/{cluster.mentee}")
    assert "Ben Hill" not in page.text
    assert "It is in no cluster that you know of." in page.text


async def test_a_list_is_walked_to_its_end_and_keeps_what_was_asked(nora):
    for n in range(21):
        await registered(nora, name=f"{'ABCDEFGHIJKLMNOPQRSTU'[n] * 9} Lenešice", town=f"T{n}")
    page = await nora.see("/schools?q=lenesice&country=CZ")
    assert len(page.select("section .list > li")) == 20
    page = await nora.see("/schools" + page.select_one("a[rel=next]")["href"])
    assert len(page.select("section .list > li")) == 1


async def test_the_national_coordinator_names_the_first_coordinator_of_a_school(house, web, nora, official):
    answer = await registered(nora, name="Gymnázium", town="Žatec", another="1")
    mail = f"first-{official.id}@schools.test"
    form = form_to(answer.page, "/people")
    wrong = await nora.submit(form, name="Dana Hrubá", mail="dana", role="coordinator")
    assert (wrong.status, errors(wrong.page).keys()) == (422, {"mail"})
    assert form_to(wrong.page, "/people").select_one("#name")["value"] == "Dana Hrubá"
    answer = await nora.submit(form_to(wrong.page, "/people"), mail=mail)
    assert "The invitation is on its way." in answer.page.text
    (asked,) = await house.rows("clusters", "select role, names_first from invitation where mail = $1", mail)
    assert (asked["role"], asked["names_first"]) == ("coordinator", True)


async def test_whom_a_school_in_no_cluster_asks_stands_on_its_page_with_what_can_be_done(house, web):
    school_id = await a_school(house)
    olga, tim = [
        await house.as_person((await a_person(house, school_id, role))["person_id"]) for role in ("head", "teacher")
    ]
    at, mail = f"/schools/{school_id}", f"eva-{school_id}@school.test"
    asked = await invited(olga, school_id, mail)
    olga, tim = await web.signed_in(olga), await web.signed_in(tim)
    page = await olga.see(at)
    assert mail in page.select_one("[aria-labelledby=invited]").text
    answer = await olga.submit(form_to(page, f"{asked}/sending"))
    assert (answer.status, "give it some time" in answer.page.select_one("[role=alert]").text) == (409, True)
    await ago(house, asked, days=15)
    page = await olga.see(at)
    assert "run out" in page.select_one("[aria-labelledby=invited]").text
    answer = await olga.submit(form_to(page, f"{asked}/sending"))
    assert (answer.path, "The invitation is on its way." in answer.page.text) == (at, True)
    assert "invited, not answered" in answer.page.select_one("[aria-labelledby=invited]").text
    assert mail not in (await tim.see(at)).text
    answer = await olga.submit(form_to(answer.page, f"{asked}/end"))
    assert (answer.path, "The invitation is withdrawn." in answer.page.text) == (at, True)
    assert not answer.page.select("[aria-labelledby=invited]")


async def test_the_school_says_on_its_page_whether_they_belong_there(ben, cluster):
    asked = await invited(cluster.anna, cluster.mentee, f"eva-{cluster.id}@school.test")
    (invited_into,) = (await ben.see(f"/schools/{cluster.mentee}")).select("[aria-labelledby=invited]")
    assert "waiting for the school’s yes" in invited_into.text
    (to,) = invited_into.select(f"a[href='/invitations/{asked}']")
    assert to.text == "Do they belong here?"

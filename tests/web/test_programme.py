"""What the programme is: everybody reads it, its coordinator changes it; two at once see each other's."""

import pytest

from tests.empty_house import without_programme
from tests.people import an_official
from tests.pictures import a_picture, opened
from tests.web.browser import errors, form_to
from tests.web.scene import act, sent_file


@pytest.fixture(autouse=True)
async def unnamed(house):
    async with without_programme(house):
        yield


@pytest.fixture
async def petra(house, web):
    return await web.signed_in(await an_official(house, "programme_coordinator"))


async def changed(petra, **typed):
    page = await petra.see("/programme/edit")
    return await petra.submit(form_to(page, "/programme/edit"), **typed)


async def test_it_is_named_read_by_everybody_and_changed(petra, ben):
    assert "It has no name yet." in (await ben.see("/programme")).text
    assert not (await ben.see("/programme")).select("a[href='/programme/edit']")
    answer = await changed(
        petra, name="MenSI", more_countries="Czechia, Hrvatska", contact="a@b.example", hashtag="#MenSI"
    )
    assert (answer.status, answer.path) == (303, "/programme")
    page = await ben.see("/programme")
    for said in ("MenSI", "Czechia", "Croatia", "a@b.example", "#MenSI", "CC BY 4.0"):
        assert said in page.text
    form = form_to(await petra.see("/programme/edit"), "/programme/edit")
    phase = {"phases-0-name": "Start", "phases-0-begins": form.select_one("#begins")["value"]}
    assert (await petra.submit(form, country=["HR"], **phase)).path == "/programme"
    page = await ben.see("/programme")
    assert "Start" in page.text
    assert "Czechia" not in page.text


async def test_a_teacher_cannot_change_it(ben):
    assert "the programme coordinator" in (await ben.see("/programme/edit", 403)).text
    answer = await ben.http.post("/programme/edit", data={"name": "Mine", "more_countries": "CZ"})
    assert answer.status_code in (403, 422)
    assert "It has no name yet." in (await ben.see("/programme")).text


async def test_two_at_once_see_what_the_other_saved(petra):
    await changed(petra, name="MenSI", more_countries="CZ")
    form = form_to(await petra.see("/programme/edit"), "/programme/edit")
    await changed(petra, name="Theirs")
    answer = await petra.submit(form, name="Mine")
    assert answer.status == 412
    assert "it is called Theirs now" in answer.page.text
    answer = await petra.submit(form_to(answer.page, "/programme/edit"))
    assert answer.page.select_one("h1").text == "Mine"


async def test_what_is_wrong_stands_beside_it(petra):
    answer = await changed(petra, name="MenSI", more_countries="CZ", hashtag="two words", contact="x")
    assert set(errors(answer.page)) == {"hashtag", "contact"}


async def test_offices_are_given_in_countries_that_take_part(petra):
    assert len((await petra.see("/offices")).select("#country option")) > 200
    await changed(petra, name="MenSI", more_countries="CZ, PT")
    options = [option.text.strip() for option in (await petra.see("/offices")).select("#country option")]
    assert options == ["–", "Czechia", "Portugal"]


async def test_its_logo_is_shown_to_everybody_and_chosen_by_its_coordinator(petra, ben):
    await changed(petra, name="MenSI", more_countries="CZ")
    answer = await sent_file(petra, "/programme/logo", "/programme/logo", a_picture(900, 300, "PNG"), "logo.png")
    assert (answer.status, answer.path) == (303, "/programme")
    image = (await ben.see("/programme")).select_one("img.logo")
    assert (image["alt"], image["width"], image["height"]) == ("MenSI", "900", "300")
    assert opened((await ben.http.get(image["src"])).content).size == (320, 107)
    assert not (await ben.see("/programme")).select("a[href='/programme/logo']")
    assert not (await ben.see("/programme/logo", 403)).select("main form")
    assert (await ben.http.post("/programme/logo", files={"file": ("logo.png", a_picture())})).status_code == 403
    svg = await sent_file(petra, "/programme/logo", "/programme/logo", b"<svg/>", "logo.svg")
    assert (svg.status, "no picture" in errors(svg.page)["file"]) == (422, True)
    assert (await act(petra, "/programme/logo", "/programme/logo/end")).path == "/programme"
    assert not (await ben.see("/programme")).select("img.logo")
    assert (await ben.http.get(image["src"])).status_code == 404


async def test_a_new_logo_is_a_new_version_for_who_edits_meanwhile(petra):
    await changed(petra, name="MenSI", more_countries="CZ")
    form = form_to(await petra.see("/programme/edit"), "/programme/edit")
    await sent_file(petra, "/programme/logo", "/programme/logo")
    assert (await petra.submit(form, name="Mine")).status == 412

"""What the programme is: everybody reads it, its coordinator changes it; two at once see each other's."""

import pytest

from tests.empty_house import without_programme
from tests.people import an_official
from tests.web.browser import errors, form_to


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

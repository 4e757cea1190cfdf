"""An empty house is opened by its link, in a browser: what is wrong stays in the form, what is used up says so."""

import pytest

from tests.empty_house import empty, setup_path
from tests.web.browser import errors, form_to

TYPED = {
    "name": "MenSI",
    "begins": "2026-09-01",
    "ends": "2027-06-30",
    "more_countries": "Česko; Portugal, HR, مصر",
    "coordinator-name": "Hannah Lindqvist",
    "coordinator-mail": "hannah@opening.test",
    "coordinator-language": "cs",
    "zone": "Europe/Brussels",
}


@pytest.fixture(autouse=True)
async def nobody_coordinates(house):
    async with empty(house):
        yield


@pytest.fixture
async def at(house):
    return await setup_path(house)


async def opened(web, at, **other):
    guest = web.guest()
    return await guest.submit(form_to(await guest.see(at), "/open-house"), **TYPED | other)


async def test_the_operator_opens_the_house_and_the_coordinator_comes_in_and_says_yes(web, at):
    answer = await opened(web, at)
    assert answer.status == 200
    assert "The house is open." in answer.page.select_one(".flash").text
    address = answer.page.select_one(".mono").text.strip()
    hannah = web.guest()
    page = await hannah.see(address.removeprefix(web.settings.public_url))
    page = (await hannah.submit(form_to(page, "/sign-in/link"))).page
    assert page.html["lang"] == "cs"
    answer = await hannah.submit(form_to(page, "/acceptance"))
    assert answer.path == "/"
    await hannah.http.post("/language", data={"language": "en", "to": "/"})
    programme = await hannah.see("/programme")
    assert programme.select_one("h1").text == "MenSI"
    for code in ("Chorvatsko", "Česko", "Egypt", "Portugalsko"):
        assert code in programme.text
    assert form_to(await hannah.see("/programme/edit"), "/programme/edit").select_one("#hashtag")


async def test_the_first_phases_are_proposed_and_one_without_a_name_is_dropped(house, web, at):
    page = await web.guest().see(at)
    names = [page.select_one(f"#phases-{n}-name")["value"] for n in range(4)]
    assert names == ["Getting to know each other", "Trying things out", "Looking back", ""]
    begins = {f"phases-{n}-begins": day for n, day in enumerate(("2026-09-01", "2027-01-04", "2027-05-03"))}
    await opened(web, at, **begins | {"phases-1-name": ""})
    rows = await house.rows("clusters", "select name from phase order by begins")
    assert [row["name"] for row in rows] == ["Getting to know each other", "Looking back"]


async def test_what_is_wrong_stands_beside_it_and_nothing_typed_is_lost(web, at):
    wrong = {"ends": "2026-01-01", "coordinator-mail": "hannah@programme", "zone": "Nowhere", "name": ""}
    answer = await opened(web, at, **wrong)
    assert answer.status == 422
    assert errors(answer.page) == {
        "ends": "A school year ends after it begins, within eighteen months.",
        "coordinator-mail": "This does not look right: check it for a slip of the pen.",
        "zone": "This is no time zone that we know.",
        "name": "Fill this in.",
    }
    form = form_to(answer.page, "/open-house")
    for name, value in (TYPED | wrong).items():
        field = form.select_one(f"#{name}")
        shown = field.select_one("option[selected]") if field.name == "select" else field
        assert shown["value"] == value, name
    answer = await web.guest().submit(form, **TYPED)
    assert answer.status == 200


async def test_a_country_that_nobody_knows_is_named(web, at):
    answer = await opened(web, at, more_countries="Česko, Atlantis")
    assert errors(answer.page) == {"more_countries": "We know no country with this name: Atlantis."}
    answer = await opened(web, at, more_countries="")
    assert errors(answer.page) == {"more_countries": "Fill this in."}


async def test_a_phase_is_wrong_at_its_own_field(web, at):
    answer = await opened(web, at, **{"phases-0-name": "", "phases-2-begins": ""})
    assert errors(answer.page) == {"phases-2-begins": "Fill this in."}
    answer = await opened(web, at, **{"phases-0-begins": "2020-01-01"})
    assert "Every phase begins within the school year." in answer.page.text


async def test_a_link_that_is_used_or_unknown_says_what_to_do(web, at):
    used = form_to(await web.guest().see(at), "/open-house")
    await opened(web, at)
    for page in (
        await web.guest().see(at, 410),
        await web.guest().see("/open-house?key=x", 410),
        await web.guest().see("/open-house", 410),
        (await web.guest().submit(used, **TYPED)).page,
    ):
        assert page.select_one("h1").text == "This link opens nothing any more"
        assert "open-house" in page.text


async def test_a_new_link_shows_what_was_said(house, web, at):
    await opened(web, at, **{"coordinator-mail": "wrong@opening.test"})
    page = await web.guest().see(await setup_path(house))
    form = form_to(page, "/open-house")
    assert form.select_one("#name")["value"] == "MenSI"
    assert len(form.select("input[name=country]")) == 4
    answer = await web.guest().submit(form, **{"coordinator-name": "Hannah", "coordinator-mail": "right@opening.test"})
    assert answer.status == 200

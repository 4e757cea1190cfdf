"""A programme coordinator gives offices, sees who holds them, and ends one; the last one stays."""

import pytest

from services.roster.standing import NATIONAL, PROGRAMME
from tests.people import an_official
from tests.policy.test_states import last_coordinator
from tests.web.browser import form_to

NELA = {"name": "Nela Nová", "kind": NATIONAL, "country": "SK", "language": "cs"}


@pytest.fixture
async def official(house):
    """A programme coordinator, whose office stands on the first page: those that tests before have given are over."""
    await house.rows("clusters", "update office set ended_at = now() where ended_at is null")
    return await an_official(house, PROGRAMME)


@pytest.fixture
async def olga(web, official):
    return await web.signed_in(official)


async def offer(olga, mail, **more):
    return await olga.submit(form_to(await olga.see("/offices"), "/offices"), **NELA | {"mail": mail} | more)


async def test_an_office_is_given_and_taken_back_before_it_was_answered(olga, official):
    mail = f"nela-{official.id}@x.test"
    answer = await offer(olga, mail)
    assert "The invitation is on its way." in answer.page.text
    (listed,) = [item for item in answer.page.select("#invited ~ ul li") if mail in item.text]
    assert "Slovakia" in listed.text
    (withdraw,) = [form for form in listed.select("form") if form["action"].endswith("/end")]
    answer = await olga.submit(withdraw)
    assert mail not in answer.page.text


async def test_what_is_wrong_stands_beside_it_and_nothing_typed_is_lost(olga, official):
    answer = await offer(olga, f"nela-{official.id}@x.test", country="")
    assert answer.status == 422
    form = form_to(answer.page, "/offices")
    assert form.select_one("#name")["value"] == "Nela Nová"
    wrong = "A national coordinator has a country, a programme coordinator has none."
    assert answer.page.select_one("#country-error").text == wrong
    answer = await offer(olga, f"nela-{official.id}@x.test", kind=PROGRAMME)
    assert answer.page.select_one("#country-error").text == wrong
    answer = await offer(olga, "no address")
    assert answer.page.select_one("#mail-error")


async def test_the_last_programme_coordinator_is_told_how_to_leave(house, web, olga, official):
    await last_coordinator(house, official.id)
    page = await olga.see("/offices")
    assert "The last one stays until somebody else has said yes" in page.text
    await an_official(house, PROGRAMME)
    page = await olga.see("/offices")
    (mine,) = [form for form in page.select("form") if form.select_one("input[name=mine]")]
    answer = await olga.submit(mine)
    assert (answer.path, "The office has ended." in answer.page.text) == ("/", True)
    await olga.see("/offices", status=403)


async def test_an_office_that_the_last_one_would_end_in_another_tab_is_refused_with_its_reason(house, olga, official):
    await an_official(house, PROGRAMME)
    page = await olga.see("/offices")
    (mine,) = [form for form in page.select("form") if form.select_one("input[name=mine]")]
    await last_coordinator(house, official.id)
    answer = await olga.submit(mine)
    assert (answer.status, "The programme keeps a coordinator" in answer.page.text) == (409, True)


async def test_nobody_else_sees_the_offices(web, house, anna):
    await anna.see("/offices", status=403)
    assert not (await anna.see("/profile")).select('a[href="/offices"]')
    nora = await web.signed_in(await an_official(house, NATIONAL, "CZ"))
    await nora.see("/offices", status=403)
    assert not (await nora.see("/clusters")).select('a[href="/offices"]')

"""In the browser: an account says where somebody works, they say so themselves, and the school is asked."""

from uuid import uuid4

import pytest

from tests.clusters.doors.test_introductions import STAFF, school_is_named
from tests.provider.visiting import alert, signs_in
from tests.web.browser import form_to


@pytest.fixture
async def domain(house, cluster):
    domain = f"school-{uuid4().hex[:8]}.test"
    await school_is_named(house, cluster.mentee, domain)
    return domain


async def led(guest, schools, **claims):
    """Where the account of somebody of whom the provider says this leads."""
    return await signs_in(guest, schools, await schools.has(uuid4().hex, **claims), "/events")


async def test_a_teacher_is_asked_by_name_says_yes_and_the_coordinator_sees_how_she_came(
    house, web, ben, cluster, providers, domain
):
    guest, schools, mail = web.guest(), providers["schools"], f"dana-{uuid4().hex}@x.test"
    claims = {"schac_home_organization": domain, "email": mail, "email_verified": True, "name": "Dana Hrubá"}
    answer = await led(guest, schools, **STAFF, **claims)
    assert (answer.status, answer.path) == (303, "/sign-in/school")
    assert answer.page.select_one("main h1").text.startswith("Do you work at School ")
    assert schools.name in answer.page.select_one("main").text
    form = form_to(answer.page, "/sign-in/school")
    assert (form.select_one("[name=name]")["value"], mail in form.text) == ("Dana Hrubá", True)
    assert not form.select("[name=mail]")
    assert form.select_one("a[href='/sign-in?to=/profile%23identities']").text.startswith("Come by a link")
    answer = await guest.submit(form)
    assert (answer.path, "Who leads the school is asked now" in answer.page.text) == ("/join/sent", True)
    assert answer.page.h1.text == "Your school is asked first"
    assert not [cookie for cookie in guest.http.cookies.jar if cookie.name == "introduction"]
    await house.run_jobs("clusters")
    people = await ben.see(f"/clusters/{cluster.id}/people")
    assert f"came by an account: {schools.name}" in people.text
    (asked,) = [link["href"] for link in people.select("a") if link.text == "Do they belong here?"]
    assert "Came by an account that says that they work at your school" in (await ben.see(asked)).text


async def test_an_account_without_an_address_asks_for_one_and_keeps_what_was_typed(web, providers, domain):
    guest = web.guest()
    answer = await led(guest, providers["schools"], **STAFF, schac_home_organization=domain)
    answer = await guest.submit(form_to(answer.page, "/sign-in/school"), name="Dana", mail="dana")
    assert answer.status == 422
    name, mail = answer.page.select("input[name=name], input[name=mail]")
    assert (name["value"], mail["value"], mail["aria-invalid"]) == ("Dana", "dana", "true")
    answer = await guest.submit(form_to(answer.page, "/sign-in/school"), name="Dana", mail="")
    assert answer.status == 422
    assert answer.page.select_one("input[name=mail]")["aria-invalid"] == "true"


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"eduperson_affiliation": "student"}, "does not say that you work at a school"),
        (STAFF | {"schac_home_organization": "nowhere.test"}, "does not know the school"),
    ],
)
async def test_what_an_account_does_not_say_is_told_beside_the_other_doors(web, providers, claims, words):
    answer = await led(web.guest(), providers["schools"], **claims)
    assert (answer.status, words in alert(answer)) == (409, True)


async def test_without_an_introduction_one_begins_again(web, providers):
    page = await web.guest().see("/sign-in/school", 410)
    assert "Sign in with the account again." in page.select_one("[role=alert]").text
    assert page.select(".doors a")
    page = await web.guest(introduction="made up").see("/sign-in/school", 410)
    assert page.select(".doors a")


async def test_the_coordinator_says_whether_they_wait_beside_the_code(web, ben, cluster, providers):
    at = f"/schools/{cluster.mentee}/code"
    (box,) = (await ben.see(at)).select("#welcome [name=waits]")
    assert box.has_attr("checked")
    form = form_to(await ben.see(at), "/welcome")
    form.select_one("[name=waits]").decompose()
    answer = await ben.submit(form)
    assert (answer.path, "It is kept." in answer.page.select_one("#welcome .flash").text) == (at, True)
    (box,) = (await ben.see(at)).select("#welcome [name=waits]")
    assert not box.has_attr("checked")


async def test_where_no_provider_says_where_people_work_nothing_is_asked(ben, cluster):
    assert not (await ben.see(f"/schools/{cluster.mentee}/code")).select("#welcome")


@pytest.mark.parametrize(("language", "side"), [("ar", "rtl"), ("cs", "ltr")])
async def test_it_is_asked_in_every_language(web, providers, domain, language, side):
    answer = await led(web.guest(language), providers["schools"], **STAFF, schac_home_organization=domain)
    assert answer.page.html["dir"] == side
    assert "Do you work" not in answer.page.text
    assert not answer.page.select("main [role=alert]")

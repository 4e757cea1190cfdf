"""Teachers come in with the accounts that their schools gave them, and nobody comes in as somebody else."""

import asyncio

import httpx
import pytest

from tests.people import refusal
from tests.provider.running import signed_in_there
from tests.provider.visiting import alert, comes_back, connects, is_in, led_on, sent_on, signs_in
from tests.web.browser import fields_of, form_to
from tests.web.conftest import Web
from tests.web.test_sign_in import mailed_link

NOT_YET = "lets nobody in here yet"


async def whose(browser):
    return (await browser.see("/profile")).select_one("#name")["value"]


@pytest.mark.parametrize("key", ["region", "escola"])
async def test_a_teacher_comes_in_with_the_account_of_her_school_and_is_where_she_wanted_to_be(
    web, cluster, providers, key
):
    cara = web.guest()
    mail = cluster.addresses["cara"].upper()
    subject = await providers[key].has(f"cara-{cluster.id}", email=mail, email_verified=True)
    answer = await signs_in(cara, providers[key], subject, "/events?when=past")
    assert (answer.status, answer.path, answer.raw.url.query) == (303, "/events", b"when=past")
    assert "You are signed in." in answer.page.get_text(" ")
    assert not [cookie for cookie in cara.http.cookies.jar if cookie.name == "provider"]
    assert await whose(cara) == "Cara Sykes"


async def test_an_address_that_changes_at_the_provider_changes_nothing(web, cluster, providers):
    region = providers["region"]
    cara = await region.has(f"cara-{cluster.id}", email=cluster.addresses["cara"], email_verified=True)
    assert is_in(await signs_in(web.guest(), region, cara))
    await region.has(cara, email=cluster.addresses["dan"], email_verified=True)
    browser = web.guest()
    await signs_in(browser, region, cara)
    assert await whose(browser) == "Cara Sykes"
    await region.has(cara)
    assert is_in(await signs_in(web.guest(), region, cara))


async def test_who_is_not_known_sees_one_and_the_same_page_whatever_the_address_is(web, cluster, providers):
    region, known = providers["region"], cluster.addresses
    assert is_in(
        await signs_in(
            web.guest(), region, await region.has(f"d-{cluster.id}", email=known["dan"], email_verified=True)
        )
    )
    pages = set()
    for number, claims in enumerate(
        (
            {},
            {"email": "nobody@school.test", "email_verified": True},
            {"email": "nobody@school.test"},
            {"email": known["cara"]},
            {"email": known["cara"], "email_verified": False},
            {"email": known["cara"], "email_verified": 1},
            {"email": [known["cara"]], "email_verified": True},
            {"email": known["dan"], "email_verified": True},  # has another account there already
        )
    ):
        answer = await signs_in(web.guest(), region, await region.has(f"{number}-{cluster.id}", **claims))
        assert (answer.status, NOT_YET in alert(answer)) == (409, True), claims
        pages.add(answer.page.select_one("main").get_text(" ", strip=True))
    assert len(pages) == 1


async def test_an_account_that_says_nothing_but_who_it_is_of_is_connected_and_disconnected(web, cluster, providers):
    lesson = providers["lesson"]
    subject = await lesson.has(f"c-{cluster.id}", email=cluster.addresses["cara"], email_verified=True)
    assert NOT_YET in alert(await signs_in(web.guest(), lesson, subject))
    cara = web.guest()
    await cara.submit(form_to(await cara.see(await mailed_link(web, cluster.addresses["cara"])), "/sign-in/link"))
    answer = await connects(cara, lesson, subject)
    assert (answer.status, answer.path) == (303, "/profile")
    assert "it lets you in from now on" in answer.page.select_one("#identities .flash").text
    (item,) = answer.page.select("#identities li")
    assert item.select_one("bdi").text == "مدرستي"
    again = web.guest()
    await signs_in(again, lesson, subject)
    assert await whose(again) == "Cara Sykes"
    answer = await cara.submit(item.form)
    assert (answer.path, answer.page.select("#identities li")) == ("/profile", [])
    assert NOT_YET in alert(await signs_in(web.guest(), lesson, subject))


async def test_what_was_disconnected_is_not_connected_again_by_its_address(web, cluster, providers):
    region = providers["region"]
    subject = await region.has(f"c-{cluster.id}", email=cluster.addresses["cara"], email_verified=True)
    cara = web.guest()
    await signs_in(cara, region, subject)
    (form,) = (await cara.see("/profile")).select("#identities li form")
    await cara.submit(form)
    assert NOT_YET in alert(await signs_in(web.guest(), region, subject))
    await connects(cara, region, subject)
    assert is_in(await signs_in(web.guest(), region, subject))


async def test_an_account_lets_in_one_person(web, cluster, providers, anna, ben):
    region = providers["region"]
    shared = await region.has(f"shared-{cluster.id}")
    await connects(anna, region, shared)
    answer = await connects(ben, region, shared)
    assert answer.status == 409
    assert "somebody else" in answer.page.select_one("#identities [role=alert]").text
    assert not answer.page.select("#identities li")
    (form,) = (await anna.see("/profile")).select("#identities li form")
    assert (await ben.submit(form)).status == 404
    await connects(anna, region, shared)
    assert len((await anna.see("/profile")).select("#identities li")) == 1


async def test_an_answer_counts_for_what_was_begun_and_for_whom(web, cluster, providers, anna, ben):
    region = providers["region"]
    subject = await region.has(f"a-{cluster.id}")
    back, kept = await signed_in_there(await led_on(anna, region), subject), anna.http.cookies["provider"]
    ben.http.cookies.set("provider", kept)
    answer = await comes_back(ben, back)
    assert (answer.status, "Begin again" in answer.page.select_one("#identities [role=alert]").text) == (410, True)
    back, kept = await signed_in_there(await led_on(anna, region), subject), anna.http.cookies["provider"]
    assert "Begin again" in alert(await comes_back(web.guest(provider=kept), back))
    guest = web.guest()
    back = await signed_in_there(await sent_on(guest, region), subject)
    ben.http.cookies.clear()
    ben.http.cookies.set("session", await web.session_of(cluster.ben))
    ben.http.cookies.set("provider", guest.http.cookies["provider"].replace("to=%2F", "connects=yes"))
    assert (await comes_back(ben, back)).status == 410
    assert not (await ben.see("/profile")).select("#identities li")


async def test_who_is_in_already_begins_nothing(web, providers, ben):
    answer = await ben.http.get("/sign-in/with/region", params={"to": "/events"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/events")


@pytest.mark.parametrize("to", ["https://evil.test/", "//evil.test/", "/\\evil.test/"])
async def test_nobody_is_sent_to_another_site_afterwards(web, cluster, providers, to):
    region = providers["region"]
    subject = await region.has(f"c-{cluster.id}", email=cluster.addresses["cara"], email_verified=True)
    guest = web.guest()
    answer = await guest.http.get("/sign-in/with/region", params={"to": to})
    assert (await comes_back(guest, await signed_in_there(answer.headers["location"], subject))).path == "/"
    forged = web.guest(provider=f"secret=x&to={to}")
    answer = await comes_back(forged, "/sign-in/with/region/answer?state=x&code=y")
    kept = fields_of(form_to(answer.page, "/sign-in"))["to"]
    assert httpx.URL("http://staffroom.test").join(kept).host == "staffroom.test"


async def test_two_accounts_with_one_address_that_come_at_once_are_not_one_person(web, cluster, providers):
    region, claims = providers["region"], {"email": cluster.addresses["cara"], "email_verified": True}
    browsers, backs = [web.guest() for _ in range(4)], []
    for number, browser in enumerate(browsers):
        subject = await region.has(f"{number % 2}-{cluster.id}", **claims)
        backs.append(await signed_in_there(await sent_on(browser, region), subject))
    answers = await asyncio.gather(*map(comes_back, browsers, backs))
    came = [is_in(answer) for answer in answers]
    assert came in ([True, False, True, False], [False, True, False, True])
    rows = await web.house.rows("clusters", "select subject from identity where person_id = $1", cluster.cara.id)
    assert len(rows) == 1


async def test_a_house_without_providers_shows_no_button(web, ben):
    assert not (await web.guest().see("/sign-in")).select('[href^="/sign-in/with/"]')
    assert not (await ben.see("/profile")).select("#identities")
    answer = await comes_back(web.guest(), "/sign-in/with/region?to=/")
    assert (answer.status, "knows no such account" in alert(answer)) == (404, True)
    answer = await comes_back(web.guest(), "/sign-in/with/region/answer?code=x&state=y")
    assert (answer.status, "knows no such account" in alert(answer)) == (404, True)


@pytest.mark.parametrize(("language", "side"), [("ar", "rtl"), ("cs", "ltr"), ("he", "rtl"), ("hu", "ltr")])
async def test_the_doors_are_there_in_every_language(web, providers, language, side):
    page = await web.guest(language).see("/sign-in")
    assert page.html["dir"] == side
    assert [button.get_text(strip=True) for button in page.select(".doors a")] == [
        provider.name for provider in providers.values()
    ]
    answer = await comes_back(web.guest(language), "/sign-in/with/region/answer?state=x")
    assert answer.status == 410
    assert alert(answer) != alert(await comes_back(web.guest(), "/sign-in/with/region/answer?state=x"))


async def test_over_https_what_the_browser_keeps_is_bound_to_the_host(web, providers):
    secure = Web(web.house, public_url="https://staffroom.test")
    async with secure.app.router.lifespan_context(secure.app):
        guest = secure.guest()
        guest.http.base_url = "https://staffroom.test"
        answer = await guest.http.get("/sign-in/with/region")
        (cookie,) = answer.headers.get_list("set-cookie")
        assert cookie.startswith("__Host-provider=")
        assert {"secure", "httponly", "samesite=lax", "path=/", "max-age=600"} <= set(cookie.lower().split("; "))


async def test_nobody_else_begins_to_connect_an_account_of_mine(web, providers, ben):
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "http://evil.test"}):
        assert (await ben.http.post("/profile/identities/region", headers=headers)).status_code == 403


async def test_programs_do_not_sign_people_in(house, cluster, providers):
    for asker in (cluster.cara, house.guest, await house.as_service("events")):
        answer = await asker.clusters.post("/v1/authentication-requests", json={"provider": "region"})
        assert refusal(answer)[0] in (401, 403)
    web = await house.as_service("web")
    assert refusal(await web.clusters.post("/v1/me/authentication-requests", json={"provider": "region"}))[0] == 403

"""The second step in the pages: set up once, asked for at every door but a passkey, and lost without being shut out."""

import pytest

from tests.clusters.doors.test_factors import asked, code_of
from tests.device import Device
from tests.web.browser import form_to
from tests.web.test_erasure import come_by_link
from tests.web.test_passkeys import adds, comes
from tests.web.test_sign_in import mailed_link

__all__ = ["asked"]


async def sets_up(browser, start="/second-step"):
    """(the key in the app, the page with the codes)."""
    page = (await browser.submit(form_to(await browser.see(start), "/second-step"))).page
    key = page.select_one(".wall details bdi").text
    assert page.select_one(".qr svg")
    return key, await browser.submit(form_to(page, "/second-step/confirmation"), code=code_of(key, -1))


async def arrives(web, cluster, who):
    """A guest who came by a link, and the page that is shown then."""
    browser = web.guest()
    link = await mailed_link(web, cluster.addresses[who])
    return browser, await browser.submit(form_to(await browser.see(link), "/sign-in/link"))


async def test_who_leads_adds_a_second_step_and_is_asked_for_it_from_then_on(web, cluster):
    ben = await come_by_link(web, cluster, "ben")
    key, shown = await sets_up(ben)
    codes = [each.text for each in shown.page.select("main ol bdi")]
    assert len({*codes}) == 10
    assert "10 recovery codes are left" in (await ben.see("/profile")).select_one("#second-step").get_text(" ")
    browser, answer = await arrives(web, cluster, "ben")
    assert answer.path == "/sign-in/step"
    assert (await browser.http.get("/profile")).headers["location"].startswith("/sign-in?")
    assert (await browser.see("/sign-in?to=/events")).select_one("#code")
    assert (await browser.http.get("/")).headers["location"] == "/sign-in/step"
    kept = await browser.submit(form_to(await ben.see("/profile"), "/profile"), name="Ben Hill the Second")
    assert kept.status == 401
    assert kept.page.h1.text == "A second step is asked for first"
    assert kept.page.select_one("input[name=name]")["value"] == "Ben Hill the Second"
    form = form_to(answer.page, "/sign-in/step")
    wrong = await browser.submit(form, code="000000")
    assert wrong.status == 422
    assert "Wait for the next one" in wrong.page.select_one("#code-error").text
    right = await browser.submit(form_to(wrong.page, "/sign-in/step"), code=code_of(key))
    assert (right.status, right.path) == (303, "/")
    assert "You are signed in." in right.page.get_text(" ")
    other, answer = await arrives(web, cluster, "ben")
    assert (await other.submit(form_to(answer.page, "/sign-in/step"), code=codes[0])).status == 303
    assert "9 recovery codes are left" in (await other.see("/profile")).select_one("#second-step").get_text(" ")


async def test_who_loads_the_page_with_the_codes_again_is_led_to_their_step(web, cluster):
    ben = await come_by_link(web, cluster, "ben")
    page = (await ben.submit(form_to(await ben.see("/second-step"), "/second-step"))).page
    key, form = page.select_one(".wall details bdi").text, form_to(page, "/second-step/confirmation")
    await ben.submit(form, code=code_of(key, -1))
    again = await ben.submit(form, code=code_of(key))
    assert (again.status, again.path) == (303, "/profile")
    assert "Its recovery codes were shown once" in again.page.select_one("#second-step [role=status]").text
    answer = await ben.http.get("/second-step")
    assert (answer.status_code, answer.headers["location"]) == (303, "/profile#second-step")


async def test_a_wrong_code_keeps_the_key_that_the_app_has_read(web, cluster):
    ben = await come_by_link(web, cluster, "ben")
    page = (await ben.submit(form_to(await ben.see("/second-step"), "/second-step"))).page
    key = page.select_one(".wall details bdi").text
    wrong = await ben.submit(form_to(page, "/second-step/confirmation"), code="000000")
    assert wrong.status == 422
    assert wrong.page.select_one(".wall details bdi").text == key
    assert wrong.page.select_one(".qr svg")
    right = await ben.submit(form_to(wrong.page, "/second-step/confirmation"), code=code_of(key))
    assert len(right.page.select("main ol bdi")) == 10


async def test_a_passkey_needs_no_second_step(web, cluster):
    ben, device = await come_by_link(web, cluster, "ben"), Device()
    await sets_up(ben)
    await adds(ben, device)
    assert (await comes(web.guest(), device, "/events")).path == "/events"


async def test_it_is_removed_by_a_code_after_the_page_has_said_what_is_lost(web, cluster):
    ben = await come_by_link(web, cluster, "ben")
    key, _ = await sets_up(ben)
    page = await ben.see("/second-step/end")
    assert "your recovery codes work no more" in page.get_text(" ")
    assert (await ben.submit(form_to(page, "/second-step/end"), code="1")).status == 422
    removed = await ben.submit(form_to(page, "/second-step/end"), code=code_of(key))
    assert (removed.status, removed.path) == (303, "/profile")
    _, answer = await arrives(web, cluster, "ben")
    assert answer.path == "/"


async def test_who_has_to_have_one_is_led_to_set_it_up_and_is_in_then(web, cluster, asked):
    ben, answer = await arrives(web, cluster, "ben")
    assert answer.path == "/second-step"
    assert "The programme asks it" in answer.page.get_text(" ")
    for path in ("/profile", f"/clusters/{cluster.id}"):
        assert (await ben.http.get(path)).headers["location"].startswith("/sign-in?")
    key, shown = await sets_up(ben)
    await ben.see(shown.page.select_one("main a.button")["href"])
    await ben.see("/profile")
    removed = await ben.submit(form_to(await ben.see("/second-step/end"), "/second-step/end"), code=code_of(key))
    assert removed.path == "/second-step"
    assert "The second step is removed." in removed.page.select_one("[role=status]").text
    _, answer = await arrives(web, cluster, "cara")
    assert answer.path == "/"


async def test_a_teacher_is_not_bothered_with_it(web, cluster):
    assert (await (await web.signed_in(cluster.cara)).see("/profile")).select("#second-step") == []


@pytest.mark.parametrize("path", ["/second-step", "/second-step/end", "/sign-in/step"])
async def test_a_guest_signs_in_first(web, path):
    assert (await web.guest().http.get(path)).headers["location"].startswith("/sign-in?")


async def test_who_came_long_ago_comes_in_again_first(web, cluster):
    ben = await come_by_link(web, cluster, "ben")
    old = "update session set began_at = now() - interval '2 hours' where person_id = $1"
    await web.house.rows("clusters", old, cluster.ben.id)
    refused = await ben.submit(form_to(await ben.see("/second-step"), "/second-step"))
    assert refused.status == 409
    assert "Sign out and come in again first" in refused.page.select_one("main .alert").text


async def test_a_page_that_shows_a_key_or_codes_once_is_kept_nowhere(web, cluster):
    ben = await come_by_link(web, cluster, "ben")
    key = (await ben.http.post("/second-step", data={"to": "/"})).headers["cache-control"]
    picture = (await ben.http.post("/profile/sessions/another")).headers["cache-control"]
    page = (await ben.submit(form_to(await ben.see("/second-step"), "/second-step"))).page
    said = {
        field["name"]: field.get("value", "") for field in form_to(page, "/second-step/confirmation").select("input")
    }
    said["code"] = code_of(said["key"])
    shown = await ben.http.post("/second-step/confirmation", data=said)
    assert "Recovery codes" in shown.text
    for kept in (key, picture, shown.headers["cache-control"]):
        assert "no-store" in kept

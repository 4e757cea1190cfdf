"""A passkey is added on the page about oneself, and lets in on the page to sign in."""

import json

import pytest

from tests.device import Device
from tests.web.browser import form_to
from tests.web.conftest import Web

HERE = "/profile/passkeys"


async def adds(browser, device, name="My phone"):
    """What the page's script does when its button is pressed."""
    options = (await browser.http.post(f"{HERE}/options")).json()
    form = form_to(await browser.see("/profile"), HERE)
    return await browser.submit(form, passkey=name, answer=json.dumps(device.make(options)))


async def comes(browser, device, to="/"):
    form = form_to(await browser.see(f"/sign-in?to={to}"), "/sign-in/passkey")
    options = (await browser.http.post("/sign-in/passkey/options")).json()
    return await browser.submit(form, answer=json.dumps(device.sign(options)))


async def test_a_teacher_adds_a_passkey_and_comes_in_with_it_where_she_wanted_to_be(web, cluster):
    cara, device = await web.signed_in(cluster.cara), Device()
    added = await adds(cara, device)
    assert "it lets you in from now on" in added.page.select_one("#passkeys .flash").text
    assert "not used yet" in added.page.select_one("#passkeys li").get_text(" ")
    browser = web.guest()
    answer = await comes(browser, device, "/events")
    assert (answer.status, answer.path) == (303, "/events")
    assert "You are signed in." in answer.page.get_text(" ")
    page = await browser.see("/profile")
    assert "last used" in page.select_one("#passkeys li").get_text(" ")
    assert "by a passkey" in page.select_one("#sessions").get_text(" ")


async def test_what_is_lost_is_said_before_a_passkey_is_removed(web, cluster):
    marie, device = await web.signed_in(cluster.marie), Device()
    page = (await adds(marie, device)).page
    assert "lets nobody in here any more" in page.select_one("#passkeys details").get_text(" ")
    assert "Every browser that came in with it is signed out" in page.select_one("#passkeys details").get_text(" ")
    removed = await marie.submit(page.select_one("#passkeys li form"))
    assert removed.page.select("#passkeys li") == []
    refused = await comes(web.guest(), device)
    assert refused.status == 409
    assert "it may have been removed" in refused.page.select_one("main .alert").text


async def test_a_name_that_is_missing_is_said_beside_it_and_a_stale_answer_above(web, cluster):
    dan, device = await web.signed_in(cluster.dan), Device()
    refused = await adds(dan, device, " ")
    assert refused.status == 422
    assert refused.page.select_one("#passkey-error")
    form = form_to(await dan.see("/profile"), HERE)
    for answer in ("", "[", "[]", "{}"):
        refused = await dan.submit(form, passkey="Desk", answer=answer)
        assert refused.status == 422
        assert refused.page.select_one("#passkeys .alert")
        assert refused.page.select_one("#passkey")["value"] == "Desk"


@pytest.mark.parametrize("answer", ["", "[]", "{", '{"id": "x"}'])
async def test_without_javascript_the_page_says_what_a_passkey_needs_and_other_ways_remain(web, answer):
    browser = web.guest()
    page = await browser.see("/sign-in")
    form = form_to(page, "/sign-in/passkey")
    assert "A passkey needs JavaScript" in form.get_text(" ")
    assert form.select_one("[data-able]").has_attr("hidden")
    assert form_to(page, "/sign-in")
    refused = await browser.submit(form, answer=answer)
    assert refused.status == 410
    assert "Begin again" in refused.page.select_one("main .alert").text


async def test_what_the_browser_is_asked_is_kept_by_nobody_and_given_to_no_other_site(web, cluster):
    browser = web.guest()
    asked = await browser.http.post("/sign-in/passkey/options")
    assert asked.headers["cache-control"] == "no-store"
    assert asked.json()["rpId"] == "staffroom.test"
    headers = {"sec-fetch-site": "cross-site", "origin": "https://evil.test"}
    assert (await browser.http.post("/sign-in/passkey/options", headers=headers)).status_code == 403
    signed_out = await browser.http.post(f"{HERE}/options")
    assert signed_out.status_code == 401


def test_a_house_that_is_reached_at_a_number_offers_none(house):
    assert not Web(house, public_url="http://192.0.2.7").settings.has_passkeys
    assert Web(house, public_url="http://localhost:8000").settings.has_passkeys

"""A passkey is made and used in a real browser, by a device that its own protocol plays (Chromium's virtual one)."""

import pytest
from playwright.async_api import expect

from tests.journeys.test_accessibility import INES

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
async def with_device(visit):
    """A visitor whose browser has a device that keeps passkeys, and a way to speak to it."""

    async def arrive(language="en", **options):
        visitor = await visit(language, **options)
        line = await visitor.page.context.new_cdp_session(visitor.page)
        await line.send("WebAuthn.enable")
        device = await line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        return visitor, line, device["authenticatorId"]

    return arrive


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
async def test_a_passkey_is_added_lets_in_without_an_address_and_is_removed(with_device, language, width):
    ines, line, device = await with_device(language, width=width)
    await ines.sign_in_by_password(INES)
    await ines.open("/profile")
    before = await ines.page.locator("#passkeys li").count()
    await ines.page.locator("#passkey").fill("My phone")
    await ines.page.locator("form[action='/profile/passkeys'] button").click()
    await expect(ines.page.locator("#passkeys .flash")).to_be_visible()
    await expect(ines.page.locator("#passkeys li")).to_have_count(before + 1)
    assert len((await line.send("WebAuthn.getCredentials", {"authenticatorId": device}))["credentials"]) == 1

    # The same device makes no second one.
    await ines.page.locator("#passkey").fill("Again")
    await ines.page.locator("form[action='/profile/passkeys'] button").click()
    await expect(ines.page.locator("#passkeys [data-said]")).not_to_be_empty()
    await expect(ines.page.locator("#passkeys li")).to_have_count(before + 1)

    await ines.page.context.clear_cookies()
    await ines.open("/sign-in?to=/events")
    await expect(ines.page.locator("[data-unable]")).to_have_count(0)
    await ines.page.locator("form[action='/sign-in/passkey'] button").click()
    await expect(ines.page).to_have_url(f"{ines.home.url}/events")
    await ines.open("/profile")
    await expect(ines.page.locator("[name=name]")).to_have_value("Inês Carvalho")

    await ines.page.locator("#passkeys li summary").last.click()
    await ines.page.locator("#passkeys li form button").last.click()
    await expect(ines.page.locator("#passkeys li")).to_have_count(before)
    await ines.page.context.clear_cookies()
    await ines.open("/sign-in")
    await ines.page.locator("form[action='/sign-in/passkey'] button").click()
    await expect(ines.page.locator("main .alert")).to_be_visible()
    assert [failure for failure in ines.failures if "409" not in failure] == []


async def test_a_device_whose_owner_does_not_unlock_it_lets_nobody_in_and_the_page_says_what_to_do(with_device):
    ines, line, device = await with_device()
    await ines.sign_in_by_password(INES)
    await ines.open("/profile")
    await ines.page.locator("#passkey").fill("Tablet")
    await ines.page.locator("form[action='/profile/passkeys'] button").click()
    await expect(ines.page.locator("#passkeys .flash")).to_be_visible()
    await line.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    await ines.page.context.clear_cookies()
    await ines.open("/sign-in")
    await ines.page.locator("form[action='/sign-in/passkey'] button").click()
    await expect(ines.page.locator("[data-said]")).to_have_text("Nothing was done. Try again, or use another way in.")
    await expect(ines.page).to_have_url(f"{ines.home.url}/sign-in")
    assert ines.failures == []


async def test_without_javascript_the_other_ways_in_remain(visit):
    ines = await visit("en", javascript=False, width=360)
    await ines.open("/sign-in")
    await expect(ines.page.locator("[data-able]")).to_be_hidden()
    await expect(ines.page.get_by_text("A passkey needs JavaScript")).to_be_visible()
    await ines.sign_in_by_password(INES)
    assert ines.failures == []

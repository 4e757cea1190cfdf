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
BUTTON = "form[action='/sign-in/passkey'] button"
ASKED = "/sign-in/passkey/options"
OLDER = "delete PublicKeyCredential.isConditionalMediationAvailable"
SLEPT = """
const get = navigator.credentials.get.bind(navigator.credentials), now = Date.now;
navigator.credentials.get = async (asked) => {
  const given = await get(asked);
  if (asked.mediation) Date.now = () => now() + 600_000;
  return given;
};
"""


class Device:
    """What keeps passkeys for a visitor, and the person who holds it."""

    def __init__(self, line, device_id):
        self.line, self.known = line, {"authenticatorId": device_id}

    async def passkeys(self):
        return (await self.line.send("WebAuthn.getCredentials", self.known))["credentials"]

    async def is_touched(self, touched):
        """A touch chooses, too, what is offered in a list."""
        await self.line.send("WebAuthn.setAutomaticPresenceSimulation", self.known | {"enabled": touched})

    async def stays_locked(self):
        await self.line.send("WebAuthn.setUserVerified", self.known | {"isUserVerified": False})


@pytest.fixture
async def with_device(visit):
    """A visitor whose browser has a device that keeps passkeys, and `offers` them in a field or not; and the device."""

    async def arrive(language="en", *, offers=False, **options):
        visitor = await visit(language, **options)
        if not offers:
            await visitor.page.add_init_script(OLDER)
        line = await visitor.page.context.new_cdp_session(visitor.page)
        await line.send("WebAuthn.enable")
        device = await line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        return visitor, Device(line, device["authenticatorId"])

    return arrive


async def adds(visitor, name):
    await visitor.open("/profile")
    await visitor.page.locator("#passkey").fill(name)
    await visitor.page.locator("form[action='/profile/passkeys'] button").click()
    await expect(visitor.page.locator("#passkeys .flash")).to_be_visible()


async def is_back(visitor, path):
    """Signed out, in front of the page to sign in."""
    await visitor.page.context.clear_cookies()
    await visitor.open(path)


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
async def test_a_passkey_is_added_lets_in_without_an_address_and_is_removed(with_device, language, width):
    ines, device = await with_device(language, width=width)
    await ines.sign_in_by_password(INES)
    await ines.open("/profile")
    before = await ines.page.locator("#passkeys li").count()
    await adds(ines, "My phone")
    await expect(ines.page.locator("#passkeys li")).to_have_count(before + 1)
    assert len(await device.passkeys()) == 1

    # The same device makes no second one.
    await ines.page.locator("#passkey").fill("Again")
    await ines.page.locator("form[action='/profile/passkeys'] button").click()
    await expect(ines.page.locator("#passkeys [data-said]")).not_to_be_empty()
    await expect(ines.page.locator("#passkeys li")).to_have_count(before + 1)

    await is_back(ines, "/sign-in?to=/events")
    await expect(ines.page.locator("[data-unable]")).to_have_count(0)
    await ines.page.locator(BUTTON).click()
    await expect(ines.page).to_have_url(f"{ines.home.url}/events")
    await ines.open("/profile")
    await expect(ines.page.locator("[name=name]")).to_have_value("Inês Carvalho")

    await ines.page.locator("#passkeys li summary").last.click()
    await ines.page.locator("#passkeys li form button").last.click()
    await expect(ines.page.locator("#passkeys li")).to_have_count(before)
    await is_back(ines, "/sign-in")
    await ines.page.locator(BUTTON).click()
    await expect(ines.page.locator("main .alert")).to_be_visible()
    assert [failure for failure in ines.failures if "409" not in failure] == []


async def test_a_device_whose_owner_does_not_unlock_it_lets_nobody_in_and_the_page_says_what_to_do(with_device):
    ines, device = await with_device()
    await ines.sign_in_by_password(INES)
    await adds(ines, "Tablet")
    await is_back(ines, "/sign-in")
    await device.stays_locked()
    await ines.page.locator(BUTTON).click()
    await expect(ines.page.locator("[data-said]")).to_have_text("Nothing was done. Try again, or use another way in.")
    await expect(ines.page).to_have_url(f"{ines.home.url}/sign-in")
    assert ines.failures == []


def asked_by(visitor):
    """What its pages ask for to be signed, from now on."""
    asked = []
    visitor.page.on("request", lambda request: asked.append(request) if ASKED in request.url else None)
    return asked


@pytest.mark.parametrize(("language", "width", "by_button"), [("en", 1280, True), ("ar", 360, False)])
async def test_a_passkey_is_offered_where_the_address_is_typed_for_as_long_as_somebody_is_there(
    with_device, language, width, by_button
):
    ines, device = await with_device(language, offers=True, width=width)
    await ines.sign_in_by_password(INES)
    await adds(ines, "My phone")
    asked = asked_by(ines)
    await ines.page.clock.install()
    await device.is_touched(False)
    async with ines.page.expect_response(f"**{ASKED}*"):
        await is_back(ines, "/sign-in?to=/events")
    await expect(ines.page.locator("#mail")).to_have_attribute("autocomplete", "username webauthn")
    await ines.fill(mail="ines@")
    await ines.page.clock.fast_forward("20:00")
    await ines.page.clock.fast_forward("20:00")
    assert len(asked) == 1, "nobody is there"
    async with ines.page.expect_response(f"**{ASKED}*"):
        await ines.page.mouse.move(100, 100)
    await ines.page.mouse.move(120, 120)
    await expect(ines.page.locator("[data-said]")).to_be_empty()
    await expect(ines.page.locator("#mail")).to_have_value("ines@")
    assert len(asked) == 2
    if by_button:
        await device.is_touched(True)
        await ines.page.locator(BUTTON).click()
    else:
        await ines.page.clock.fast_forward("05:00")
        await device.is_touched(True)
        await ines.page.mouse.move(140, 140)
    await expect(ines.page).to_have_url(f"{ines.home.url}/events")
    assert (len(asked), ines.failures) == (3, [])


async def test_what_was_offered_before_a_laptop_slept_is_asked_for_once_more(with_device):
    ines, _ = await with_device(offers=True)
    await ines.sign_in_by_password(INES)
    await adds(ines, "Laptop")
    asked = asked_by(ines)
    await ines.page.add_init_script(SLEPT)
    await is_back(ines, "/sign-in?to=/events")
    await expect(ines.page).to_have_url(f"{ines.home.url}/events")
    assert (len(asked), ines.failures) == (2, [])


async def test_a_browser_that_offers_none_in_a_field_asks_for_nothing(with_device):
    ines, _ = await with_device()
    asked = asked_by(ines)
    await ines.open("/sign-in")
    await expect(ines.page.locator(BUTTON)).to_be_visible()
    await ines.page.wait_for_load_state("networkidle")
    assert (asked, ines.failures) == ([], [])


async def test_without_javascript_the_other_ways_in_remain(visit):
    ines = await visit("en", javascript=False, width=360)
    await ines.open("/sign-in")
    await expect(ines.page.locator("[data-able]")).to_be_hidden()
    await expect(ines.page.get_by_text("A passkey needs JavaScript")).to_be_visible()
    await ines.sign_in_by_password(INES)
    assert ines.failures == []

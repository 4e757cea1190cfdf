"""Teachers come in with the account of their region, in a real browser, which keeps to the rules that pages give it."""

import pytest
from playwright.async_api import expect

from tests.clusters.doors.test_introductions import STAFF
from tests.journeys.test_accessibility import INES, check_shown

REGION, SCHOOLS = ".doors a[href*='/region?']", ".doors a[href*='/schools?']"
NUMBERED = """
insert into official_id (country, scheme, number, school_id)
select 'PT', 'DOMAIN', $1, school_id from staff join address using (person_id) where mail = $2 and ended_at is null
on conflict do nothing
"""


async def signs_in_there(page, subject):
    """On the pages of the provider: who one is, and yes."""
    await page.locator("[name=login]").fill(subject)
    await page.locator("[name=password]").fill("x")
    await page.locator("button[type=submit]").click()
    await page.locator("button[type=submit]").click()


@pytest.mark.parametrize("javascript", [True, False])
async def test_the_account_of_the_region_leads_where_one_wanted_to_go(provider_there, visit, javascript):
    _, region = provider_there
    await region.has("ines", email=INES, email_verified=True)
    ines = await visit("en", javascript=javascript, width=360)
    await ines.open("/events?when=past")
    await ines.page.locator(REGION).click()
    await signs_in_there(ines.page, "ines")
    await expect(ines.page).to_have_url(f"{ines.home.url}/events?when=past")
    await ines.open("/profile")
    await expect(ines.page.locator("[name=name]")).to_have_value("Inês Carvalho")
    assert ines.failures == []


async def test_an_account_without_an_address_is_connected_and_disconnected(provider_there, visit):
    _, region = provider_there
    await region.has("nobody-in-particular")
    ines = await visit("ar")
    await ines.sign_in_by_password(INES)
    await ines.open("/profile")
    before = await ines.page.locator("#identities li").count()
    await ines.page.locator("form[action='/profile/identities/region'] button").click()
    onward = ines.page.locator("#identities .flash a")
    await onward.click()
    await signs_in_there(ines.page, "nobody-in-particular")
    await expect(ines.page).to_have_url(f"{ines.home.url}/profile#identities")
    await expect(ines.page.locator("#identities li")).to_have_count(before + 1)
    again = await visit("en")
    await again.open("/sign-in")
    await again.page.locator(REGION).click()
    await signs_in_there(again.page, "nobody-in-particular")
    await expect(again.page.locator("nav.rail")).to_be_visible()
    await ines.page.locator("#identities li form button").last.click()
    await expect(ines.page.locator("#identities li")).to_have_count(before)
    assert ines.failures == []


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("ar", False)])
async def test_an_account_of_the_school_asks_by_name_and_the_school_is_asked(
    federation_there, visit, language, javascript
):
    subject = f"rui-{language}"
    said = STAFF | {"schac_home_organization": "ribeira.example", "name": "Rui Santos"}
    await federation_there.has(subject, **said)
    rui = await visit(language, javascript=javascript, width=360)
    await rui.home.rows("clusters", NUMBERED, "ribeira.example", INES)
    await rui.open("/sign-in")
    await rui.page.locator(SCHOOLS).click()
    await signs_in_there(rui.page, subject)
    await expect(rui.page).to_have_url(f"{rui.home.url}/sign-in/school")
    await expect(rui.page.locator("main h1 bdi")).to_contain_text("Ribeira")
    await expect(rui.page.locator("[name=name]")).to_have_value("Rui Santos")
    if javascript:
        await check_shown(rui, "introductions/new")
    await rui.fill(mail=f"{subject}@school.test")
    await rui.send("Yes, I work here")
    await expect(rui.page).to_have_url(f"{rui.home.url}/join/sent?waits=true")
    assert rui.failures == []

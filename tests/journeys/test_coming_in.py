"""A teacher from the invitation to being in, and out again: what she presses and types is counted."""

import re
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from playwright.async_api import expect

from look.scene import find
from tests.journeys.test_accessibility import INES
from tests.journeys.ways import in_both_ways

SOPHIE = "Sophie Pereira"


async def invites(visit, mail, language):
    """Inês pastes an address, looks once at what will happen, and it is done; her browser."""
    ines = await visit("en")
    await ines.sign_in_by_password(INES)
    await ines.open("/clusters")
    await ines.follow("People", ines.page.locator("main"))
    await ines.follow("Several at once, by their addresses")
    await ines.fill(pasted=f"{SOPHIE} <{mail}>")
    await ines.page.locator("[name=language]").select_option(language)
    await ines.send("See what will happen")
    await ines.sees("1 person will be invited")
    await ines.send("Send 1 invitation")
    await ines.sees("The invitations are on their way.")
    return ines


async def comes_in(visit, way):
    """(the browser of somebody who was invited just now and said yes, that of Inês, her address)"""
    mail = f"sophie-{uuid4().hex[:8]}@ribeira.example"
    ines = await invites(visit, mail, way["language"])
    sophie = await visit(**way)
    link = await sophie.next_link(mail)
    sophie.presses = sophie.typed = 0
    await sophie.page.locator(f'a[href="{link}"]').click()
    await sophie.send("Come in")
    await expect(sophie.page.locator("[name=name]")).to_have_value(SOPHIE)
    await expect(sophie.page.locator("[name=language]")).to_have_value(way["language"])
    await sophie.send("Yes, I belong here")
    await expect(sophie.page.locator("nav.rail")).to_be_attached()
    return sophie, ines, mail


@in_both_ways
async def test_the_link_and_two_presses_are_all_it_takes(visit, way):
    sophie, ines, _ = await comes_in(visit, way)
    assert (sophie.presses, sophie.typed) == (2, 0)
    await expect(sophie.page.locator("main h1")).to_contain_text(SOPHIE)
    await expect(sophie.page.locator("[aria-labelledby=guide] .chip.good")).to_have_count(1)
    await sophie.open("/events")
    assert sophie.failures == ines.failures == []


@in_both_ways
async def test_the_browser_in_the_library_is_signed_out_from_another(visit, way):
    sophie, _, mail = await comes_in(visit, way)
    library = await visit(**way)
    await library.sign_in_by_link(mail)
    await sophie.open("/profile")
    sessions = sophie.page.locator("#sessions li")
    await expect(sessions).to_have_count(2)
    await sophie.send("Sign out there", sessions)
    await expect(sessions).to_have_count(1)
    await library.open("/profile")
    await expect(library.page).to_have_url(re.compile("/sign-in"))
    await sophie.open("/profile")
    await expect(sessions).to_have_count(1)


@pytest.mark.proof
@in_both_ways
async def test_she_takes_everything_along_and_leaves_for_good(home, visit, way):
    sophie, ines, mail = await comes_in(visit, way)
    entry = (await find(home.rows, INES, INES))["entry"]
    await sophie.open(f"/entries/{entry}")
    said = f"Goodbye from {mail.partition('@')[0]}."
    await sophie.page.locator("#text").fill(said)
    await sophie.press("Post")
    await expect(sophie.page.locator("article.note").filter(has_text=said)).to_be_visible()
    note = ines.page.locator("article.note").filter(has_text=said)
    await ines.open(f"/entries/{entry}")
    await expect(note).to_contain_text(SOPHIE)
    packed = await fetches(sophie)
    assert any(mail in packed.read(name).decode() for name in packed.namelist() if name.endswith(".json"))
    await sophie.open("/profile/leaving")
    await sophie.page.locator(f"[name=writings][value={'stay' if way['language'] == 'en' else 'go'}]").check()
    await sophie.send("Yes, leave for good")
    await expect(sophie.page).not_to_have_url(re.compile("/profile/leaving"))
    await sophie.open("/profile")
    await expect(sophie.page).to_have_url(re.compile("/sign-in"))
    await gone(ines, f"/entries/{entry}", SOPHIE, note, stays=way["language"] == "en")


async def fetches(sophie):
    await sophie.open("/profile/archive")
    await sophie.send("Pack it")
    await expect(sophie.page.locator(".flash")).to_be_visible()
    for _ in range(60):
        await sophie.open("/notices")
        if await sophie.page.locator("main a[href='/profile/archive']").count():
            break
        await sophie.page.wait_for_timeout(500)
    await sophie.page.locator("main a[href='/profile/archive']").first.click()
    link = await sophie.page.locator("a[download]").get_attribute("href")
    return ZipFile(BytesIO(await (await sophie.page.context.request.get(sophie.home.url + link)).body()))


async def gone(ines, path, name, note, *, stays):
    """Within a minute."""
    for _ in range(60):
        await ines.open(path)
        if await note.count() == stays and name not in await ines.page.locator("main").inner_text():
            break
        await ines.page.wait_for_timeout(1_000)
    assert name not in await ines.page.locator("main").inner_text()
    await expect(note).to_have_count(1 if stays else 0)
    if stays:
        await expect(note).to_contain_text("Somebody who left")

"""A colleague holds a phone to the wall of the staff room: what it reads leads in, in any colours."""

import io
from uuid import uuid4

import pytest
import zxingcpp
from PIL import Image
from playwright.async_api import expect

from look.scene import find
from tests.journeys.test_accessibility import INES
from tests.journeys.ways import PHONE

ANNA = "anna.ribeira@school.example"


def read(picture: bytes) -> str:
    """What somebody else's reader sees in it."""
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return code.text


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_picture_on_the_wall_leads_in(home, visit, scheme):
    school = (await find(home.rows, INES, INES))["school"]
    ines = await visit("en", color_scheme=scheme)
    await ines.sign_in_by_password(INES)
    await ines.open(f"/schools/{school}/code")
    address = read(await ines.page.locator(".wall .qr").screenshot())
    assert address.startswith(f"{home.url}/join?code=")
    anna = await visit("ar", width=360, height=740, javascript=False)
    await anna.page.goto(address)
    await anna.page.locator("[name=name]").fill("Anna Ribeira")
    await anna.page.locator("[name=mail]").fill(ANNA)
    await anna.page.locator("main form button").click()
    await expect(anna.page.locator(".flash")).to_be_visible()
    await expect(anna.page).to_have_url(f"{home.url}/join/sent?waits=true")


async def test_another_device_reads_its_way_in_off_the_first(visit):
    ines = await visit("en", color_scheme="dark")
    await ines.sign_in_by_password(INES)
    await ines.open("/profile/sessions/another")
    await ines.send("Show the picture")
    phone = await visit("en", width=360, height=740, javascript=False)
    await phone.page.goto(read(await ines.page.locator(".wall .qr").screenshot()))
    async with phone.moving_on():
        await phone.page.locator("main form button").click()
    await phone.open("/profile")
    await expect(phone.page.locator("input[name=name]")).to_have_value("Inês Carvalho")


async def test_on_paper_there_is_the_code_and_nothing_else(home, visit):
    school = (await find(home.rows, INES, INES))["school"]
    ines = await visit("en")
    await ines.sign_in_by_password(INES)
    await ines.open(f"/schools/{school}/code")
    await ines.page.emulate_media(media="print")
    await expect(ines.page.locator(".wall .code")).to_be_visible()
    for hidden in ("form", ".rail", ".button"):
        for one in await ines.page.locator(hidden).all():
            await expect(one).to_be_hidden()


async def test_who_came_by_the_wall_belongs_after_the_yes_of_the_school_and_their_own(home, visit):
    school = (await find(home.rows, INES, INES))["school"]
    ines, anna = await visit("en"), await visit(**PHONE)
    await ines.sign_in_by_password(INES)
    await makes(ines, school)
    address = read(await ines.page.locator(".wall .qr").screenshot())
    mail = f"wall-{uuid4().hex[:8]}@school.example"
    await anna.page.goto(address)
    await anna.fill(name="Clara do Muro", mail=mail)
    await anna.send("I work here")
    await expect(anna.page).to_have_url(f"{home.url}/join/sent?waits=true")
    for _ in range(100):  # a job asks, so that nobody can tell by the time who is known
        if asked := await home.rows("clusters", "select id from invitation where mail = $1", mail):
            break
        await ines.page.wait_for_timeout(200)
    await ines.open(f"/invitations/{asked[0]['id']}")
    await ines.sees("Does Clara do Muro belong to")
    await ines.send("Belongs here: send the invitation")
    await anna.page.goto(await anna.next_link(mail))
    await anna.send("Come in")
    await anna.send("Yes, I belong here")
    await expect(anna.page.locator("nav.rail")).to_be_attached()
    await ines.open(f"/schools/{school}/code")
    await ines.send("Switch it off")
    await expect(ines.page.locator(".wall")).to_have_count(0)
    guest = await visit(**PHONE)
    answer = await guest.page.goto(address)
    assert answer.status in (404, 410)
    await expect(guest.page.locator("main .alert")).to_be_visible()
    await expect(guest.page.locator("[name=mail]")).to_have_count(0)
    await makes(ines, school)
    assert ines.failures == anna.failures == guest.failures == []


async def makes(ines, school):
    await ines.open(f"/schools/{school}/code")
    await ines.fill(most="40")
    await ines.send("Make it")
    await expect(ines.page.locator(".wall .qr")).to_be_visible()

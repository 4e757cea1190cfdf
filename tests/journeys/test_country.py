"""A country by noon: 4,000 schools from the spreadsheet of a register, tried out, brought in, and in the next year."""

import asyncio
import re
import time

import pytest
from playwright.async_api import expect

from tests.journeys.ways import DESK, PHONE
from web.words.lists import SCHOOLS_OUTCOMES

ZSOFIA = "zsofia.kovacs@ministry.example"
SCHOOLS, PATIENCE = 4_000, 120
BROKEN = {7, 1_500, 3_999}
DIGITS = re.compile(r"\d+")


def register(year, students):
    """As a ministry has it: a title above the headings, some numbers in words."""
    rows = ["Köznevelési intézmények;;;;", "OM azonosító;Intézmény neve;Település;Tanulók száma;Tanév"]
    for n in range(SCHOOLS):
        number = "kb. 200" if n in BROKEN else students + n % 50
        rows.append(f"{300_000 + n};{n}. sz. Általános Iskola;Falu {n % 97};{number};{year}")
    return {"name": f"iskolak-{year}.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode("cp1250")}


@pytest.mark.proof
async def test_a_ministry_brings_4000_schools_in_before_noon(home, visit):
    zsofia = await visit(**DESK | {"language": "hu"})
    await zsofia.sign_in_by_password(ZSOFIA)
    began = time.monotonic()
    await tries(zsofia, register(2026, 200))
    for row in BROKEN:
        await zsofia.sees(re.compile(rf"{row + 3:,}".replace(",", r"\s?") + r"\. sor"))
    assert await schools_of(home) == 0, "tried out, and nothing has changed"
    await brings_in(zsofia)
    assert await schools_of(home) == SCHOOLS - len(BROKEN)
    print(f"{SCHOOLS} schools, tried out and brought in: {time.monotonic() - began:.0f} s")
    phone = await visit(**PHONE | {"language": "hu"})
    await phone.sign_in_by_password(ZSOFIA)
    await tries(phone, register(2026, 200))
    assert await outcomes(phone) == {"same": SCHOOLS - len(BROKEN), "wrong": len(BROKEN)}
    await tries(phone, register(2027, 300))
    assert await outcomes(phone) == {"numbers": SCHOOLS - len(BROKEN), "wrong": len(BROKEN)}
    await brings_in(phone)
    assert await schools_of(home) == SCHOOLS - len(BROKEN)
    assert zsofia.failures == phone.failures == []


async def tries(zsofia, file):
    await zsofia.open("/bring-in/schools")
    await zsofia.page.locator("[name=file]").set_input_files(file)
    await zsofia.send("Read it")
    await zsofia.send("Try it out")
    await until(zsofia, zsofia.say("Nothing has changed yet; this is what would happen"))


async def brings_in(zsofia):
    """The bar moves by itself, or by looking again."""
    await zsofia.page.locator("form[action$='/beginning'] button").click()
    await expect(zsofia.page.locator("#progress progress")).to_be_visible()
    await until(zsofia, zsofia.say("The schools are in"))


async def until(zsofia, said):
    state = zsofia.page.locator("#state")
    end, live = time.monotonic() + PATIENCE, zsofia.page.viewport_size["width"] == DESK["width"]
    while await state.inner_text() != said:
        assert time.monotonic() < end, await state.inner_text()
        await asyncio.sleep(1)
        if not live:
            await zsofia.follow("Look again")
    await zsofia.page.reload()


async def outcomes(zsofia):
    """What becomes of how many rows, by the words of the page."""
    shown = {}
    for row in await zsofia.page.locator("#progress li").all():
        what, number = (await row.inner_text()).split("\n")[0], await row.locator("b").inner_text()
        shown[what] = int("".join(DIGITS.findall(number)))
    return {name: n for name, words in SCHOOLS_OUTCOMES.items() if (n := shown.get(zsofia.say(words)))}


async def schools_of(home):
    ((number,),) = await home.rows(
        "clusters", "select count(*) from official_id where country = 'HU' and scheme = 'OM'"
    )
    return number

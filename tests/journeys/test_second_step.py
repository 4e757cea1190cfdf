"""A second step with an app that reads the key off the screen: set up, asked for, lost, and removed again."""

import io
import re

import pyotp
import pytest
import zxingcpp
from PIL import Image
from playwright.async_api import expect

from tests.clusters.doors.test_factors import code_of
from tests.journeys.test_accessibility import check_shown
from tests.journeys.ways import DESK, WIDER, in_both_ways

NUNO, TERESA = "nuno.velez@oliveiras.example", "teresa.banha@montado.example"


@pytest.mark.proof
@in_both_ways
async def test_a_code_is_asked_for_until_the_second_step_is_removed(visit, way):
    mail = NUNO if way is DESK else TERESA
    leader = await visit(**way)
    await leader.sign_in_by_link(mail)
    key, codes = await sets_up(leader)
    await comes_in_by_the_app(await visit(**way), mail, key)
    other = await visit(**way)
    await first_step(other, mail)
    await other.fill(code=codes[0].upper())
    await other.send("Go on")
    await expect(other.page.locator("nav.rail")).to_be_attached()
    await other.open("/profile")
    await expect(other.page.locator("#second-step")).to_contain_text(re.compile("[9٩]"))
    await removes(leader, key)
    last = await visit(**way)
    await last.sign_in_by_link(mail)
    assert leader.failures == other.failures == last.failures == []


async def sets_up(leader):
    """(the key that the app reads, the recovery codes)"""
    await leader.open("/profile")
    await leader.page.locator("#second-step a").click()
    await leader.send("Set it up")
    picture = leader.page.locator(".wall .qr")
    await picture.scroll_into_view_if_needed()
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(await picture.screenshot())))
    key = pyotp.parse_uri(read.text).secret
    await narrow_enough(leader, "sign_in/set_up, with the key")
    await leader.fill(code="000000")
    await leader.send("Switch it on")
    await expect(leader.page.locator("#code-error")).to_be_visible()
    await expect(leader.page.locator(".wall .qr")).to_be_visible()
    await leader.fill(code=code_of(key, -1))
    await leader.send("Switch it on")
    shown = leader.page.locator("main ol bdi")
    await expect(shown).to_have_count(10)
    await narrow_enough(leader, "sign_in/codes")
    codes = await shown.all_inner_texts()
    await leader.page.emulate_media(media="print")
    await expect(shown.first).to_be_visible()
    await leader.page.emulate_media(media="screen")
    await leader.follow("I have kept them")
    await expect(leader.page.locator("#second-step")).to_be_visible()
    return key, codes


async def first_step(visitor, mail):
    """By a link, to the question for the code."""
    known = await visitor.newest_sign_in_link(mail)
    await visitor.open("/sign-in?to=/events")
    await visitor.fill(mail=mail)
    await visitor.send("Mail me a link")
    await visitor.page.goto(await visitor.next_link(mail, known))
    await visitor.send("Come in")
    await expect(visitor.page.locator("#code")).to_be_visible()


async def comes_in_by_the_app(visitor, mail, key):
    await first_step(visitor, mail)
    await narrow_enough(visitor, "sign_in/step")
    await visitor.fill(code="000000")
    await visitor.send("Go on")
    await expect(visitor.page.locator("#code-error")).to_be_visible()
    await narrow_enough(visitor, "sign_in/step, refused")
    await visitor.fill(code=code_of(key))
    await visitor.send("Go on")
    await expect(visitor.page).to_have_url(f"{visitor.home.url}/events")
    assert visitor.failures == []


async def removes(leader, key):
    await leader.open("/second-step/end")
    await leader.fill(code=code_of(key, 1))
    await leader.page.locator("main form[action='/second-step/end'] button").click()
    await expect(leader.page.locator("#second-step .flash")).to_be_visible()


async def narrow_enough(visitor, name):
    """With JavaScript under axe, on both screens and in all colours; without it, not wider than the phone."""
    if visitor.page.viewport_size["width"] > 1_000:
        before = visitor.page.viewport_size
        await check_shown(visitor, name)
        await visitor.page.set_viewport_size(before)
        await visitor.page.emulate_media(color_scheme="light")
    else:
        assert await visitor.page.evaluate(WIDER) <= 0, name

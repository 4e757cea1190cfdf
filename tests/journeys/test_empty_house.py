"""From an empty house to its first coordinator: with JavaScript at a desk, and without it on a phone."""

import re

import pytest
from playwright.async_api import expect

from tests.journeys.home import open_home
from tests.journeys.test_accessibility import check_shown
from tests.journeys.visitor import Visitor

HANNAH = "hannah.lindqvist@programme.example"
DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone without JavaScript"])
async def operator(request, chromium, tmp_path):
    """Whoever started a house of their own, in front of a browser."""
    with open_home(tmp_path, "--no-demo") as home:
        context = await chromium.new_context(base_url=home.url, locale="en", **request.param)
        context.set_default_timeout(15_000)
        visitor = Visitor(home, await context.new_page(), "en")
        yield visitor
        assert visitor.failures == []
        await context.close()


@pytest.mark.proof
async def test_the_operator_opens_it_and_the_coordinator_comes_in(operator, request):
    scripted = "phone" not in request.node.name
    (link,) = [line.strip() for line in operator.home.runner.lines if "/open-house?key=" in line]
    await operator.open(link)
    if scripted:
        await check_shown(operator, "opening/new")
    await operator.fill(name="MenSI", more_countries="Česko, Portugal", coordinator__name="Hannah Lindqvist")
    await operator.fill(coordinator__mail=HANNAH, zone="Nowhere")
    await operator.press("Open the house")
    await expect(operator.page.locator("#zone-error")).to_be_visible()
    await expect(operator.page.locator("#coordinator-name")).to_have_value("Hannah Lindqvist")
    if scripted:
        await check_shown(operator, "opening/new, refused")
    await operator.fill(zone="Europe/Brussels")
    await operator.press("Open the house")
    await operator.sees("Hannah Lindqvist can come in now")
    if scripted:
        await check_shown(operator, "opening/opened")
    await operator.follow("Come in as")
    await operator.press("Come in")
    await operator.press("Yes, I belong here")
    await operator.open("/programme")
    await operator.sees("MenSI")
    await operator.sees(re.compile("Czechia.*Portugal"))
    await operator.open("/offices")
    await operator.sees("Hannah Lindqvist")
    await operator.open(link)
    await operator.sees("This link opens nothing any more")

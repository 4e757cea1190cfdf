"""From an empty house to a cluster that has begun: with JavaScript at a desk, and without it on a phone."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.journeys.home import open_home
from tests.journeys.test_accessibility import check_shown
from tests.journeys.visitor import Visitor

HANNAH, PETR = "hannah.lindqvist@programme.example", "petr.dvoracek@ministry.example"
LEADERS = {
    "ZŠ J. A. Komenského Louny": ("Eva Nováková", "eva.novakova@louny.example", "mentor"),
    "ZŠ Lenešice": ("Markéta Pospíšilová", "marketa.pospisilova@lenesice.example", "mentee"),
}
SCHOOLS = """Seznam škol;;;
RED_IZO;ZKR_NAZ;RED_MISTO;POCET_Z
600082733;ZŠ J. A. Komenského Louny;Louny;530
600082725;ZŠ Lenešice;Lenešice;200
600082741;ZŠ Peruc;Peruc;asi 200
"""
DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}
PATIENCE = 30


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone without JavaScript"])
def way(request):
    return request.param


@pytest.fixture
async def arrive(way, chromium, tmp_path):
    """Browsers of people in a house that was started just now."""
    contexts, visitors = [], []
    with open_home(tmp_path, "--no-demo") as home:

        async def visitor():
            context = await chromium.new_context(base_url=home.url, locale="en", **way)
            context.set_default_timeout(15_000)
            contexts.append(context)
            visitors.append(Visitor(home, await context.new_page(), "en"))
            return visitors[-1]

        yield visitor
        assert [one.failures for one in visitors] == [[] for _ in visitors]
        for context in contexts:
            await context.close()


@pytest.mark.proof
async def test_an_operator_a_programme_a_country_and_a_cluster(arrive, way):
    looked_at = check_shown if way is DESK else unseen
    operator = await arrive()
    await opens_the_house(operator, looked_at)
    await operator.open("/offices")
    await operator.fill(name="Petr Dvořáček", mail=PETR)
    await operator.page.locator("[name=country]").select_option("CZ")
    await operator.send("Send the invitation")
    petr = await arrive()
    await says_yes(petr, PETR)
    await brings_schools(petr, looked_at)
    for school, (name, mail, _) in LEADERS.items():
        await names_coordinator(petr, school, name, mail)
    await forms_cluster(petr, looked_at)
    for _, mail, _ in LEADERS.values():
        leader = await arrive()
        await says_yes(leader, mail)
        await joins(leader, looked_at)
    await petr.page.reload()
    await petr.send("It begins with those that said yes")
    await petr.sees("The cluster has begun.")
    await expect(petr.page.locator("tbody tr")).to_have_count(2)


async def unseen(visitor, what):
    """Nobody looks for accessibility without JavaScript: the page is the same."""


async def opens_the_house(operator, looked_at):
    (link,) = [line.strip() for line in operator.home.runner.lines if "/open-house?key=" in line]
    await operator.open(link)
    await looked_at(operator, "opening/new")
    await operator.fill(name="MenSI", more_countries="Česko, Portugal", coordinator__name="Hannah Lindqvist")
    await operator.fill(coordinator__mail=HANNAH, zone="Nowhere")
    await operator.send("Open the house")
    await expect(operator.page.locator("#zone-error")).to_be_visible()
    await expect(operator.page.locator("#coordinator-name")).to_have_value("Hannah Lindqvist")
    await looked_at(operator, "opening/new, refused")
    await operator.fill(zone="Europe/Brussels")
    await operator.send("Open the house")
    await operator.sees("Hannah Lindqvist can come in now")
    await looked_at(operator, "opening/opened")
    await operator.follow("Come in as")
    await operator.send("Come in")
    await operator.send("Yes, I belong here")
    await operator.open("/programme")
    await operator.sees("MenSI")
    await operator.sees(re.compile("Czechia.*Portugal"))
    await operator.open(link)
    await operator.sees("This link opens nothing any more")


async def says_yes(person, mail):
    await person.sign_in_by_link(mail)
    await person.follow("Say yes or no")
    await person.send("Yes, I belong here")
    await expect(person.page.locator("nav.rail")).to_be_attached()


async def brings_schools(petr, looked_at):
    await petr.open("/bring-in/schools")
    file = {"name": "skoly.csv", "mimeType": "text/csv", "buffer": SCHOOLS.encode("cp1250")}
    await petr.page.locator("[name=file]").set_input_files(file)
    await petr.send("Read it")
    await petr.send("Try it out")
    await until(petr, "Nothing has changed yet")
    await petr.sees("Row 5, POCET_Z")
    await looked_at(petr, "bringing/show, tried")
    await petr.send("Bring in 2 schools")
    await until(petr, "The schools are in")
    await petr.sees("2 of 2 are in.")


async def until(petr, said):
    """What a job does comes by itself, or by looking again."""
    for _ in range(PATIENCE):
        if await petr.page.locator("#progress").filter(has_text=said).count():
            return
        await asyncio.sleep(1)
        await petr.page.reload()
    raise AssertionError(f"never: {said}")


async def names_coordinator(petr, school, name, mail):
    await petr.open("/schools")
    await petr.fill(q=school)
    await petr.send("Find")
    await petr.follow(school)
    await petr.fill(name=name, mail=mail)
    await petr.page.locator("[name=role]").select_option("coordinator")
    await petr.send("Send the invitation")
    await petr.sees("The invitation is on its way.")


async def forms_cluster(petr, looked_at):
    await petr.open("/clusters/new")
    await petr.fill(name="Louny cluster")
    await petr.send("Form it")
    for school, (_, _, role) in LEADERS.items():
        await petr.fill(q=school)
        await petr.send("Find")
        await petr.page.locator("summary", has_text="Ask it").first.click()
        await petr.page.locator("[name=role]").first.select_option(role)
        await petr.send("Ask this school")
        await petr.sees("The school is asked.")
    await looked_at(petr, "joining/schools")


async def joins(leader, looked_at):
    await leader.open("/")
    await leader.follow("Say yes or no")
    await looked_at(leader, "joining/answer")
    await leader.fill(word="Gladly.")
    await leader.send("Yes, we join")
    await leader.sees("Your school belongs to the cluster now.")

"""A plan is sent back, written on and approved; in a cluster that its schools have set up everybody writes; a to-do
comes into both."""

from datetime import timedelta

from playwright.async_api import expect

from kit.clock import now
from tests.journeys.test_accessibility import INES
from tests.journeys.test_help import CLUSTER, NUNO
from tests.journeys.ways import DESK, PHONE

EVA, PETR = "eva.novakova@louny.example", "petr.dvoracek@ministry.example"
SOON = (now().date() + timedelta(days=20)).isoformat()
WORD, GOAL = "Name somebody for the half of the way.", "Every school has opened one lesson to the others."


async def test_a_plan_is_sent_back_written_on_and_approved(home, visit):
    petr, eva = await visit("cs"), await visit(**DESK | {"language": "cs"})
    await petr.sign_in_by_link(PETR)
    await petr.open("/")
    await petr.follow("Read the plan", petr.page.locator("section[aria-labelledby=waiting]"))
    at = petr.page.url.removeprefix(home.url)
    await petr.sees("Roboti v odpoledním klubu, Braňany")
    await petr.page.locator("[name=approved][value=no]").check()
    await petr.send("Give my word")
    await expect(petr.page.locator("#word-error")).to_be_visible()
    await petr.fill(word=WORD)
    await petr.send("Give my word")
    await petr.sees(petr.say("The plan goes back with your words. The mentor coordinator is told."))

    await eva.sign_in_by_link(EVA)
    await eva.open(at)
    await eva.sees(WORD)
    await eva.follow("Write a goal")
    await eva.fill(title=GOAL)
    await eva.send("Save")
    await eva.sees(eva.say("It stands in the plan."))
    await expect(eva.page.locator(".changed").last).to_contain_text(GOAL)
    await eva.send("Hand it in again")

    await petr.open(at)
    await expect(petr.page.locator(".changed")).to_contain_text(GOAL)
    await petr.send("Give my word")
    await expect(petr.page.locator("header .chip")).to_contain_text(petr.say("Approved"))
    await petr.open("/countries/CZ/todos")
    await petr.follow("Ask for something")
    await petr.fill(title="Send us the dates of your visits", due=SOON)
    await petr.send("Put it into their plans")
    await petr.sees("Send us the dates of your visits")
    await eva.open(at)
    todo = eva.page.locator("section[aria-labelledby=milestones] li", has_text="Send us the dates")
    await eva.send("Tick it: done", todo)
    await eva.sees(eva.say("It is done, and your national coordinator sees it."))
    assert petr.failures == eva.failures == []


async def test_where_the_schools_decide_everybody_writes(home, visit):
    ((cluster,),) = await home.rows("clusters", CLUSTER, NUNO)
    nuno, ines = await visit(**PHONE), await visit("en")
    await nuno.sign_in_by_link(NUNO)
    await nuno.open(f"/clusters/{cluster}/plan")
    await nuno.follow("Write a milestone")
    await nuno.fill(title="Half of us have written two lines", ends="2099-01-31")
    await nuno.send("Save")
    await expect(nuno.page.locator("#ends-error")).to_be_visible()
    await expect(nuno.page.locator("#title")).to_have_value("Half of us have written two lines")
    await nuno.fill(ends=SOON)
    await nuno.send("Save")
    await ines.sign_in_by_password(INES)
    await ines.open(f"/clusters/{cluster}/plan")
    milestone = ines.page.locator("section[aria-labelledby=milestones] li", has_text="Half of us have written")
    await ines.send("Mark as reached", milestone)
    await ines.sees(ines.say("It is reached."))
    await expect(ines.page.locator("button", has_text="Hand it in")).to_have_count(0)
    assert nuno.failures == ines.failures == []

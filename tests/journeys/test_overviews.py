"""How it goes: from the country to a month and the meeting behind a figure; support is chosen; a teacher sees her
cluster on a phone."""

from datetime import timedelta

from playwright.async_api import expect

from kit.clock import now
from tests.journeys.test_help import CLUSTER, NUNO
from tests.journeys.test_plan import PETR
from tests.journeys.ways import DESK, PHONE

MET = """
select to_char(max(starts_at), 'YYYY-MM') as month from event
where starts_at < $1 and id not in (select event_id from cancellation) and cluster_id = (
  select id from cluster where name = 'Louny cluster')
"""


async def test_every_figure_opens_its_reason(home, visit):
    ((month,),) = await home.rows("events", MET, now() - timedelta(days=1))
    petr = await visit(**DESK | {"language": "cs"})
    await petr.sign_in_by_link(PETR)
    await petr.open("/")
    await petr.follow("How it goes")
    await expect(petr.page.locator("h1")).to_have_text("Česko")
    louny = petr.page.locator("table.heat tbody tr", has_text="Louny")
    figure = louny.locator(f'a[href$="/overview/{month}"]')
    await expect(figure).not_to_have_text("0")
    await figure.click()
    await expect(petr.page.locator("section[aria-labelledby=what] li").first).to_be_visible()
    await petr.page.locator("section[aria-labelledby=what] li a").first.click()
    assert "/events/" in petr.page.url
    await petr.open("/overview")
    await petr.page.locator('a[href="/countries/CZ/support"]').click()
    await petr.page.locator("[name=light]").select_option("6")
    await petr.send("Save")
    await expect(petr.page.locator("#asked-error")).to_be_visible()
    await petr.page.locator("[name=asked]").select_option("")
    await petr.send("Save")
    await petr.sees(petr.say("Chosen. It holds from now on, and in each school year."))
    assert petr.failures == []


async def test_a_cluster_sees_who_gives_and_who_gets(home, visit):
    ((cluster,),) = await home.rows("clusters", CLUSTER, NUNO)
    nuno = await visit(**PHONE)
    await nuno.sign_in_by_link(NUNO)
    await nuno.open(f"/clusters/{cluster}")
    await nuno.follow("How it goes")
    await expect(nuno.page.locator("section[aria-labelledby=gives] tbody tr")).not_to_have_count(0)
    await nuno.page.locator("table.heat tfoot a").last.click()
    await expect(nuno.page.locator("section[aria-labelledby=schools] tbody tr")).not_to_have_count(0)
    assert nuno.failures == []

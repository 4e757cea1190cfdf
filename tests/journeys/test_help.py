"""A teacher asks for help, whoever can answer does, and it is settled: for those alone whom it concerns."""

from playwright.async_api import expect

from tests.journeys.test_accessibility import HANNAH, INES
from tests.journeys.ways import DESK, in_both_ways

HUGO, NUNO = "hugo.serrano@montado.example", "nuno.velez@oliveiras.example"
CLUSTER = """
select membership.cluster_id as id from address join staff using (person_id) join membership using (school_id)
where mail = $1
"""


@in_both_ways
async def test_help_is_asked_for_answered_and_settled(home, visit, way):
    mail, about = (HUGO, "Who lends us a projector?") if way is DESK else (NUNO, "Who can read our contract?")
    ((cluster,),) = await home.rows("clusters", CLUSTER, mail)
    asker, hannah = await visit(**way), await visit("en")
    await asker.sign_in_by_link(mail)
    await asker.open(f"/clusters/{cluster}")
    await asker.page.locator(f"main a[href='/clusters/{cluster}/help']").click()
    await asker.page.locator("#about").fill(about)
    await asker.page.locator("[name=readers][value=nobody]").check()
    await asker.send("Ask")
    await asker.sees(asker.say("It is asked. You are told when somebody answers."))
    await expect(asker.page.locator("h1")).to_have_text(about)
    at = asker.page.url.partition("#")[0].removeprefix(home.url)

    await hannah.sign_in_by_password(HANNAH)
    await hannah.open("/")
    await hannah.page.locator(f"section[aria-labelledby=waiting] .what a[href='{at}']").click()
    await hannah.page.locator("#text").fill("Ask your town hall.")
    await hannah.send("It is settled")
    await hannah.sees("It is settled. Whoever asked can write on all the same.")

    await asker.open(at)
    await asker.sees("Ask your town hall.")
    await expect(asker.page.locator("header .chip")).to_contain_text(asker.say("Settled"))
    await asker.page.locator("#text").fill("And if they have none?")
    await asker.send("Write it")
    await expect(asker.page.locator("header .chip")).to_contain_text(asker.say("Waits for an answer"))
    ines = await visit("en")
    await ines.sign_in_by_password(INES)
    await ines.open(f"/clusters/{cluster}/help")
    await expect(ines.page.get_by_text(about)).to_have_count(0)
    assert asker.failures == hannah.failures == ines.failures == []

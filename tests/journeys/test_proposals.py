"""A cluster that its schools have set up lets a fifth school in: proposed, with concerns that are answered and taken
back, decided when its time is over, and done without anybody doing it again."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.journeys.test_accessibility import INES
from tests.journeys.test_help import CLUSTER, NUNO
from tests.journeys.ways import DESK, PHONE

BEATRIZ, TERESA = "beatriz.falcato@montado.example", "teresa.banha@montado.example"
LUISA = "luisa.torrado@sobreiral.example"
PROPOSAL = "select id from proposal where cluster_id = $1 and matter = 'school'"
OVER = """
update proposal_round set begins_at = begins_at - interval '60 days', ends_at = now() - interval '1 second'
where proposal_id = $1 and number = 1
"""
NOW = "update pgqueuer set execute_after = now() where entrypoint = 'proposal.turn'"
STATE = "select state, deed from proposal where id = $1"
CONCERN, ANSWER = "Who drives us there in winter?", "The bus of the town does, and we pay it from the travel money."


@pytest.mark.proof
async def test_a_fifth_school_is_let_in(home, visit):
    ((cluster,),) = await home.rows("clusters", CLUSTER, NUNO)
    ((proposal,),) = await home.rows("clusters", PROPOSAL, cluster)
    at = f"/proposals/{proposal}"
    beatriz, teresa, nuno = await visit(**PHONE), await visit(**DESK | {"language": "en"}), await visit("cs")
    await beatriz.sign_in_by_link(BEATRIZ)
    await beatriz.open("/")
    await beatriz.follow("Give my voice", beatriz.page.locator("section[aria-labelledby=waiting]"))
    await beatriz.page.locator("[name=says][value=concern]").check()
    await beatriz.send("Give my voice")
    await expect(beatriz.page.locator("#reason-error")).to_be_visible()
    await expect(beatriz.page.locator("[name=says][value=concern]")).to_be_checked()
    await beatriz.fill(reason=CONCERN)
    await beatriz.send("Give my voice")
    await beatriz.sees(beatriz.say("Your voice is there. You can change it until the end."))

    await teresa.sign_in_by_link(TERESA)
    await teresa.open(at)
    concern = teresa.page.locator("article.concern", has_text=CONCERN)
    await concern.locator("summary").click()
    await concern.locator("textarea").fill(ANSWER)
    await teresa.send("Answer", concern)
    await expect(teresa.page.locator("article.concern", has_text=CONCERN)).to_contain_text(ANSWER)

    await nuno.sign_in_by_link(NUNO)
    for person in (beatriz, nuno):
        await person.open(at)
        await person.page.locator("[name=says][value=yes]").check()
        await person.fill(reason="")
        await person.send("Change my voice")
    luisa = await visit("en")
    await luisa.sign_in_by_link(LUISA)
    await luisa.open(at)
    await luisa.page.locator("[name=says][value=aside]").check()
    await luisa.send("Give my voice")

    await home.rows("clusters", OVER, proposal)
    await home.rows("clusters", NOW)
    async with asyncio.timeout(30):
        while (await home.rows("clusters", STATE, proposal))[0]["state"] == "open":
            await asyncio.sleep(0.2)
    await luisa.open(at)
    await luisa.sees("Decided")
    await luisa.sees(luisa.say("The school is asked in the name of the cluster."))
    ines = await visit("en")
    await ines.sign_in_by_password(INES)
    await ines.open(f"/clusters/{cluster}/schools")
    await ines.sees("Escola Básica de Redondo")
    for person in (beatriz, teresa, nuno, luisa, ines):
        assert person.failures == []

"""A coordinator pastes addresses, looks what will happen, and sends the invitations."""

import pytest

from tests.web.browser import form_to

PASTED = "Dana Hrubá <dana-{0}@x.test>; ema-{0}@x.test\n{1}\npetra@zsperuc\njust words"


@pytest.fixture
def at(cluster):
    return f"/clusters/{cluster.id}/people/several"


@pytest.fixture
def text(cluster):
    return PASTED.format(cluster.id, cluster.addresses["cara"])


async def paste(browser, at, text, press="look"):
    return await browser.submit(form_to(await browser.see(at), "#looked"), press, pasted=text)


async def test_one_look_at_what_will_happen_then_done(web, cluster, ben, at, text):
    answer = await paste(ben, at, text)
    looked = answer.page.select_one("#looked")
    assert looked.select_one("h2").text.strip() == "2 people will be invited"
    rows = [" ".join(item.get_text(" ", strip=True).split()) for item in looked.select("li")]
    assert rows[0] == f"Dana Hrubá dana-{cluster.id}@x.test gets a mail"
    assert rows[1] == f"Ema {cluster.id} ema-{cluster.id}@x.test gets a mail" or rows[1].startswith("Ema ")
    assert rows[2].endswith("works there already")
    assert rows[3].startswith("petra@zsperuc ")
    assert rows[4] == "just words no mail address"
    assert answer.page.select_one("#pasted").text.strip() == text
    send = form_to(answer.page, "/several")
    assert send.select_one("button[name=send]").text.strip() == "Send 2 invitations"
    done = await ben.submit(send, "send")
    assert done.path == f"/clusters/{cluster.id}/people"
    assert "The invitations are on their way." in done.page.text
    assert done.page.text.count("invited, not answered") == 2
    again = await paste(ben, at, text)
    assert not again.page.select("#looked button[name=send]")
    assert "is invited already" in again.page.text


async def test_who_does_not_lead_the_school_hears_that_it_is_asked_first(anna, cluster, at):
    page = await anna.see(at)
    form = form_to(page, "#looked")
    sent = {"pasted": f"dana-{cluster.id}@x.test", "school_id": cluster.mentee}
    looked = await anna.submit(form, "look", **sent)
    assert "nejdřív se zeptáme školy" in looked.page.text
    done = await anna.submit(form_to(looked.page, "/several"), "send")
    assert done.page.select_one("[role=status]").text.strip("✓ \n").startswith("Nejdřív se ptáme školy")


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("nobody here", "There is no mail address in this text."),
        ("", "There is no mail address in this text."),
        ("\n".join(f"n{n}@x.test" for n in range(201)), "These are more than two hundred: send them in two parts."),
    ],
)
async def test_what_cannot_be_looked_at_says_why_and_keeps_what_was_pasted(ben, at, pasted, said):
    answer = await paste(ben, at, pasted)
    assert (answer.status, answer.page.select_one("#pasted-error").text) == (422, said)
    assert answer.page.select_one("#pasted").text.strip() == pasted


async def test_who_may_invite_nobody_is_refused(web, cluster, ben, at, text):
    cara = await web.signed_in(cluster.cara)
    assert not (await cara.see(at)).select("#pasted")
    form = form_to(await ben.see(at), "#looked")
    answer = await cara.submit(form, "look", pasted=text, school_id=cluster.mentee)
    assert answer.status == 403

"""A coordinator pastes addresses, sees what will happen, and sends the invitations."""

import pytest

from tests.web.browser import form_to

PASTED = "Dana Hrubá <dana-{0}@x.test>\nema-{0}@x.test\n{1}\npetra@zsperuc\njust words"


@pytest.fixture
def at(cluster):
    return f"/schools/{cluster.mentee}/people/several"


@pytest.fixture
def text(cluster):
    return PASTED.format(cluster.id, cluster.addresses["ben"])


async def paste(browser, at, text, **more):
    return await browser.submit(form_to(await browser.see(at), "#looked"), pasted=text, **more)


def rows_of(page):
    return [" ".join(item.get_text(" ", strip=True).split()) for item in page.select("#looked li")]


async def test_one_look_at_what_will_happen_then_done_and_what_is_wrong_stays_to_be_mended(cluster, ben, at, text):
    answer = await paste(ben, at, text)
    assert " ".join(answer.page.select_one("#looked h2").text.split()) == "2 people will be invited"
    dana, ema, myself, petra, words = rows_of(answer.page)
    assert dana == f"Dana Hrubá dana-{cluster.id}@x.test gets a mail"
    assert ema.startswith("Ema ")
    assert ema.endswith(f"ema-{cluster.id}@x.test gets a mail")
    assert myself.endswith("works there already")
    assert petra.startswith("petra@zsperuc ")
    assert words == "just words no mail address"
    assert answer.page.select_one("#pasted").text.strip() == text
    send = form_to(answer.page, "/invitations")
    assert " ".join(send.select_one("button").text.split()) == "Send 2 invitations"
    for _ in range(2):
        done = await ben.submit(send)
        assert done.page.select_one("[role=status]").text.strip("✓ \n") == "The invitations are on their way."
        assert done.page.select_one("#pasted").text.strip() == "Petra <petra@zsperuc>\njust words"
    page = await ben.see(f"/clusters/{cluster.id}/people")
    assert page.text.count("invited, not answered") == 2
    again = await paste(ben, at, text)
    assert not [form for form in again.page.select("form") if form["action"].endswith("/invitations")]
    assert "is invited already" in again.page.text


async def test_an_address_of_another_school_is_asked_about_beside_it(house, cluster, ben, at):
    there = f"gymnazium-{cluster.id}.test"
    website = "update school set website = $1 where id = $2 returning name"
    ((name,),) = await house.rows("clusters", website, f"https://www.{there}", cluster.mentor)
    pasted = f"Dana <dana@{there}>\nEma <ema@{there}>\njan-{cluster.id}@x.test"
    looked = await paste(ben, at, pasted)
    form = form_to(looked.page, "/invitations")
    assert "Do they work at both?" in form.text
    boxes = form.select("input[name=both]")
    assert [box["value"] for box in boxes] == [f"dana@{there}", f"ema@{there}"]
    assert not any(box.has_attr("checked") for box in boxes)
    assert form.text.count(name) == 2
    boxes[0]["checked"] = ""
    done = await ben.submit(form)
    assert done.page.select_one("[role=status]").text.strip("✓ \n") == "The invitations are on their way."
    assert done.page.select_one("#pasted").text.strip() == f"Ema <ema@{there}>"
    page = await ben.see(f"/clusters/{cluster.id}/people")
    assert (f"dana@{there}" in page.text, f"ema@{there}" in page.text) == (True, False)
    again = await ben.submit(form_to((await paste(ben, at, f"Ema <ema@{there}>")).page, "/invitations"))
    assert (again.status, again.page.select_one("#pasted").text.strip()) == (200, f"Ema <ema@{there}>")
    assert again.page.select("#looked input[name=both]")


async def test_when_all_are_asked_it_goes_back_to_the_school(cluster, ben, at):
    looked = await paste(ben, at, f"dana-{cluster.id}@x.test")
    done = await ben.submit(form_to(looked.page, "/invitations"))
    assert (done.status, done.path) == (303, f"/schools/{cluster.mentee}")


async def test_who_does_not_lead_the_school_proposes_and_its_leaders_get_one_mail(house, anna, cluster, at):
    pasted = "\n".join(f"{name}-{cluster.id}@x.test" for name in ("dana", "ema", "jan"))
    looked = await paste(anna, at, pasted)
    assert "nejdřív se zeptáme školy" in looked.page.text
    await house.run_jobs("clusters")
    mails = "select 1 from mailbox_mail where mail = $1"
    before = await house.rows("clusters", mails, cluster.addresses["ben"])
    done = await anna.submit(form_to(looked.page, "/invitations"))
    assert done.page.select_one("[role=status]").text.strip("✓ \n").startswith("Nejdřív se ptáme školy")
    await house.run_jobs("clusters")
    assert len(await house.rows("clusters", mails, cluster.addresses["ben"])) == len(before) + 1


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("nobody here", "There is no mail address in this text."),
        ("", "There is no mail address in this text."),
        ("\n".join(f"n{n}@x.test" for n in range(201)), "These are more than two hundred: send them in parts."),
        ("a@x.test" + "\n" * 60_000 + "b@x.test", "These are more than two hundred: send them in parts."),
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
    answer = await cara.submit(form, pasted=text)
    assert answer.status == 403

"""Coming, waiting, came: one number wherever it stands."""

import pytest

from tests.events.making import announce, ask, begin, room, show, site, withdraw
from tests.events.test_attendance import mark
from tests.people import told
from tests.web.browser import form_to


@pytest.fixture
async def event(cluster):
    """Cara on site, ben online, marie online and waiting for the site, dan and hana only waiting; one who withdrew."""
    event = await announce(cluster.anna, cluster, 1)
    told(await ask(cluster.cara, event, site(event)))
    for asker in (cluster.dan, cluster.hana):
        told(await ask(asker, event, site(event)))
    told(await ask(cluster.marie, event, site(event), meanwhile=True))
    told(await ask(cluster.ben, event, room(event)))
    told(await ask(cluster.anna, event, room(event)))
    told(await withdraw(cluster.anna, event), 204)
    return event


async def item(asker, event, when):
    items = told(await asker.events.get("/v1/events", params={"when": when}))["items"]
    return next(item for item in items if item["id"] == event["id"])


def counts(answer):
    return answer["coming"], answer["waiting"], answer["came"]


def words(page):
    return " ".join(page.select_one("main").get_text(" ").split())


async def texts(web, asker, *paths):
    browser = await web.signed_in(asker)
    return [words(await browser.see(path)) for path in paths]


async def test_before_it_everything_says_who_has_a_place_and_who_waits(web, cluster, event):
    shown = await show(cluster.ben, event["id"])
    assert counts(shown) == counts(await item(cluster.ben, event, "upcoming")) == (3, 2, None)
    assert sum(school["coming"] for school in shown["schools"]) == 3
    assert sum(school["waiting"] for school in shown["schools"]) == 2
    (today,) = told(await cluster.ben.events.get("/v1/today"))["upcoming"]
    assert counts(today) == (3, 2, None)
    path = f"/events/{event['id']}"
    for text in await texts(web, cluster.ben, "/", "/events", path, f"{path}/people"):
        assert "3 people are coming · 2 waiting" in text
    for text in await texts(web, cluster.anna, f"{path}/change", f"{path}/cancellation"):
        assert "přijdou 3 lidé · 2 čekají" in text


async def test_who_is_mailed_of_the_end_is_who_is_counted(house, web, cluster, event):
    await house.catch_up()
    (text,) = await texts(web, cluster.anna, f"/events/{event['id']}/cancellation")
    told(await cluster.anna.events.post(f"/v1/events/{event['id']}/cancellation", json={}), 201)
    await house.catch_up()
    sent = "select count(*) as n from mailbox_mail where mail = any($1) and calendar like '%STATUS:CANCELLED%'"
    (mails,) = await house.rows("clusters", sent, list(cluster.addresses.values()))
    assert mails["n"] == 5
    assert "5 lidí dostane po jednom e-mailu" in text


async def test_afterwards_everything_says_who_came(house, web, cluster, event):
    await begin(house, event)
    await house.rows("events", "update event set ends_at = now() where id = $1", event["id"])
    path, before = f"/events/{event['id']}", await item(cluster.ben, event, "past")
    assert counts(before) == counts(await show(cluster.ben, event["id"])) == (3, 2, None)
    assert "3 people had a place" in (await texts(web, cluster.ben, path))[0]
    ticked = (await (await web.signed_in(cluster.anna)).see(f"{path}/attendance")).select("input[name=came][checked]")
    placed = {str(asker.id) for asker in (cluster.cara, cluster.marie, cluster.ben)}
    assert {box["value"] for box in ticked} == placed
    told(await mark(cluster.anna, event, cluster.cara, cluster.marie))
    assert counts(await item(cluster.ben, event, "past")) == counts(await show(cluster.ben, event["id"])) == (3, 2, 2)
    for text in await texts(web, cluster.ben, "/events?when=past", path):
        assert "2 came" in text
        assert "are coming" not in text
    told(await mark(cluster.anna, event))
    assert (await show(cluster.ben, event["id"]))["came"] == 0


async def test_whoever_waits_leaves_the_line_with_a_button_that_says_what_is_kept(web, cluster, event):
    path, line = f"/events/{event['id']}", "/registration/wait/end"
    online, waiting = await web.signed_in(cluster.marie), await web.signed_in(cluster.hana)
    page = await online.see(path)
    assert "Leave the line, stay online" in words(page)
    assert "You keep the place that you have." in words(page)
    assert "potom už nebudete přihlášeni" in words(await waiting.see(path))
    answer = await online.submit(form_to(page, line))
    assert (answer.status, "You wait no longer, and keep your place." in words(answer.page)) == (303, True)
    after = await online.see(path)
    assert after.select_one(f"form[action$='{line}']") is None
    assert (await waiting.submit(form_to(await waiting.see(path), line))).status == 303
    assert (await show(cluster.hana, event["id"]))["mine"] is None

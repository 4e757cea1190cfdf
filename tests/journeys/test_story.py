"""One meeting of one real cluster, end to end: with JavaScript at a desk, and without it on a phone."""

import os
import re
import signal

import pytest
from playwright.async_api import expect

EVA, PAVEL = "eva.novakova@louny.example", "pavel.dolezal@branany.example"
LAYLA, FILIP = "layla.haddad@peruc.example", "filip.navratil@lenesice.example"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844, "javascript": False}
LOUNY, LENESICE = "Komenského Louny", "ZŠ Lenešice"
BEGUN = """
update event set starts_at = now() - interval '1 minute', ends_at = now() + interval '1 hour' where id = $1
"""


WAYS = [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone without JavaScript", marks=pytest.mark.proof)]


@pytest.mark.parametrize("way", WAYS)
async def test_a_meeting_from_its_plan_to_its_echo(home, visit, way):
    title = f"Writing about practice {way['width']}"
    eva, pavel, layla, filip = [await visit(language, **way) for language in ("cs", "cs", "ar", "en")]
    await eva.sign_in_by_link(EVA)
    await pavel.sign_in_by_password(PAVEL)
    await layla.sign_in_by_password(LAYLA)
    await filip.sign_in_by_link(FILIP)

    await looks_around(eva)
    event = await plans(eva, title)
    await register(pavel, layla, filip, event)
    await moves_online(eva, event)
    await whoever_it_concerns_was_told(eva, pavel, title)
    entry = await writes(home, eva, event, title)
    await is_answered(eva, pavel, layla, filip, entry, live=way.get("javascript", True))
    await is_read_by_a_guest(visit, eva, entry, title, way)
    for person in (eva, pavel, layla, filip):
        assert person.failures == []


async def looks_around(eva):
    await eva.open("/")
    await expect(eva.page.locator("nav.rail")).to_contain_text("Eva Nováková")
    await expect(eva.page.locator("section[aria-labelledby=next] a").first).to_be_visible()
    await eva.page.locator("nav.rail a[href='/clusters']").click()
    rows = eva.page.locator("tbody tr")
    await expect(rows).to_have_count(4)
    await expect(rows.first).to_contain_text("Louny")
    await eva.follow("People")
    await eva.sees("Pavel Doležal")


async def plans(eva, title):
    await eva.page.locator("nav.rail a[href='/events']").click()
    await eva.follow("Plan a meeting")
    await eva.fill(title=title, day="2020-05-14", **{"from": "14:00"})
    for school in (LOUNY, LENESICE):
        place = eva.page.locator("ul.sites > li").filter(has_text=school)
        await place.get_by_role("checkbox").check()
        await place.locator("[name$=capacity]").fill("1")
    await eva.fill(link="https://meet.louny.example/writing")
    await eva.send("Announce it")
    await expect(eva.page.locator("#past-error")).to_have_text(eva.say("This day is past."))
    await expect(eva.page.locator("[name=title]")).to_have_value(title)
    await eva.fill(day="2030-05-14")
    await eva.send("Announce it")
    await expect(eva.page.locator("h1")).to_have_text(title)
    await expect(eva.page.locator(".chip.hybrid")).to_be_visible()
    return eva.page.url.rpartition("/")[2]


async def register(pavel, layla, filip, event):
    """Pavel takes the only seat in Louny; Filip waits for it, online meanwhile; Layla comes online."""
    for person in (pavel, filip, layla):
        await person.open(f"/events/{event}")
    place = pavel.page.locator("ul.places > li")
    await pavel.press("Come here", place.filter(has_text=LOUNY))
    await expect(pavel.page.locator("#where + .chip.good")).to_be_visible()
    await filip.open(f"/events/{event}")
    site = filip.page.locator("ul.places > li").filter(has_text=LOUNY)
    await expect(site).to_contain_text("full")
    await filip.press("Wait, online meanwhile", site)
    await expect(filip.page.locator("#registration p[role=status]")).to_contain_text("number 1 in the line")
    await layla.press("Come online")
    await expect(layla.page.locator("#where + .chip.good")).to_be_visible()


async def moves_online(eva, event):
    await eva.open(f"/events/{event}")
    await eva.follow("Move it online")
    await eva.fill(reason="Sníh: silnice do Lenešic je zavřená.")
    await eva.send("See what it does")
    for name in ("Pavel Doležal", "Filip Navrátil", "Layla Haddad"):
        await eva.sees(name)
    await eva.send("Change it and tell whom it concerns")
    await expect(eva.page.locator("section.changed")).to_contain_text(eva.say("This meeting moved online."))
    await expect(eva.page.locator("section.changed")).to_contain_text("Sníh")
    await expect(eva.page.locator("section.changed")).to_contain_text(LENESICE)
    await expect(eva.page.locator("#registration [aria-labelledby=who] header")).to_contain_text("3")


async def whoever_it_concerns_was_told(eva, pavel, title):
    """Who had a seat or a turn gets one mail more, in their language, about the same entry of their calendar.

    For who comes online anyway nothing changed.
    """
    for mail, language in ((PAVEL, "cs"), (FILIP, "en")):
        after, before = await pavel.calendar_mails(mail, title, 2)
        assert (after[0], before[0]) == (language, language)
        assert str(after[1]["UID"]) == str(before[1]["UID"])
        assert int(after[1]["SEQUENCE"]) > int(before[1]["SEQUENCE"])
        assert "https://meet.louny.example/writing" in after[1].to_ical().decode().replace("\r\n ", "")
    ((language, _),) = await pavel.calendar_mails(LAYLA, title, 1)
    assert language == "ar"
    await eva.open("/")


async def writes(home, eva, event, title):
    """The day has come and gone: who came, and what came of it."""
    await home.rows("events", BEGUN, event)
    await eva.open(f"/events/{event}")
    await eva.follow("Mark who came")
    boxes = eva.page.get_by_role("checkbox", checked=True)
    await expect(boxes).to_have_count(3)
    await eva.page.get_by_role("checkbox", name="Layla Haddad").uncheck()
    await eva.page.get_by_role("checkbox", name=re.compile("^Tomáš Marek")).check()
    await eva.send("Save who came")
    await eva.follow("Write about it in the diary")
    await expect(eva.page.locator("[name=title]")).to_have_value(title)
    await eva.fill(text="Psali jsme spolu. **Dvě věty** stačily.")
    await eva.send("Save the draft")
    await expect(eva.page.locator("section.facts")).to_contain_text("Braňany 1")
    await expect(eva.page.locator("section.facts")).not_to_contain_text("Peruc")
    await eva.send("Publish for the cluster")
    await expect(eva.page.locator("#status")).to_contain_text(eva.say("The cluster reads it"))
    return eva.page.url.partition("#")[0].rpartition("/")[2]


async def is_answered(eva, pavel, layla, filip, entry, *, live):
    await eva.open("/")
    for person in (pavel, layla, filip):
        await person.open(f"/entries/{entry}")
    await pavel.page.get_by_role("radio", name=pavel.say("A question")).check()
    await pavel.fill(text="Jak dlouho to trvalo?")
    await pavel.press("Post")
    await expect(pavel.page.locator("article.note")).to_contain_text("Jak dlouho")
    if not live:
        await filip.open(f"/entries/{entry}")
    await expect(filip.page.locator("article.note")).to_contain_text("Jak dlouho")
    await layla.page.get_by_role("radio", name=layla.say("I take away")).check()
    await layla.page.locator("#text").fill("سأبدأ بجملتين فقط.")
    await layla.press("Post")
    await expect(layla.page.locator("article.note")).to_have_count(2)

    await told_once_per_thread(eva, pavel, entry)
    thread = eva.page.locator(".thread").filter(has_text="Jak dlouho")
    await answers(eva, thread, "Celé odpoledne, a dvě kávy.")
    await expect(eva.page.locator(".reply article").last).to_contain_text("dvě kávy")
    if not live:
        await filip.open(f"/entries/{entry}")
    await expect(filip.page.locator(".reply article").last).to_contain_text("dvě kávy")
    await pavel.open(f"/entries/{entry}")
    await pavel.press("This is answered")
    await expect(pavel.page.locator(".thread .chip.good")).to_be_visible()


async def answers(person, thread, text):
    """In the form of the thread; whoever wrote something in it has another one there, to mend it."""
    form = thread.locator("form[action*='/replies']")
    await thread.locator("details:has(form[action*='/replies']) > summary").click()
    await form.locator("textarea").fill(text)
    await person.press("Answer", form)


async def told_once_per_thread(eva, pavel, entry):
    """Pavel asks on in his own thread: two threads, two pieces of news, however much is written."""
    thread = pavel.page.locator(".thread").filter(has_text="Jak dlouho")
    await answers(pavel, thread, "A stačil na to čas?")
    await expect(pavel.page.locator(".reply article")).to_have_count(1)
    news = eva.page.locator(f"main li:has(.chip.good) a[href='/entries/{entry}']")
    for _ in range(50):
        await eva.open("/notices")
        text = await eva.page.locator("main").inner_text()
        if await news.count() == 2 and re.search(r"· 2", text):
            break
        await eva.page.wait_for_timeout(200)
    await expect(news).to_have_count(2)
    await news.first.click()
    await expect(eva.page.locator("article.note")).to_have_count(3)


async def is_read_by_a_guest(visit, eva, entry, title, way):
    guest = await visit("ar", **way)
    hidden = await guest.page.goto(f"/entries/{entry}")
    assert hidden.status == 404
    await eva.open(f"/entries/{entry}")
    await eva.follow("Publish for everyone")
    await eva.send("Publish it for everyone")
    await expect(eva.page.locator("#status")).to_contain_text(eva.say("Everyone reads it"))
    for _ in range(50):
        await guest.open("/")
        if title in await guest.page.locator("main").inner_text():
            break
        await guest.page.wait_for_timeout(100)
    await guest.page.get_by_role("link", name=title).click()
    await expect(guest.page.locator("html")).to_have_attribute("dir", "rtl")
    await expect(guest.page.locator(".reading")).to_have_attribute("dir", "ltr")
    await expect(guest.page.locator(".reading strong")).to_have_text("Dvě věty")
    await expect(guest.page.locator("article.note")).to_have_count(4)
    await expect(guest.page.locator("form[action*='/entries/']")).to_have_count(0)


@pytest.mark.parametrize("way", [DESK, PHONE], ids=["desk", "phone without JavaScript"])
async def test_a_guest_finds_no_draft(home, visit, way):
    drafts = await home.rows(
        "diaries",
        "select id, title from entry where not exists (select from publication"
        " where entry_id = entry.id and retracted_at is null)",
    )
    assert drafts
    guest = await visit("cs", **way)
    await guest.open("/")
    for draft in drafts:
        assert draft["title"] not in await guest.page.locator("main").inner_text()
        answer = await guest.page.goto(f"/entries/{draft['id']}")
        assert answer.status == 404
        assert draft["title"] not in await guest.page.content()


async def test_without_events_the_cluster_page_says_what_is_missing(home, visit):
    eva = await visit("cs")
    await eva.sign_in_by_password(EVA)
    await eva.open("/clusters")
    events = home.process_of("events")
    os.kill(events, signal.SIGSTOP)
    try:
        eva.page.set_default_timeout(60_000)
        await eva.page.reload()
        await expect(eva.page.locator("[aria-labelledby=events] .missing")).to_be_visible()
        await expect(eva.page.locator("tbody tr")).to_have_count(4)
        await expect(eva.page.locator("[aria-labelledby=diary] li").first).to_be_visible()
    finally:
        os.kill(events, signal.SIGCONT)
    await eva.page.reload()
    await expect(eva.page.locator(".missing")).to_have_count(0)
    await expect(eva.page.locator("[aria-labelledby=events] li").first).to_be_visible()

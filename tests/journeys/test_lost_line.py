"""Nothing that was typed is lost: not on a lost line, a reload, a closed tab, an ended session."""

import re

import pytest
from playwright.async_api import expect

INES = "ines.carvalho@ribeira.example"
HERS = """
select entry.id from entry join publication on publication.entry_id = entry.id and publication.retracted_at is null
where entry.author_id = $1 limit 1
"""
KEPT = "Object.entries(localStorage).filter(([key]) => key.startsWith('kept:')).flat().join(' ')"
COMMENT = "form[action$='/comments']"
WORDS = "We tried it on a Monday: "


@pytest.fixture
async def ines(visit):
    visitor = await visit("pt")
    await visitor.sign_in_by_password(INES)
    return visitor


@pytest.fixture
async def entry(home):
    person = (await home.rows("clusters", "select person_id from address where mail = $1", INES))[0][0]
    return f"/entries/{(await home.rows('diaries', HERS, person))[0]['id']}"


@pytest.fixture
def words(request):
    return WORDS + request.node.name


def told(visitor, form):
    return visitor.page.locator(f"{form} > .kept")


async def says_that_it_is_kept(visitor, form):
    await expect(told(visitor, form)).to_contain_text(visitor.say("Send it again"))
    assert await told(visitor, form).get_attribute("role") == "status"


async def says_that_it_is_back(visitor, form):
    await expect(told(visitor, form)).to_contain_text(re.compile(r"\d"))
    await expect(told(visitor, form)).to_contain_text(visitor.say("Drop it"))


async def posted(visitor, words):
    return await visitor.page.locator("article.note", has_text=words).count()


async def test_a_comment_that_could_not_be_posted_waits_and_is_posted_once(ines, entry, words):
    area = ines.page.locator(f"{COMMENT} textarea")
    await ines.open(entry)
    await area.fill(words)
    await ines.page.context.set_offline(True)
    await ines.press("Post")
    await says_that_it_is_kept(ines, COMMENT)
    assert await area.input_value() == words
    await ines.page.context.set_offline(False)
    await ines.page.reload()
    await expect(area).to_have_value(words)
    await says_that_it_is_back(ines, COMMENT)
    await ines.press("Post")
    await expect(ines.page.locator("#conversation .flash")).to_be_focused()
    await expect(area).to_have_value("")
    await ines.page.reload()
    await expect(area).to_have_value("")
    await expect(told(ines, COMMENT)).to_be_empty()
    assert (await posted(ines, words), words in await ines.page.evaluate(KEPT)) == (1, False)


async def test_an_answer_that_was_lost_on_its_way_back_posts_nothing_twice(ines, entry, words):
    async def lose(route):
        await route.fetch()
        await route.abort()

    await ines.open(entry)
    await ines.page.locator(f"{COMMENT} textarea").fill(words)
    await ines.page.route("**/comments", lose, times=1)
    await ines.press("Post")
    await says_that_it_is_kept(ines, COMMENT)
    await ines.page.reload()
    assert await posted(ines, words) == 1
    await says_that_it_is_back(ines, COMMENT)
    await ines.press("Post")
    await expect(ines.page.locator("#conversation .flash")).to_be_focused()
    assert await posted(ines, words) == 1


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_part_of_the_house_that_fails_loses_nothing(ines, entry, words, status):
    await ines.open(entry)
    area = ines.page.locator(f"{COMMENT} textarea")
    await area.fill(words)
    await ines.page.route("**/comments", lambda route: route.fulfill(status=status, body="<p>Oh</p>"), times=1)
    await ines.press("Post")
    await says_that_it_is_kept(ines, COMMENT)
    assert await area.input_value() == words
    await ines.press("Send it again")
    await expect(ines.page.locator("#conversation .flash")).to_be_focused()
    assert await posted(ines, words) == 1


async def test_what_was_typed_when_the_session_ended_is_there_after_signing_in_again(ines, entry, words):
    await ines.open(entry)
    await ines.page.locator(f"{COMMENT} textarea").fill(words)
    await ines.page.context.clear_cookies()
    await ines.press("Post")
    await expect(ines.page.locator("h1")).to_have_text(ines.say("Your session has ended"))
    await ines.sign_in_by_password(INES)
    await ines.open(entry)
    await expect(ines.page.locator(f"{COMMENT} textarea")).to_have_value(words)
    await says_that_it_is_back(ines, COMMENT)


async def test_what_was_sent_again_after_the_session_ended_is_not_kept(ines, words):
    await ines.open("/entries/new")
    await ines.fill(title=words)
    signed_in = await ines.page.context.cookies()
    await ines.page.context.clear_cookies()
    await ines.press("Save the draft")
    await expect(ines.page.locator("h1")).to_have_text(ines.say("Your session has ended"))
    await ines.page.context.add_cookies(signed_in)
    await ines.press("Send it again")
    await expect(ines.page.locator("h1")).to_have_text(words)
    assert words not in await ines.page.evaluate(KEPT)


async def test_what_is_kept_stays_when_signing_out_did_not_work(ines, entry, words):
    await ines.open(entry)
    await ines.page.locator(f"{COMMENT} textarea").fill(words)
    await ines.page.context.set_offline(True)
    await ines.page.locator(".rail form[action='/sign-out'] button").click()
    await expect(told(ines, ".rail form[action='/sign-out']")).not_to_be_empty()
    assert words in await ines.page.evaluate(KEPT)


async def test_a_form_that_could_not_be_sent_is_back_in_another_tab_until_it_is_dropped(ines, words):
    form, context = "form[action='/events']", ines.page.context
    await ines.open("/events/new")
    await ines.fill(title=words, description="Bring a book", link="https://meet.ribeira.example/sala")
    await ines.fill(day="2030-05-14", **{"from": "14:00"})
    await ines.page.locator("[name=format]").select_option("teachmeet")
    await context.set_offline(True)
    await ines.press("Announce it")
    await says_that_it_is_kept(ines, form)
    await ines.page.close()
    await context.set_offline(False)
    ines.page = await context.new_page()
    await ines.open("/events/new")
    await says_that_it_is_back(ines, form)
    for name, value in {"title": words, "description": "Bring a book", "format": "teachmeet"}.items():
        await expect(ines.page.locator(f"[name={name}]")).to_have_value(value)
    await ines.press("Drop it")
    await expect(ines.page.locator("[name=title]")).to_have_value("")
    assert await ines.page.evaluate("document.activeElement !== document.body")
    await ines.page.reload()
    await expect(ines.page.locator("[name=title]")).to_have_value("")
    assert words not in await ines.page.evaluate(KEPT)


async def test_what_was_sent_is_not_kept(ines, words):
    await ines.open("/entries/new")
    await ines.fill(title=words)
    await ines.press("Save the draft")
    await expect(ines.page.locator("h1")).to_have_text(words)
    assert words not in await ines.page.evaluate(KEPT)


async def test_a_text_that_is_back_does_not_overwrite_what_somebody_else_wrote_meanwhile(ines, words):
    await ines.open("/entries/new")
    await ines.fill(title=words, text="First")
    await ines.press("Save the draft")
    await expect(ines.page.locator("h1")).to_have_text(words)
    path = ines.page.url + "/edit"
    await ines.open(path.replace("#status", ""))
    await ines.fill(text="Mine")
    other = await ines.page.context.new_page()
    await other.add_init_script("Storage.prototype.setItem = () => {}")
    await other.goto(path.replace("#status", ""))
    await other.locator("[name=text]").fill("Theirs")
    await other.locator("form.card button:not([type])").click()
    await expect(other.locator(".flash")).to_be_visible()
    await other.close()
    await ines.page.reload()
    await expect(ines.page.locator("[name=text]")).to_have_value("Mine")
    await ines.press("Save")
    await expect(ines.page.locator("#theirs")).to_be_visible()
    await expect(ines.page.locator("[name=text]")).to_have_value("Mine")


async def test_passwords_are_never_kept_and_nothing_is_after_signing_out(ines, entry, words):
    await ines.open("/profile")
    await ines.fill(old_password="an old secret", password="a new secret")
    await ines.open(entry)
    await ines.page.locator(f"{COMMENT} textarea").fill(words)
    kept = await ines.page.evaluate(KEPT)
    assert (words in kept, "secret" in kept) == (True, False)
    await ines.open("/profile")
    await ines.page.locator("main form[action='/sign-out'] button").click()
    await expect(ines.page.locator(".flash")).to_be_focused()
    assert await ines.page.evaluate(KEPT) == ""

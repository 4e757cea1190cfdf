"""What somebody wrote is mended and deleted, and a meeting is announced from what the house knows."""

import re

import pytest
from playwright.async_api import expect

PAVEL, EVA = "pavel.dolezal@branany.example", "eva.novakova@louny.example"
WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False])


@WITH_AND_WITHOUT
async def test_an_entry_and_a_comment_are_mended_and_deleted(visit, javascript):
    pavel = await visit("cs", javascript=javascript)
    await pavel.sign_in_by_password(PAVEL)
    await pavel.open("/entries/new")
    await pavel.fill(title="K smazání", text="Dvě věty stačí.")
    await pavel.send("Save the draft")
    await pavel.send("Publish for the cluster")
    form = pavel.page.locator("form[action$='/comments']")
    await form.locator("textarea").fill("Tohle řeknu jinak")
    await pavel.press("Post", form)
    note = pavel.page.locator("article.note")
    await expect(note).to_contain_text("Tohle řeknu jinak")
    mend = pavel.page.locator("details.answer").filter(has=pavel.page.locator("form[action$='/removal']"))
    await mend.locator("summary").click()
    await mend.locator("textarea").fill("Takhle je to lepší")
    await pavel.press("Save", mend)
    await expect(note).to_contain_text("Takhle je to lepší")
    await expect(note).to_contain_text(pavel.say("edited"))
    await mend.locator("summary").click()
    await pavel.press("Delete the comment", mend)
    await expect(note).to_have_count(0)
    await expect(pavel.page.locator("#conversation .flash")).to_be_visible()
    await pavel.follow("Delete it")
    await expect(pavel.page.locator("h1")).to_have_text(pavel.say("Delete the entry"))
    gone = pavel.page.url.removesuffix("/removal")
    await pavel.send("Delete it")
    await expect(pavel.page).to_have_url(re.compile("/entries$"))
    await expect(pavel.page.locator(".flash")).to_be_visible()
    await expect(pavel.page.locator("main")).not_to_contain_text("K smazání")
    await pavel.open(gone)
    await expect(pavel.page.locator("h1")).to_have_text(pavel.say("This was taken back"))


@WITH_AND_WITHOUT
async def test_a_past_meeting_at_a_school_is_announced_after_a_question(visit, javascript):
    eva = await visit("cs", javascript=javascript)
    await eva.sign_in_by_password(EVA)
    await eva.open("/events/new")
    await eva.fill(title="Zapsáno dodatečně", day="2021-05-14", **{"from": "14:00"})
    school = eva.page.locator("ul.sites > li").filter(has_text="Komenského Louny")
    room = school.locator("[name$=room]")
    await expect(room).to_be_hidden()
    await school.get_by_role("checkbox").check()
    await room.fill("sborovna")
    await eva.send("Announce it")
    await expect(eva.page.locator("#past-error")).to_be_visible()
    await expect(room).to_have_value("sborovna")
    await eva.page.locator("[name=past]").check()
    await eva.send("Announce it")
    await expect(eva.page.locator("h1")).to_have_text("Zapsáno dodatečně")
    await expect(eva.page.locator("ul.places")).to_contain_text("Komenského Louny, sborovna")
    await expect(eva.page.locator("#now .button").first).to_have_text(eva.say("Mark who came"))

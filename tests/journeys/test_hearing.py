"""What somebody wants to hear of, on one page; and the link in a mail that stops its kind, signed in or not."""

import re

from playwright.async_api import expect

from tests.journeys.test_accessibility import INES, choose_language
from tests.journeys.ways import DESK, in_both_ways

BEATRIZ, SOFIA = "beatriz.falcato@montado.example", "sofia.caeiro@oliveiras.example"
WRITTEN = """
select entry.id from entry join publication on publication.entry_id = entry.id and retracted_at is null
where author_id = $1 order by entry.id limit 1
"""
PERSON = "select person_id, mail_key from address join person on person.id = person_id where mail = $1"
COMMENTED = "[name=way-comment_posted-way]"


@in_both_ways
async def test_it_is_chosen_on_one_page_and_stopped_from_a_mail(home, visit, way):
    mail = BEATRIZ if way is DESK else SOFIA
    ((person, key),) = await home.rows("clusters", PERSON, mail)
    ((entry,),) = await home.rows("diaries", WRITTEN, person)
    writer, ines = await visit(**way), await visit("en")
    await ines.sign_in_by_password(INES)
    await writer.sign_in_by_link(mail)
    if mail == SOFIA:  # who chose English for herself
        writer.language = "en"
        await choose_language(writer, way["language"])
    await asks(ines, entry, "Once?")
    assert await letters(writer, mail, 1, entry) >= 1
    reader = await visit(**way)
    await reader.open(f"/unsubscribe?kind=comment_posted&key={key}")
    await reader.send("Send me no more of them")
    await reader.sees(reader.say("You get no more of these mails."))
    await writer.open("/profile/hearing")
    await expect(writer.page.locator(COMMENTED)).to_have_value("app")
    before = await letters(writer, mail, 0, entry)
    await asks(ines, entry, "Twice?")
    await writer.open("/notices")
    news = writer.page.locator(f"main a[href='/entries/{entry}']")
    for _ in range(50):
        if await news.count():
            break
        await writer.page.wait_for_timeout(200)
        await writer.page.reload()
    await expect(news.first).to_be_visible()
    assert await letters(writer, mail, 0, entry) == before
    await chooses_digest(writer)
    assert writer.failures == ines.failures == reader.failures == []


async def asks(ines, entry, text):
    await ines.open(f"/entries/{entry}")
    notes = ines.page.locator("article.note").filter(has_text=text)
    there = await notes.count()
    await ines.page.locator("#text").fill(text)
    await ines.press("Post")
    await expect(notes).to_have_count(there + 1)


async def letters(writer, mail, at_least, entry):
    """How many of the last letters lead to this entry."""
    for _ in range(50):
        found = [each for each in await writer.mails(mail) if f"/entries/{entry}" in await each.inner_text()]
        if len(found) >= at_least:
            break
        await writer.page.wait_for_timeout(200)
    return len(found)


async def chooses_digest(writer):
    await writer.open("/profile/hearing")
    await writer.page.locator(COMMENTED).select_option("digest")
    await writer.page.locator("[name=every]").select_option("week")
    await writer.page.locator("[name=hour]").select_option("16")
    await writer.page.locator("[name=without_content]").check()
    await writer.send("Save")
    await expect(writer.page.locator(".flash")).to_be_visible()
    await expect(writer.page.locator(COMMENTED)).to_have_value("digest")
    await expect(writer.page.locator("[name=without_content]")).to_be_checked()
    await expect(writer.page).to_have_url(re.compile("/profile/hearing$"))

"""What is typed in a page survives the end of a session and a service that hangs."""

from playwright.async_api import expect

from tests.journeys.test_story import PAVEL


async def test_a_comment_sent_after_the_session_ended_is_sent_again(home, visit):
    pavel = await visit("cs")
    await pavel.sign_in_by_password(PAVEL)
    public = await home.rows(
        "diaries",
        "select entry_id from publication join entry on entry.id = entry_id"
        " where reach = 'everyone' and retracted_at is null and entry.language = 'cs' limit 1",
    )
    await pavel.open(f"/entries/{public[0][0]}")
    notes = await pavel.page.locator("article.note").count()
    kept = await pavel.page.context.cookies()
    await pavel.page.context.clear_cookies()
    await pavel.page.locator("#text").fill("Neztratí se to?")
    await pavel.press("Post")
    await expect(pavel.page.locator("h1")).to_have_text(pavel.say("Your session has ended"))
    await expect(pavel.page.locator("main")).to_have_count(1)
    await pavel.page.locator("main details summary").click()
    await pavel.sees("Neztratí se to?")
    await pavel.page.context.add_cookies(kept)
    await pavel.press("Send it again")
    await expect(pavel.page.locator("article.note")).to_have_count(notes + 1)
    await expect(pavel.page.locator("article.note").last).to_contain_text("Neztratí se to?")

"""What is typed in a page survives the end of a session and a service that hangs."""

import asyncio

from playwright.async_api import expect

from tests.journeys.test_story import EVA, PAVEL

PUBLIC = """
select entry_id from publication join entry on entry.id = entry_id
where reach = 'everyone' and retracted_at is null and entry.language = 'cs' limit 1
"""


async def test_a_comment_sent_after_the_session_ended_is_sent_again(home, visit):
    pavel = await visit("cs")
    await pavel.sign_in_by_password(PAVEL)
    (public,) = await home.rows("diaries", PUBLIC)
    await pavel.open(f"/entries/{public[0]}")
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


async def test_news_that_arrive_while_somebody_types_wait_until_they_have_done(home, visit):
    eva, pavel = await visit("cs"), await visit("cs")
    await eva.sign_in_by_password(EVA)
    await pavel.sign_in_by_password(PAVEL)
    (public,) = await home.rows("diaries", PUBLIC)
    path = f"/entries/{public[0]}"
    asked, sent, go_on = [], asyncio.Event(), asyncio.Event()

    async def slowly(route):
        if route.request.headers.get("hx-target") is None:
            return await route.continue_()
        asked.append(route.request.headers["hx-target"])
        sent.set()
        await go_on.wait()
        return await route.continue_()

    await eva.page.route(f"**{path}", slowly)
    await eva.open(path)
    notes = await eva.page.locator("article.note").count()
    await pavel.open(path)
    await pavel.page.locator("#text").fill("Přišlo to pozdě?")
    await pavel.press("Post")
    await asyncio.wait_for(sent.wait(), 15)
    await eva.page.locator("#text").fill("Píšu dál")
    go_on.set()
    assert asked == ["section#conversation"]
    await eva.page.wait_for_timeout(1_000)
    await expect(eva.page.locator("#text")).to_have_value("Píšu dál")
    await expect(eva.page.locator("article.note")).to_have_count(notes)
    await eva.page.locator("#text").fill("")
    await eva.page.locator("#text").blur()
    await expect(eva.page.locator("article.note")).to_have_count(notes + 1)

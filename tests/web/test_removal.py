"""Deleting an entry and mending one's own comments, in pages."""

import asyncio

import pytest

from tests.diaries.test_removal import remove
from tests.diaries.writing import add_picture, reply
from tests.people import told
from tests.web.browser import errors, form_to, same
from tests.web.conftest import eventually
from tests.web.making import a_comment, an_entry


@pytest.fixture
async def cara(web, cluster):
    return await web.signed_in(cluster.cara)


async def test_a_draft_is_deleted_after_its_author_has_read_what_goes(ben, cluster):
    entry = await an_entry(cluster.ben, cluster, title="Never mind")
    told(await add_picture(cluster.ben, entry), 201)
    page = await ben.see(f"/entries/{entry}")
    page = await ben.see(page.select_one('.status a[href$="/removal"]')["href"])
    assert "1 picture" in page.select_one("form.card").text
    answer = await ben.submit(form_to(page, "/removal"))
    assert (answer.status, answer.path) == (303, "/entries")
    assert "Never mind" not in answer.page.select_one("main").text
    await ben.see(f"/entries/{entry}", status=404)


async def test_a_published_entry_is_deleted_after_its_author_has_read_how_many_comments_go(ben, cara, cluster):
    entry = await an_entry(cluster.ben, cluster, "cluster")
    for _ in range(2):
        await a_comment(cluster.cara, entry)
    assert not (await cara.see(f"/entries/{entry}")).select('.status, [href$="/removal"]')
    page = await ben.see(f"/entries/{entry}/removal")
    assert "2 comments" in page.select_one("form.card").text
    await ben.submit(form_to(page, "/removal"))
    for reader in (ben, cara):
        assert "taken back" in (await reader.see(f"/entries/{entry}", status=410)).select_one("h1").text


async def test_a_deletion_that_did_not_see_the_last_words_is_asked_again(ben, cluster):
    entry = await an_entry(cluster.ben, cluster)
    form = form_to(await ben.see(f"/entries/{entry}/removal"), "/removal")
    words = {"title": "Other words", "text": "", "language": "en"}
    told(await cluster.ben.diaries.put(f"/v1/entries/{entry}", json=words, headers={"if-match": '"1"'}))
    answer = await ben.submit(form)
    assert answer.status == 412
    assert answer.page.select_one("[role=alert]").text
    answer = await ben.submit(form_to(answer.page, "/removal"))
    assert answer.status == 303


@pytest.mark.parametrize("action", ["/edit", "/removal"])
async def test_ones_own_comment_is_mended_without_javascript_and_by_swap_alike(ben, cara, cluster, action):
    entry = await an_entry(cluster.ben, cluster, "cluster")
    path = f"/entries/{entry}"
    for text in ("First", "Second"):
        await a_comment(cluster.cara, entry, text=text)
    typed = {"text": "Other words"} if action == "/edit" else {}
    page = await cara.see(path)
    answer = await cara.swap(page, comment_form(page, action), **typed)
    assert answer.status_code == 200
    assert same(page) == same(await cara.see(path))
    answer = await cara.submit(comment_form(page, action), **typed)
    assert (answer.status, answer.path) == (303, path)
    shown = [article.select("p")[-1].text for article in answer.page.select("article.note")]
    assert shown == (["Other words", "Second"] if action == "/edit" else [])
    assert not comment_forms(await ben.see(path), action)


def comment_forms(page, action):
    return [form for form in page.select("form") if "/comments/" in form["action"] and form["action"].endswith(action)]


def comment_form(page, action):
    return comment_forms(page, action)[0]


async def test_an_edited_comment_says_so_and_a_refused_edit_keeps_what_was_typed(ben, cara, cluster):
    entry = await an_entry(cluster.ben, cluster, "cluster")
    await a_comment(cluster.cara, entry)
    page = await cara.see(f"/entries/{entry}")
    answer = await cara.submit(comment_form(page, "/edit"), text="x" * 2001)
    assert answer.status == 422
    assert list(errors(answer.page)) == ["text"]
    assert answer.page.select_one("details[open] textarea").text == "x" * 2001
    answer = await cara.submit(comment_form(page, "/edit"), text="Shorter")
    assert "edited" in (await ben.see(f"/entries/{entry}")).select_one("article.note").text
    answer = await cara.submit(comment_form(page, "/edit"), text="From another tab")
    assert answer.status == 412
    assert answer.page.select_one("details[open] [role=alert]").text
    answer = await cara.submit(comment_form(answer.page, "/edit"), text="From another tab")
    assert answer.status == 303


async def test_a_comment_with_answers_leaves_its_place_and_says_so_before(ben, cara, cluster):
    entry = await an_entry(cluster.ben, cluster, "cluster")
    question = await a_comment(cluster.cara, entry, text="Was it hard?")
    told(await reply(cluster.ben, entry, question, "Not at all"), 201)
    page = await cara.see(f"/entries/{entry}")
    assert "1 answer stays" in comment_form(page, "/removal").text
    await cara.submit(comment_form(page, "/removal"))
    page = await ben.see(f"/entries/{entry}")
    thread = page.select_one(".thread").text
    assert "Its writer took this back" in thread
    assert "Not at all" in thread
    assert "Was it hard?" not in str(page)
    assert page.select_one("#conversation-title").text == "1 comment"


async def test_a_guests_page_and_live_stream_end_when_the_entry_is_deleted(web, cluster):
    entry = await an_entry(cluster.ben, cluster, "everyone")
    await web.hear()
    guest, path = web.guest(), f"/entries/{entry}"
    await guest.see(path)
    assert web.kept.guest_pages.find(f"/entries/{entry}")["en"]
    stream = asyncio.create_task(guest.http.get(f"{path}/live"))
    await eventually(lambda: entry in web.kept.live.watching)
    told(await remove(cluster.ben, entry), 204)
    await web.hear()
    ended = await asyncio.wait_for(stream, 10)
    assert "event: changed" in ended.text
    assert web.kept.guest_pages.find(f"/entries/{entry}") == {}
    await guest.see(path, status=410)
    assert (await guest.http.get(f"{path}/live")).status_code == 410

"""Where entries are found, who may answer them, and how a draft is marked."""

import asyncio

from tests.diaries.writing import published, start
from tests.people import a_cluster
from tests.web.browser import form_to
from tests.web.making import a_comment, an_entry


async def test_what_is_published_for_everyone_is_found_by_who_is_signed_in_and_walked_to_its_end(web, house, cluster):
    other = await a_cluster(house)
    theirs = {await published(other.cara, other, "everyone") for _ in range(22)}
    mine = await published(cluster.cara, cluster)
    cara = await web.signed_in(cluster.cara)
    page = await cara.see("/entries")
    assert page.select_one(f'main a[href="/entries/{mine}"]')
    found, page = set(), await cara.see(page.select_one('.tabs a[href*="everyone"]')["href"])
    while page:
        assert page.select_one(".tabs [aria-current]")["href"] == "/entries?of=everyone"
        found |= {link["href"].rpartition("/")[2] for link in page.select("main .list .what > a")}
        more = page.select_one("a[rel=next]")
        page = await cara.see("/entries" + more["href"]) if more else None
    assert theirs <= found
    assert mine not in found


async def test_under_a_public_entry_of_others_stands_who_answers_there(web, house, cluster):
    other = await a_cluster(house)
    entry = await published(other.cara, other, "everyone")
    page = await (await web.signed_in(cluster.cara)).see(f"/entries/{entry}")
    conversation = page.select_one("#conversation")
    assert not conversation.select("form")
    assert "Only members of" in conversation.text
    member = await (await web.signed_in(other.marie)).see(f"/entries/{entry}")
    assert member.select_one('#conversation form[action$="/comments"]')
    assert "Only members of" not in member.select_one("#conversation").text


async def test_a_draft_is_marked_wherever_it_stands(web, cluster):
    entry = await start(cluster.cara, cluster)
    cara = await web.signed_in(cluster.cara)
    for path in ("/", "/entries", f"/clusters/{cluster.id}"):
        line = (await cara.see(path)).select_one(f'li:has(a[href="/entries/{entry}"])')
        assert "Draft, only you see it" in line.text, path


async def test_a_time_that_a_guest_reads_names_its_zone(web, cluster):
    entry = await an_entry(cluster.anna, cluster, "everyone")
    await a_comment(cluster.ben, entry)
    said = (await web.guest().see(f"/entries/{entry}")).select_one("article.note time").text
    assert said.endswith(" UTC")
    ben = await web.signed_in(cluster.ben)
    assert "UTC" not in (await ben.see(f"/entries/{entry}")).select_one("article.note time").text


async def test_who_has_just_published_can_answer_from_the_page_that_says_so(web, cluster):
    entry = await start(cluster.cara, cluster)
    cara = await web.signed_in(cluster.cara)
    published_page = (await cara.submit(form_to(await cara.see(f"/entries/{entry}"), "/publication"), "cluster")).page
    assert published_page.select_one(".flash")
    assert published_page.select_one("#conversation")["data-page"] == f"/entries/{entry}"
    answer = await cara.submit(form_to(published_page, "/comments"), kind="takeaway", text="At last")
    assert answer.page.select_one("article.note")


async def test_a_draft_that_is_sent_twice_in_one_breath_is_one_draft(cluster, anna):
    form = form_to(await anna.see("/entries/new"), "/entries")
    first, second = await asyncio.gather(*(anna.submit(form, title="Reading aloud", text="Once") for _ in range(2)))
    assert (first.status, second.status) == (303, 303)
    assert first.path == second.path != "/entries"

"""What one is told: once per thread, counted, and no news any more when one has looked."""

import re

from kit.languages import SPOKEN
from tests.events.making import announce, ask, site
from tests.people import told
from tests.web.browser import form_to
from tests.web.making import a_comment, an_entry
from web.clients.events.events import Events


async def unseen(browser):
    count = (await browser.see("/")).select_one(".rail .count")
    return int(count.find(string=True)) if count else 0


async def everything_is_told(web):
    await web.house.catch_up()
    await web.hear()


async def test_an_author_is_told_once_per_thread(web, cluster, anna, ben):
    entry = await an_entry(cluster.anna, cluster, "cluster")
    first = await a_comment(cluster.ben, entry)
    for text in ("And in winter?", "And in spring?"):
        path = f"/v1/entries/{entry}/comments/{first}/replies"
        assert (await cluster.cara.diaries.post(path, json={"text": text})).status_code == 201
    await a_comment(cluster.cara, entry, "takeaway", "Start small")
    await everything_is_told(web)

    assert await unseen(anna) == 2
    items = (await anna.see("/notices")).select("main li")
    assert [item.select_one("a")["href"] for item in items] == [f"/entries/{entry}"] * 2
    assert [item.select_one("bdi[lang]")["lang"] for item in items] == ["en"] * 2
    counts = [re.findall(r"· (\d+)", item.select_one(".quiet").text) for item in items]
    assert sorted(counts) == [[], ["3"]]
    mails = await web.house.rows("clusters", "select 1 from mail where person_id = $1", cluster.anna.id)
    assert len(mails) == 2

    await anna.see(f"/entries/{entry}")
    await everything_is_told(web)
    assert await unseen(anna) == 0
    assert not (await anna.see("/notices")).select(".chip.good")


async def test_all_of_it_can_be_seen_at_once(web, cluster, ben):
    event = await announce(cluster.anna, cluster, 2)
    await ask(cluster.ben, event, site(event))
    body = {"reason": "Snow"}
    path = f"/v1/events/{event['id']}/cancellation"
    assert (await cluster.anna.events.post(path, json=body)).status_code < 300
    await everything_is_told(web)
    assert await unseen(ben) == 1
    answer = await ben.submit(form_to(await ben.see("/notices"), "/notices/seen"))
    assert (answer.status, answer.path) == (303, "/notices")
    await everything_is_told(web)
    assert await unseen(ben) == 0


async def test_news_in_the_middle_of_a_page_leaves_its_reader_signed_in(web, anna, monkeypatch):
    """Web forgets who is signed in when it hears of them; a page that is being made keeps its reader."""
    today = Events.today

    async def news_meanwhile(events, **more):
        web.kept.hearing.forget("clusters")
        return await today(events, **more)

    await anna.see("/")
    monkeypatch.setattr(Events, "today", news_meanwhile)
    assert (await anna.see("/")).select_one(".rail .you")


async def test_news_speaks_the_language_of_its_page(web, cluster, anna):
    entry = await an_entry(cluster.anna, cluster, "cluster")
    await a_comment(cluster.cara, entry, "takeaway", "Start small")
    await everything_is_told(web)
    profile = {"name": "Anna", "zone": "UTC"}
    said = {}
    for language in SPOKEN:
        told(await cluster.anna.clusters.put("/v1/me", json=profile | {"language": language}))
        await web.hear()
        page = await anna.see("/notices")
        assert page.select_one("html")["lang"] == language
        said[language] = page.select_one("main li a").get_text(" ", strip=True)
    assert "wrote about" in said["en"]
    assert len(set(said.values())) == len(SPOKEN)

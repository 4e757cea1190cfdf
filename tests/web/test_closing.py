"""A cluster is closed on its page: what is lost is said before, pages say why nothing can be added, and it goes on."""

import pytest

from tests.diaries.writing import published
from tests.events.making import announce
from tests.people import a_cluster, an_official
from tests.web.browser import form_to


@pytest.fixture
async def nora(house, web):
    return await web.signed_in(await an_official(house, "national_coordinator", "CZ"))


@pytest.fixture
async def shut(house):
    """A cluster of the test's own, with an event and an entry."""
    cluster = await a_cluster(house)
    cluster.event = (await announce(cluster.anna, cluster, 5))["id"]
    cluster.entry = await published(cluster.cara, cluster)
    return cluster


async def close(nora, cluster, word=""):
    page = await nora.see(f"/clusters/{cluster.id}")
    return await nora.submit(form_to(page, "/closure"), word=word)


async def test_what_is_lost_is_said_before_and_it_is_acknowledged_after(house, nora, shut):
    (sure,) = (await nora.see(f"/clusters/{shut.id}")).select("details.sure")
    assert "Its coming events are cancelled" in sure.text
    answer = await close(nora, shut, "Until autumn.")
    assert "The cluster is closed. Those who lead its schools are told." in answer.page.text
    assert "Until autumn." in answer.page.text
    nobody = await nora.see(f"/clusters/{shut.id}")
    assert not nobody.select("details.sure")


async def test_pages_say_why_nothing_can_be_added(house, web, nora, shut):
    await close(nora, shut)
    await house.catch_up()
    cara = await web.signed_in(shut.cara)
    for path in (f"/events/{shut.event}", f"/entries/{shut.entry}"):
        page = await cara.see(path)
        assert "Its cluster is closed: read only" in page.text, path
        assert not page.select("main form[method=post]"), path
    assert (await cara.see(f"/entries/{shut.entry}")).select(f"a[href='/entries/{shut.entry}/removal']")
    page = await cara.see(f"/clusters/{shut.id}")
    assert "This cluster has been closed since" in page.text
    assert not page.select("main a[href='/entries/new'], main a[href='/events/new'], main form[method=post]")


async def test_who_has_closed_clusters_alone_is_not_asked_to_begin_anything(house, web, nora):
    empty = await a_cluster(house)
    await close(nora, empty)
    await house.catch_up()
    cara = await web.signed_in(empty.cara)
    today = await cara.see("/")
    assert len(today.select(":is([aria-labelledby=next], [aria-labelledby=new]) .nothing")) == 2
    assert not today.select("main a[href='/events/new'], main a[href='/entries/new']")
    page = await cara.see("/events/new")
    assert "You belong to no cluster that could meet." in page.text
    assert not page.select("main .list")


async def test_who_wrote_while_it_was_closed_loses_nothing(house, web, nora, shut):
    cara = await web.signed_in(shut.cara)
    page = await cara.see(f"/entries/{shut.entry}")
    await close(nora, shut)
    await house.catch_up()
    answer = await cara.submit(form_to(page, "/comments"), text="Three hours of typing")
    assert answer.status == 409
    assert "This cluster is closed" in answer.page.text
    assert "Three hours of typing" in answer.page.text


async def test_it_is_opened_again_and_its_people_write(house, web, nora, shut):
    await close(nora, shut)
    answer = await nora.submit(form_to(await nora.see(f"/clusters/{shut.id}"), "/closure/end"))
    assert "The cluster is open again." in answer.page.text
    await house.catch_up()
    cara = await web.signed_in(shut.cara)
    assert form_to(await cara.see(f"/entries/{shut.entry}"), "/comments")


async def test_a_word_that_is_too_long_is_kept_with_its_reason(nora, shut):
    answer = await close(nora, shut, "x" * 1_001)
    assert answer.status == 422
    (area,) = answer.page.select("textarea[name=word]")
    assert area.text.strip() == "x" * 1_001
    assert area["aria-invalid"] == "true"


async def test_who_closed_it_before_hears_so(nora, shut):
    page = await nora.see(f"/clusters/{shut.id}")
    await close(nora, shut)
    answer = await nora.submit(form_to(page, "/closure"))
    assert (answer.status, "This cluster is closed" in answer.page.text) == (409, True)

"""A service that is down: its part of a page says so, the rest works, and what was typed is kept."""

from contextlib import contextmanager

import pytest

from tests.events.making import announce
from tests.web.browser import errors, fields_of, form_to
from tests.web.conftest import eventually
from tests.web.making import an_entry
from web.pages.problems import answers


@pytest.fixture
def without(web):
    @contextmanager
    def stopped(service):
        web.house.hosts.remove(service)
        try:
            yield
        finally:
            web.house.hosts.add(service, web.house.apps[service])

    return stopped


@pytest.mark.parametrize(("service", "section"), [("events", "events"), ("diaries", "diary")])
async def test_the_cluster_page_says_what_is_missing_and_is_whole_again(web, cluster, ben, without, service, section):
    event = await announce(cluster.anna, cluster, 3)
    entry = await an_entry(cluster.anna, cluster, "cluster")
    path = f"/clusters/{cluster.id}"
    with without(service):
        page = await ben.see(path)
        assert page.select_one(f"section[aria-labelledby={section}] .missing[role=status]").get_text(strip=True)
        assert len(page.select(".missing")) == 1
        assert page.select_one("table tbody tr")
        assert len((await ben.see("/")).select(".missing")) in (2, 3)
    page = await ben.see(path)
    assert not page.select(".missing")
    assert page.select_one(f'a[href="/events/{event["id"]}"]')
    assert page.select_one(f'a[href="/entries/{entry}"]')


async def test_how_a_cluster_decides_says_that_a_part_is_missing(cluster, ben, without):
    with without("events"):
        page = await ben.see(f"/clusters/{cluster.id}/how-we-decide")
    assert "some of this is missing" in page.select_one(".missing[role=status]").text
    assert "Ask a school into the cluster" in page.text


async def test_a_page_whose_service_is_down_says_come_back(web, cluster, ben, without):
    event = await announce(cluster.anna, cluster, 3)
    with without("events"):
        page = await ben.see(f"/events/{event['id']}", status=503)
        assert page.select_one("h1").text
        await ben.see("/events")
    await ben.see(f"/events/{event['id']}")


async def test_what_was_typed_while_a_service_was_down_is_kept(web, cluster, anna, ben, without):
    form = form_to(await anna.see("/events/new"), "/events")
    with without("events"):
        answer = await anna.submit(form, title="A storm", zone="Europe/Prague")
        assert answer.status == 503
        assert answer.page.select_one("[role=alert]").get_text(strip=True)
        assert fields_of(form_to(answer.page, "/events"))["title"] == "A storm"
        assert not errors(answer.page)
    entry = await an_entry(cluster.anna, cluster, "cluster")
    form = form_to(await ben.see(f"/entries/{entry}"), "/comments")
    with without("diaries"):
        answer = await ben.submit(form, text="Kept through the storm")
        assert answer.status == 503
        assert "Kept through the storm" in str(answer.page)
    answer = await ben.submit(form_to(answer.page, "/comments"))
    assert answer.status == 303
    assert len(answer.page.select("article.note")) == 1


async def test_with_clusters_down_who_is_signed_in_reads_on(web, cluster, ben, without):
    await ben.see("/events")
    with without("clusters"):
        await ben.see("/events")
        await ben.see(f"/clusters/{cluster.id}", status=503)
        await web.guest().see("/")
        stranger = web.guest(session="never seen")
        await stranger.see("/events", status=503)
    await eventually(lambda: web.kept.hearing.fresh("clusters"))
    await ben.see(f"/clusters/{cluster.id}")


async def test_the_page_for_what_broke_cannot_fail(web, ben, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("the templates are gone")

    monkeypatch.setattr(answers, "render", fail)
    answer = await web.guest().http.get("/nowhere")
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] in answer.text
    monkeypatch.setattr("web.pages.today.routes.render", fail)
    page = await ben.see("/", status=500)
    assert page.select_one("h1").text


async def test_the_profile_stays_and_keeps_what_is_typed_without_the_list_of_browsers(ben, without):
    form = form_to(await ben.see("/profile"), "/profile")
    with without("clusters"):
        assert (await ben.see("/profile")).select_one("#sessions .missing[role=status]")
        answer = await ben.submit(form, name="Ben the Brave")
        assert answer.status == 503
        assert fields_of(form_to(answer.page, "/profile"))["name"] == "Ben the Brave"

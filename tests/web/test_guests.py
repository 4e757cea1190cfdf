"""What guests see: what was published for everyone, and no trace of anything else."""

import asyncio
from uuid import uuid4

import pytest
from fastapi import Request, Response

from tests.events.making import announce
from tests.people import told
from tests.web.browser import form_to, same
from tests.web.conftest import Web, eventually
from tests.web.making import a_comment, an_entry
from web.guests import same_for_guests
from web.visit import Visit


def without_number(answer):
    """A page without the number of its request, and without the address that was asked for."""
    text = answer.text.replace(answer.headers["x-request-id"], "NUMBER")
    return text.replace(answer.request.url.path, "ADDRESS")


async def test_a_guest_reads_what_is_public(web, cluster):
    entry = await an_entry(cluster.anna, cluster, "everyone", text="**We** tried it.")
    await a_comment(cluster.ben, entry, "takeaway", "Start small")
    page = await web.guest().see(f"/entries/{entry}")
    assert page.select_one(".reading strong").text == "We"
    assert page.select_one("article.note").select("p")[-1].text == "Start small"
    assert not [form for form in page.select("form") if "/entries/" in str(form["action"])]
    listed = await web.guest().see("/")
    assert listed.select_one(f'a[href="/entries/{entry}"]')


@pytest.mark.parametrize("reach", [None, "cluster"])
async def test_what_is_not_public_looks_like_what_never_was(web, cluster, reach):
    entry = await an_entry(cluster.anna, cluster, reach, title="Not for you")
    event = await announce(cluster.anna, cluster, 3)
    guest = web.guest()
    for hidden, never in (
        (f"/entries/{entry}", f"/entries/{uuid4()}"),
        (f"/entries/{entry}/live", f"/entries/{uuid4()}/live"),
    ):
        seen, unseen = await guest.http.get(hidden), await guest.http.get(never)
        assert (seen.status_code, unseen.status_code) == (404, 404)
        assert without_number(seen) == without_number(unseen)
        theirs = {"x-request-id": "", "content-length": ""}
        assert {**seen.headers, **theirs} == {**unseen.headers, **theirs}
    for path in (f"/entries/{entry}/edit", f"/events/{event['id']}", f"/clusters/{cluster.id}"):
        answer = await guest.http.get(path)
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/sign-in")
    assert "Not for you" not in str(await guest.see("/"))


async def test_a_member_of_another_school_cannot_tell_that_a_draft_exists(web, cluster, ben):
    entry = await an_entry(cluster.anna, cluster)
    for path in ("", "/edit", "/live"):
        seen = await ben.http.get(f"/entries/{entry}{path}")
        unseen = await ben.http.get(f"/entries/{uuid4()}{path}")
        assert (seen.status_code, unseen.status_code) == (404, 404)
        assert without_number(seen) == without_number(unseen)


@pytest.mark.parametrize("path", ["/nowhere", "/entries/no-id", "/events/", "/entries/%00", "/static/none.js"])
async def test_a_path_that_leads_nowhere_is_a_page(web, path):
    answer = await web.guest().http.get(path)
    assert answer.status_code in (404, 303)
    assert "Traceback" not in answer.text


async def test_the_page_of_a_guest_is_kept_until_something_changes(web, cluster, ben):
    entry = await an_entry(cluster.anna, cluster, "everyone")
    await web.hear()
    path, guest = f"/entries/{entry}", web.guest()
    first = await guest.see(path)
    assert web.kept.guest_pages.find(f"/entries/{entry}")["en"]
    web.house.hosts.remove("diaries")
    try:
        assert same(await guest.see(path)) == same(first)
    finally:
        web.house.hosts.add("diaries", web.house.apps["diaries"])
    await eventually(lambda: web.kept.hearing.fresh("diaries"))

    await ben.submit(form_to(await ben.see(path), "/comments"), text="What a guest sees too")
    await web.hear()
    renewed = await guest.see(path)
    assert "What a guest sees too" in renewed.text
    assert same(await guest.see(path)) == same(renewed)

    assert (await cluster.anna.diaries.delete(f"/v1{path}/publication")).status_code < 300
    await web.hear()
    await guest.see(path, status=404)


async def test_a_page_is_not_kept_with_a_name_that_was_just_changed(web, cluster, monkeypatch):
    monkeypatch.setattr("web.kept.guest_pages.HEARD_BY_ALL_WITHIN", 30)
    entry = await an_entry(cluster.anna, cluster, "everyone")
    profile = {"name": "Anna Malá", "language": "cs", "zone": "UTC"}
    told(await cluster.anna.clusters.put("/v1/me", json=profile))
    await web.hear()
    await web.guest().see(f"/entries/{entry}")
    assert web.kept.guest_pages.find(f"/entries/{entry}") == {}
    monkeypatch.setattr("web.kept.guest_pages.HEARD_BY_ALL_WITHIN", 0)
    assert "Anna Malá" in str(await web.guest().see(f"/entries/{entry}"))
    assert web.kept.guest_pages.find(f"/entries/{entry}")["en"]


async def test_a_page_for_every_guest_that_asks_for_its_reader_fails(web):
    @same_for_guests
    async def page(visit):
        return Response(visit.request.client.host)

    asked = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b"", "app": web.app}
    guest = Visit(Request(asked), web.kept, None, "")
    with pytest.raises(AttributeError, match="client"):
        await page(guest)


async def test_what_is_kept_for_a_guest_is_not_what_a_member_gets(web, cluster, ben):
    entry = await an_entry(cluster.anna, cluster, "everyone")
    await web.hear()
    await web.guest().see(f"/entries/{entry}")
    assert form_to(await ben.see(f"/entries/{entry}"), "/comments")
    arabic = await web.guest("ar").see(f"/entries/{entry}")
    assert arabic.select_one("html")["lang"] == "ar"
    assert (await web.guest().see(f"/entries/{entry}")).select_one("html")["lang"] == "en"


async def test_a_page_is_not_kept_while_facts_wait_for_their_places(web, cluster, monkeypatch):
    monkeypatch.setattr("web.kept.hearing.WAIT", 1)
    monkeypatch.setattr("web.kept.hearing.HEARD_WITHIN", 2.5)
    entry = await an_entry(cluster.anna, cluster, "everyone")
    await web.house.hear()
    other = Web(web.house)
    async with other.app.router.lifespan_context(other.app):
        await eventually(lambda: other.kept.hearing.fresh("diaries"))
        await other.guest().see(f"/entries/{entry}")
        await asyncio.sleep(3)
        assert other.kept.hearing.fresh("diaries")
        told(await cluster.anna.diaries.delete(f"/v1/entries/{entry}/publication"), 204)
        await web.house.rows("diaries", "update fact set at = now() - interval '3 seconds' where place is null")
        assert (await other.guest().http.get(f"/entries/{entry}")).status_code == 200
        await asyncio.sleep(4)
        assert (await other.guest().http.get(f"/entries/{entry}")).status_code == 404
    await web.hear()


async def test_who_comments_and_who_publishes_is_told_who_will_read_it(web, cluster):
    entry = await an_entry(cluster.anna, cluster, "cluster")
    await a_comment(cluster.ben, entry)
    mine = await (await web.signed_in(cluster.anna)).see(f"/entries/{entry}/publication")
    theirs = await (await web.signed_in(cluster.ben)).see(f"/entries/{entry}")
    assert "1" in mine.select_one("form p").text
    assert not theirs.select_one("#status")
    assert theirs.select_one("#conversation form > .row .quiet")

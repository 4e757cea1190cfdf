"""Every page, for everybody who reads it, in every language."""

import re

import pytest

from kit.languages import SPOKEN
from tests.events.making import announce, ask, room, site
from tests.people import told
from tests.web.checks import CODE_WORD
from tests.web.making import a_comment, an_entry
from web.words import FIELDS, PROBLEMS, TABLES

PARAMETER = re.compile(r"%\(\w+\)s")


@pytest.fixture
async def scene(cluster):
    """Paths of a cluster in which something has happened."""
    event = await announce(cluster.anna, cluster, 1, 4)
    await ask(cluster.ben, event, site(event))
    await ask(cluster.cara, event, site(event), meanwhile=True)
    await ask(cluster.dan, event, room(event))
    gone = await announce(cluster.anna, cluster, 5, days=-3)
    called_off = await announce(cluster.anna, cluster, 5)
    path = f"/v1/events/{called_off['id']}/cancellation"
    assert (await cluster.anna.events.post(path, json={"reason": "Snow"})).status_code < 300
    entry = await an_entry(cluster.anna, cluster, "everyone")
    await a_comment(cluster.ben, entry)
    draft = await an_entry(cluster.anna, cluster, text="")
    meetings = [f"/events/{each['id']}" for each in (event, gone, called_off)]
    return {
        "guest": ["/", "/sign-in", "/sign-in/link?key=x", f"/entries/{entry}", "/mailbox"],
        "member": [
            *("/", "/events", "/events?when=past", "/entries", "/notices", "/profile", "/mailbox", "/entries/new"),
            *(f"/clusters/{cluster.id}", f"/clusters/{cluster.id}/people", f"/entries/{entry}"),
            *(*meetings, f"{meetings[0]}/people", f"/entries/new?event={gone['id']}"),
        ],
        "coordinator": [
            *("/events/new", f"/clusters/{cluster.id}/aims", f"/entries/{draft}", f"/entries/{draft}/edit"),
            *(f"{meetings[0]}/{page}" for page in ("change", "change?online=true", "edit", "cancellation")),
            f"{meetings[1]}/attendance",
        ],
        "author": [f"/entries/{entry}/publication", f"/entries/{entry}/publication/end"],
    }


@pytest.mark.parametrize("language", SPOKEN)
async def test_every_page_stands(web, cluster, scene, language):
    for path in scene["guest"]:
        page = await web.guest(language).see(path)
        assert page.select_one("html")["lang"] == language
    for person, paths in (
        (cluster.ben, scene["member"]),
        (cluster.anna, [*scene["member"], *scene["coordinator"], *scene["author"]]),
    ):
        profile = {"name": "Somebody", "language": language, "zone": "Europe/Prague"}
        told(await person.clusters.put("/v1/me", json=profile), 200)
        browser = await web.signed_in(person)
        for path in paths:
            page = await browser.see(path)
            assert page.select_one("html")["lang"] == language, path


async def test_links_of_pages_lead_somewhere(web, cluster, scene, anna):
    seen = {str(link["href"]) for path in scene["member"] for link in (await anna.see(path)).select("a[href]")}
    inside = sorted(href.split("#")[0] for href in seen if href.startswith("/"))
    for href in dict.fromkeys(inside):
        if href and not href.startswith(("/sign-in/link", "/static")):
            answer = await anna.http.get(href)
            assert answer.status_code in (200, 303), href


async def test_what_a_page_loads_is_there_and_kept(web):
    page = await web.guest().see("/")
    for href in [tag.get("src") or tag.get("href") for tag in page.select("script, link[href]")]:
        answer = await web.guest().http.get(href)
        assert answer.status_code == 200, href
        assert "immutable" in answer.headers["cache-control"]


async def test_every_code_has_words():
    for table in (FIELDS, PROBLEMS, *TABLES.values()):
        for code, words in table.items():
            assert words, code
            assert not CODE_WORD.search(PARAMETER.sub("", words)), words


async def test_who_coordinates_nothing_is_not_shown_what_they_may_not_do(web, scene, ben, cluster):
    for path in scene["author"]:
        await ben.see(path, status=403)
    for path in scene["coordinator"]:
        if path.startswith("/entries/"):
            await ben.see(path, status=404)
    page = await ben.see(scene["member"][-4])
    assert not [form for form in page.select("form") if "cancellation" in str(form["action"])]

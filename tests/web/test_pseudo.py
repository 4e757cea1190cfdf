"""No page says anything that is not in the catalogues, and every page can be read from right to left."""

import re

import pytest

from tests import pseudo
from tests.events.making import announce
from tests.people import an_official, told
from tests.policy.scene import failed_job
from tests.web.making import a_comment, an_entry

# What people typed, what CLDR writes, and names: they are in no catalogue.
NOT_OURS = "bdi, .file, [lang], time, option, code, script, template, svg, .mark, [dir=auto], .face"
PATHS = [
    "/", "/clusters", "/clusters/{cluster}", "/clusters/{cluster}/people", "/clusters/{cluster}/aims",
    "/clusters/{cluster}/programs", "/clusters/{cluster}/tools/new", "/events", "/events?when=past", "/events/new",
    "/events/{event}", "/events/{event}/people", "/events/{event}/edit", "/events/{event}/change",
    "/events/{event}/cancellation", "/events/{past}", "/events/{past}/attendance", "/entries", "/entries/new",
    "/entries/{entry}", "/entries/{entry}/edit", "/entries/{entry}/publication", "/entries/{entry}/publication/end",
    "/entries/{entry}/removal", "/notices", "/profile",
]  # fmt: skip
OF_GUESTS = ["/", "/sign-in", "/sign-in/link?key=x", "/entries/{entry}"]
WORDS = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def in_pseudo(monkeypatch):
    pseudo.speak(monkeypatch)
    yield
    for kept in (pseudo.languages.catalogue, pseudo.speaking):
        kept.cache_clear()


async def speaking_person(web, person):
    told(await person.clusters.put("/v1/me", json={"name": "Anna", "zone": "Europe/Prague", "language": pseudo.TAG}))
    await web.hear()
    return await web.signed_in(person)


async def the_scene(cluster):
    entry = await an_entry(cluster.anna, cluster, "everyone", text="3 4 5")
    await a_comment(cluster.ben, entry, "question", "6 7 8")
    return {
        "cluster": cluster.id,
        "event": (await announce(cluster.anna, cluster, 5))["id"],
        "past": (await announce(cluster.anna, cluster, 5, days=-2))["id"],
        "entry": entry,
    }


def unworded(page):
    """What stands on a page in words that are in no catalogue."""
    for part in page.body.select(NOT_OURS):
        part.decompose()
    found = []
    for text in page.body.find_all(string=True):
        bare = re.sub(f"{pseudo.OPENS}[^{pseudo.CLOSES}]*{pseudo.CLOSES}", "", str(text))
        # A text with a name in it is in several strings: each is checked against the whole of its element.
        whole = re.sub(f"{pseudo.OPENS}[^{pseudo.CLOSES}]*{pseudo.CLOSES}", "", text.parent.get_text())
        if WORDS.search(bare) and WORDS.search(whole):
            found.append(" ".join(bare.split()))
    return found


async def test_everything_that_a_page_says_is_in_a_catalogue(web, cluster, in_pseudo):
    names = await the_scene(cluster)
    await failed_job(web.house, "events")
    await web.house.catch_up()
    anna, guest = await speaking_person(web, cluster.anna), web.guest(pseudo.TAG)
    office = await speaking_person(web, await an_official(web.house, "programme_coordinator"))
    unsaid = {}
    for browser, paths in ((anna, PATHS), (guest, OF_GUESTS), (office, ["/", "/clusters", "/operations"])):
        for path in paths:
            page = await browser.see(path.format(**names))
            assert (page.html["lang"], page.html["dir"]) == (pseudo.TAG, "rtl"), path
            if found := unworded(page):
                unsaid[path] = found
    assert unsaid == {}

"""What many readers see is made once: a page whose parts were not changed asks for its content and makes none."""

import pytest

from tests.diaries.writing import published
from tests.events.making import announce
from tests.people import told
from tests.web.test_shown import KEPT_FOR_MANY
from web.kept.contents import Contents


@pytest.fixture
async def paths(cluster):
    event = await announce(cluster.anna, cluster, 5)
    entry = await published(cluster.cara, cluster)
    return {
        "events/show.html": f"/events/{event['id']}",
        "entries/show.html": f"/entries/{entry}",
        "today/index.html": "/",
    }


@pytest.mark.parametrize("guided", [True, False])
@pytest.mark.parametrize("template", KEPT_FOR_MANY)
async def test_the_content_of_a_page_is_kept(web, cluster, paths, monkeypatch, template, guided):
    dan = await web.signed_in(cluster.dan)
    if not guided:
        told(await cluster.dan.clusters.delete("/v1/me/guide"), 204)
        await web.hear()
    monkeypatch.setattr(web.kept, "contents", Contents())
    pages = [await dan.see(paths[template]) for _ in range(3)]
    kept = [key for key in web.kept.contents._kept if key[0] == template]
    assert 1 <= len(kept) < len(pages), "made once, or once more as the minute turns"
    if template == "today/index.html":
        assert bool(pages[0].select("section[aria-labelledby=guide]")) is guided

"""What many readers see is made once: a page whose parts were not changed asks for its content and makes none."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from kit.clock import Said, happening
from tests.diaries.writing import published
from tests.events.making import announce
from tests.people import told
from tests.web.test_shown import KEPT_FOR_MANY
from web import languages
from web.clients.events.events import EventItem
from web.kept.contents import Contents
from web.templates import event_item

NOON = datetime(2026, 11, 3, 11, tzinfo=UTC)


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


@pytest.fixture
def meeting():
    known = {"id": uuid4(), "title": "Coding with toys", "language": "en", "format": "meeting", "mode": "on_site"}
    when = {"zone": "Europe/Prague", "starts_at": NOON, "ends_at": NOON + timedelta(hours=2)}
    of_it = {"places": "Prague", "coming": 3, "waiting": 0, "came": None, "cancelled": False, "my_state": None}
    return EventItem.model_validate(known | when | of_it)


def in_a_list(event, *, language="en", at=NOON - timedelta(days=1)):
    spoken = languages.language.set(language)
    try:
        with happening(Said(at, None)):
            return event_item(event)
    finally:
        languages.language.reset(spoken)


def test_a_row_of_a_list_of_events_is_made_once_for_what_it_says(meeting):
    assert in_a_list(meeting) is in_a_list(meeting.model_copy()), "made anew for a reader who sees the same"
    assert "You are coming" in in_a_list(meeting.model_copy(update={"my_state": "placed"}))
    assert "You are coming" not in in_a_list(meeting)
    assert "4 people" in in_a_list(meeting.model_copy(update={"coming": 4}))


def test_a_row_of_a_list_of_events_is_of_its_language_and_of_its_moment(meeting):
    assert "3 people are coming" in in_a_list(meeting)
    assert "3 people had a place" in in_a_list(meeting, at=meeting.ends_at)
    assert "3 people are coming" in in_a_list(meeting)
    assert languages.catalogue("cs").gettext("On site") in in_a_list(meeting, language="cs")

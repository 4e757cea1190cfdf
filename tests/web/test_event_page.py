"""The page of an event before, during and after it: one card on top says what there is to do."""

import pytest

from tests.events.making import announce, ask, begin, room, site
from tests.events.test_attendance import mark
from tests.people import told
from tests.web.browser import form_to
from tests.web.checks import FILLED


@pytest.fixture
async def cara(web, cluster):
    return await web.signed_in(cluster.cara)


def buttons(page):
    """The words of the filled buttons of the page, and whether all of them stand in the card on top."""
    filled = page.select(f"main :is({FILLED})")
    assert all(button.find_parent(id="now") for button in filled)
    return [" ".join(button.text.split()) for button in filled]


async def test_before_the_first_place_that_is_free_is_one_button_away(cara, cluster):
    event = await announce(cluster.anna, cluster, 1, 5)
    told(await ask(cluster.dan, event, site(event)))
    page = await cara.see(f"/events/{event['id']}")
    assert buttons(page) == ["Come to Site 1"]
    answer = await cara.submit(form_to(page.select_one("#now"), "/registration"))
    assert answer.page.select_one("#now h2").text == "You are coming"
    assert buttons(answer.page) == []


async def test_when_every_place_is_taken_the_card_says_so_and_the_line_is_below(cara, cluster):
    event = await announce(cluster.anna, cluster, 1, online=False)
    told(await ask(cluster.dan, event, site(event)))
    page = await cara.see(f"/events/{event['id']}")
    assert (buttons(page), bool(page.select_one("#now"))) == ([], True)
    answer = await cara.submit(form_to(page.select_one("ul.places"), "/registration"))
    assert answer.page.select_one("#where + .chip.warn")


async def test_during_it_who_is_online_joins_and_who_marks_can_mark(web, house, cara, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, room(event)))
    await begin(house, event)
    assert buttons(await cara.see(f"/events/{event['id']}")) == ["Join online"]
    ben = await web.signed_in(cluster.ben)
    page = await ben.see(f"/events/{event['id']}")
    assert page.select_one('#now a[href$="/attendance"]')


async def test_after_it_the_next_steps_are_buttons_the_first_of_them_filled(ben, cara, cluster):
    event = await announce(cluster.anna, cluster, 5, days=-1)
    path = f"/events/{event['id']}"
    assert buttons(await cara.see(path)) == ["Write about it in the diary"]
    page = await ben.see(path)
    assert buttons(page) == ["Mark who came"]
    assert page.select_one('#now a.plain[href^="/entries/new"]')
    told(await mark(cluster.ben, event, cluster.cara))
    page = await ben.see(path)
    assert buttons(page) == ["Write about it in the diary"]
    assert "1 came" in page.select_one("#now").text
    assert page.select_one('#now a.plain[href$="/attendance"]')
    page = await ben.see(page.select_one('#now a[href^="/entries/new"]')["href"])
    assert page.select_one("[name=title]")["value"] == event["title"]


async def test_a_cancelled_event_asks_for_nothing(cara, cluster):
    event = await announce(cluster.anna, cluster, 5)
    told(await cluster.anna.events.post(f"/v1/events/{event['id']}/cancellation", json={"reason": ""}), 201)
    page = await cara.see(f"/events/{event['id']}")
    assert (buttons(page), page.select_one("#now")) == ([], None)

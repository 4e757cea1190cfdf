"""Forms of events: changing one, marking who came."""

import pytest

from tests.events.making import announce, ask, begin, show, site
from tests.events.test_attendance import mark
from tests.people import told
from tests.web.browser import errors, fields_of, form_to
from tests.web.test_bad_input import EVENT


async def test_a_change_that_was_overtaken_is_not_applied(web, cluster):
    event = await announce(cluster.anna, cluster, 5)
    path = f"/events/{event['id']}/change"
    desk, phone = await web.signed_in(cluster.anna), await web.signed_in(cluster.anna)
    previews = []
    for browser, link in ((desk, "https://desk.test/"), (phone, "https://phone.test/")):
        seen = await browser.submit(form_to(await browser.see(path), "/change"), link=link)
        previews.append(form_to(seen.page, "/change"))
    version = str(event["version"])
    assert (await desk.submit(previews[0], version)).status == 303
    answer = await phone.submit(previews[1], version)
    assert answer.status == 412
    assert answer.page.select_one("[role=alert]").get_text(strip=True)
    assert fields_of(form_to(answer.page, "/change"))["link"] == "https://phone.test/"


@pytest.mark.parametrize("starts_at", ["2030-10-27T01:30:00Z", "2030-10-27T00:30:00Z", "2030-05-01T08:00:30+02:00"])
async def test_a_change_form_that_is_sent_untouched_changes_nothing(anna, cluster, starts_at):
    sites = [{"name": "Library", "address": "Street 1", "capacity": 9, "school_id": cluster.mentor}]
    event = await announce(cluster.anna, cluster, starts_at=starts_at, ends_at="2030-10-27T03:30:15Z", sites=sites)
    path = f"/events/{event['id']}/change"
    preview = await anna.submit(form_to(await anna.see(path), "/change"))
    assert preview.page.select_one("main section p").text == "Nic se oproti dnešnímu stavu nemění."
    preview = await anna.submit(
        form_to(await anna.see(path), "/change"), reason="More seats", **{"sites-0-capacity": "10"}
    )
    assert (await anna.submit(form_to(preview.page, "/change"), str(event["version"]))).status == 303
    after = await show(cluster.anna, event["id"])
    assert (after["starts_at"], after["ends_at"]) == (event["starts_at"], event["ends_at"])
    assert (after["places"][0]["capacity"], after["places"][0]["school_id"]) == (10, cluster.mentor)
    assert (after["last_change"], after["sequence"]) == (None, 0)


@pytest.mark.parametrize("seats", ["²", "9" * 5_000, "0", "ten"])
async def test_seats_that_are_no_number_are_refused_at_their_field(anna, cluster, seats):
    form = form_to(await anna.see("/events/new"), "/events")
    answer = await anna.submit(form, **EVENT | {"sites-0-capacity": seats})
    assert (answer.status, list(errors(answer.page))) == (422, ["sites-0-capacity"])
    assert fields_of(form_to(answer.page, "/events"))["sites-0-capacity"] == seats


async def test_attendance_before_the_event_is_refused_in_words(anna, cluster):
    event = await announce(cluster.anna, cluster, 5)
    form = form_to(await anna.see(f"/events/{event['id']}/attendance"), "/attendance")
    answer = await anna.submit(form, came=[str(cluster.ben.id)])
    assert answer.status == 409
    assert answer.page.select_one("[role=alert]").get_text(strip=True)
    assert fields_of(form_to(answer.page, "/attendance"))["came"] == [str(cluster.ben.id)]


async def test_attendance_marked_by_two_at_once_shows_both_together(web, house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    for asker in (cluster.cara, cluster.dan):
        told(await ask(asker, event, site(event)))
    await begin(house, event)
    path = f"/events/{event['id']}/attendance"
    anna, ben = await web.signed_in(cluster.anna), await web.signed_in(cluster.ben)
    first, second = form_to(await ben.see(path), "/attendance"), form_to(await anna.see(path), "/attendance")
    cara, dan, hana, marie = (str(asker.id) for asker in (cluster.cara, cluster.dan, cluster.hana, cluster.marie))
    assert (await ben.submit(first, came=[cara, hana])).status == 303
    answer = await anna.submit(second, came=[cara, dan, marie])
    assert answer.status == 412
    together = form_to(answer.page, "/attendance")
    assert set(fields_of(together)["came"]) == {cara, hana, marie}
    assert (await anna.submit(together)).status == 303
    assert set(fields_of(form_to(await ben.see(path), "/attendance"))["came"]) == {cara, hana, marie}


async def test_whoever_was_marked_and_left_since_stays_marked(anna, house, cluster):
    event = await announce(cluster.anna, cluster, 5, days=-1)
    told(await mark(cluster.anna, event, cluster.dan, cluster.cara))
    told(await cluster.hana.clusters.delete(f"/v1/staff/{cluster.staff['dan']}"))
    await house.catch_up()
    form = form_to(await anna.see(f"/events/{event['id']}/attendance"), "/attendance")
    assert (await anna.submit(form)).status == 303
    came = told(await cluster.anna.events.get(f"/v1/events/{event['id']}/attendance"))["came"]
    assert {person["person_id"] for person in came} == {str(cluster.dan.id), str(cluster.cara.id)}

"""Forms of events: changing one, marking who came."""

import pytest

from tests.events.making import announce, ask, begin, show, site
from tests.events.test_attendance import mark
from tests.people import an_official, told
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


async def planned(browser, **typed):
    form = form_to(await browser.see("/events/new"), "/events")
    known = {"title": "Together", "day": "2030-05-14", "from": "14:00", "link": "https://meet.test/"}
    return await browser.submit(form, **known | typed)


def line_of(page, school):
    """The beginning of the names of the fields of this school."""
    field = page.select_one(f'input[value="{school}"][name$="school_id"]')
    return str(field["name"]).removesuffix("school_id")


async def test_a_ticked_school_and_its_room_are_kept_when_something_else_is_wrong(anna, cluster):
    page = await anna.see("/events/new")
    mentor, mentee = line_of(page, cluster.mentor), line_of(page, cluster.mentee)
    typed = {f"{mentor}here": "on", f"{mentor}room": "room 12", f"{mentor}capacity": "16", f"{mentee}room": "library"}
    answer = await planned(anna, **typed | {"title": "t" * 300})
    assert list(errors(answer.page)) == ["title"]
    kept = fields_of(form_to(answer.page, "/events"))
    assert (kept[f"{mentor}here"], kept[f"{mentor}room"], kept[f"{mentee}room"]) == (["on"], "room 12", "library")


async def test_a_ticked_school_becomes_a_site_and_comes_back_in_the_form_of_a_change(anna, cluster):
    page = await anna.see("/events/new")
    mentor, mentee = line_of(page, cluster.mentor), line_of(page, cluster.mentee)
    typed = {f"{mentor}here": "on", f"{mentor}room": "room 12", f"{mentor}capacity": "16", f"{mentee}room": "library"}
    answer = await planned(anna, **typed)
    assert answer.status == 303
    event = await show(cluster.anna, answer.path.rpartition("/")[2])
    (site,) = (place for place in event["places"] if not place["online"])
    schools = told(await cluster.anna.clusters.get(f"/v1/clusters/{cluster.id}"))["schools"]
    name = next(school["name"] for school in schools if school["school_id"] == cluster.mentor)
    assert (site["name"], site["address"], site["school_id"]) == (f"{name}, room 12", "Praha", cluster.mentor)
    assert (site["capacity"], event["zone"]) == (16, "Europe/Prague")
    page = await anna.see(f"{answer.path}/change")
    kept, line = fields_of(form_to(page, "/change")), line_of(page, cluster.mentor)
    assert (kept[f"{line}here"], kept[f"{line}room"], kept[f"{line}id"]) == (["on"], "room 12", site["id"])
    preview = await anna.submit(form_to(page, "/change"))
    assert preview.page.select_one("main section p").text == "Nic se oproti dnešnímu stavu nemění."
    page = await anna.see(f"{answer.path}/change")
    line = line_of(page, cluster.mentee)
    preview = await anna.submit(form_to(page, "/change"), **{f"{line}here": "on", f"{line}room": "hall"})
    assert (await anna.submit(form_to(preview.page, "/change"), str(event["version"]))).status == 303
    places = [place["name"] for place in (await show(cluster.anna, event["id"]))["places"]]
    assert len(places) == 3
    assert places[1].endswith(", hall")


async def test_the_form_asks_day_hour_and_length_and_the_zone_is_the_clusters(web, cluster):
    profile = {"name": "Anna Nováková", "language": "cs", "zone": "Asia/Amman"}
    told(await cluster.anna.clusters.put("/v1/me", json=profile))
    anna = await web.signed_in(cluster.anna)
    event = await show(cluster.anna, (await planned(anna, format="webinar")).path.rpartition("/")[2])
    assert (event["zone"], event["starts_at"], event["ends_at"]) == (
        "Europe/Prague", "2030-05-14T12:00:00Z", "2030-05-14T13:00:00Z",
    )  # fmt: skip
    event = await show(cluster.anna, (await planned(anna, minutes="240")).path.rpartition("/")[2])
    assert event["ends_at"] == "2030-05-14T16:00:00Z"


async def test_a_past_day_is_asked_about_and_announced_all_the_same(anna, cluster):
    answer = await planned(anna, day="2021-05-14")
    assert (answer.status, list(errors(answer.page))) == (422, ["past"])
    answer = await anna.submit(form_to(answer.page, "/events"), past="on")
    assert answer.status == 303
    assert not answer.page.select('form[action$="/registration"]')


async def test_all_that_is_wrong_with_an_event_is_told_at_once(anna):
    answer = await planned(anna, title=" ", day="2021-05-14", link="none", **{"sites-0-capacity": "many"})
    assert set(errors(answer.page)) == {"title", "past", "link", "sites-0-name", "sites-0-capacity"}


async def test_an_office_chooses_the_cluster_that_meets(web, house, cluster):
    official = await an_official(house, "national_coordinator", "CZ")
    browser = await web.signed_in(official)
    page = await browser.see("/events/new")
    assert not page.select('form[action="/events"]')
    link = f"/events/new?cluster={cluster.id}"
    while not page.select_one(f'a[href="{link}"]'):
        page = await browser.see("/events/new" + page.select_one("a[rel=next]")["href"])
    form = form_to(await browser.see(link), "/events")
    answer = await browser.submit(
        form, title="From the office", day="2030-05-14", link="https://m.test/", **{"from": "9:00"}
    )
    assert answer.status == 422
    answer = await browser.submit(form_to(answer.page, "/events"), **{"from": "09:00"})
    assert answer.status == 303


async def test_who_belongs_to_no_cluster_is_told_so_instead_of_a_form(web, house, cluster):
    told(await cluster.hana.clusters.delete(f"/v1/staff/{cluster.staff['dan']}"))
    await web.hear()
    page = await (await web.signed_in(cluster.dan, "en")).see("/events/new")
    assert not page.select('form[action="/events"]')
    assert page.select_one(".nothing")

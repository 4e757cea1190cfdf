"""One page says what somebody hears of; the link in a mail stops its kind with one click, signed in or not."""

import pytest

from services.clusters.post.kinds.kinds import KINDS
from tests.clusters.doors.test_invitations import invite
from tests.clusters.post.test_preferences import chosen, received, sent_out
from tests.people import told
from tests.web.browser import form_to
from web.words.post import FAMILIES, NEWS


@pytest.fixture
async def cara(web, cluster):
    return await web.signed_in(cluster.cara)


def test_every_kind_that_can_be_chosen_has_words():
    can_be_chosen = {name: kind for name, kind in KINDS.items() if kind.ways}
    assert NEWS.keys() == can_be_chosen.keys() | {"digest"}
    assert FAMILIES.keys() == {kind.family for kind in can_be_chosen.values()}


async def test_it_is_chosen_on_one_page(cara, cluster):
    page = await cara.see("/profile")
    assert page.select("a[href='/profile/hearing']")
    form = form_to(await cara.see("/profile/hearing"), "/profile/hearing")
    answer = await cara.submit(form, **{"way-comment_posted-way": "digest", "every": "week", "hour": "16"})
    assert "It is kept" in answer.page.text
    shown = {one["name"]: one.select("option[selected]")[0]["value"] for one in answer.page.select("form select")}
    assert (shown["way-comment_posted-way"], shown["every"], shown["hour"]) == ("digest", "week", "16")
    assert await chosen(cluster.cara, "comment_posted") == "digest"
    assert await chosen(cluster.cara, "event_changed") == "at_once"


@pytest.mark.parametrize(("who", "concerned"), [("cara", False), ("ben", True)])
async def test_what_comes_to_leaders_alone_is_offered_to_them_alone(web, cluster, who, concerned):
    page = await (await web.signed_in(getattr(cluster, who))).see("/profile/hearing")
    offered = {select["name"].split("-")[1] for select in page.select("select[name^=way-]")}
    for_leaders = {name for name, kind in KINDS.items() if kind.for_leaders}
    assert {"staff_ended", "event_announced"} <= offered
    assert offered & for_leaders == (for_leaders if concerned else set())


async def test_what_cannot_be_is_said_and_nothing_else_is_lost(cara, cluster):
    form = form_to(await cara.see("/profile/hearing"), "/profile/hearing")
    answer = await cara.submit(form, **{"way-event_changed-way": "app", "hour": "99"})
    assert answer.status == 422
    (way,) = answer.page.select("select[name='way-event_changed-way'] option[selected]")
    (hour,) = answer.page.select("select[name=hour]")
    assert (way["value"], hour["aria-invalid"]) == ("app", "true")
    assert await chosen(cluster.cara, "event_changed") == "at_once"


async def where(house, cluster):
    (mail,) = await received(house, cluster.cara)
    address = mail["List-Unsubscribe"].strip("<>")
    return address[address.index("/unsubscribe") :]


async def test_the_link_in_a_mail_asks_first_and_works_without_signing_in(house, web, cluster):
    guest, at = web.guest(), await where(house, cluster)
    page = await guest.see(at)
    assert "Somebody answers an entry of mine" in page.text
    assert await chosen(cluster.cara, "comment_posted") == "at_once"
    (form,) = page.select("form[action^='/unsubscribe']")
    answer = await guest.submit(form)
    assert "You get no more of these mails." in answer.page.text
    assert await chosen(cluster.cara, "comment_posted") == "app"


async def test_a_mail_program_posts_and_is_sent_nowhere_else(house, web, cluster):
    at = await where(house, cluster)
    answer = await web.guest().http.post(
        at, content="List-Unsubscribe=One-Click", headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 200
    assert await chosen(cluster.cara, "comment_posted") == "app"


@pytest.mark.parametrize("query", ["", "?kind=comment_posted&key=x", "?kind=%00&key=%00"])
async def test_a_link_that_is_none_of_ours_says_so(web, query):
    answer = await web.guest().http.post(f"/unsubscribe{query}", content="List-Unsubscribe=One-Click")
    assert answer.status_code == 404
    assert "This link stands in no mail of ours" in answer.text


async def test_who_stops_invitations_is_told_where_they_wait_and_so_is_who_invites(house, web, cluster):
    await house.run_jobs("clusters")
    asked = told(await invite(cluster.ben, cluster.mentee, f"eva-{cluster.id}@school.test"), 201)
    (mail,) = await sent_out(house)
    address = mail["List-Unsubscribe"].strip("<>")
    guest, ben = web.guest(), await web.signed_in(cluster.ben)
    (form,) = (await guest.see(address[address.index("/unsubscribe") :])).select("form[action^='/unsubscribe']")
    for at in (f"/invitations/{asked['id']}", f"/schools/{cluster.mentee}"):
        assert "They want no mails of this kind" not in (await ben.see(at)).text
    assert "stands on Today when you sign in" in (await guest.submit(form)).page.text
    for at in (f"/invitations/{asked['id']}", f"/schools/{cluster.mentee}"):
        assert "They want no mails of this kind" in (await ben.see(at)).text

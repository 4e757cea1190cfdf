"""Everything that was done is acknowledged once, where one looks; what takes something away says so first."""

import pytest

from kit.policy import api_routes
from tests.events.making import ask, room, site
from tests.web.acts import ACTS, withdraw
from tests.web.browser import form_to
from tests.web.making import a_comment, an_entry
from tests.web.scene import Scene, act

SECRETS = "/clusters/{cluster_id}/programs"
LOOKS = {"/schools/{school_id}/people/several"}  # says what would be done
ASKED_BY_SCRIPT = {"/sign-in/passkey/options", "/profile/passkeys/options"}
SHOWN_AT_ONCE = {
    SECRETS,
    SECRETS + "/{client_id}/secrets",
    "/open-house",
    "/second-step",
    "/second-step/confirmation",
    "/profile/identities/{provider}",
    "/profile/sessions/another",
    "/unsubscribe",
}  # the page has a secret, which is kept nowhere; or mail programs follow no other address


@pytest.fixture
def scene(web, cluster, anna, ben, providers):
    return Scene(web, cluster, anna, ben, providers)


def test_every_act_of_the_pages_stands_here(web):
    posts = {route.path for route in api_routes(web.app) if "POST" in route.methods}
    assert posts == ACTS.keys() | ASKED_BY_SCRIPT, "act on each form once, in tests/web/acts.py"


@pytest.mark.parametrize("path", ACTS)
async def test_what_was_done_is_said_on_the_next_page_and_only_there(scene, path):
    answer = await ACTS[path](scene)
    if path in LOOKS:
        assert (answer.status, answer.page.select("main .flash")) == (200, [])
        return
    assert answer.status == (200 if path in SHOWN_AT_ONCE else 303)
    assert answer.raw.status_code == 200
    (flash,) = answer.page.select("main .flash")
    assert (flash["role"], flash["tabindex"], bool(flash.p.get_text(strip=True))) == ("status", "-1", True)
    spot = answer.raw.url.fragment
    assert flash.find_parent(id=spot or "main"), spot
    if path in SHOWN_AT_ONCE:
        return
    assert any(name.startswith("flash=") and "Max-Age=0" in name for name in answer.raw.headers.get_list("set-cookie"))


async def test_what_was_done_is_said_once_and_on_no_other_page(ben):
    done = await ben.http.post("/profile", data={"name": "Ben Hill", "language": "en", "zone": "UTC"})
    assert done.status_code == 303
    for path, said in (("/events", 0), ("/profile", 1), ("/profile", 0)):
        assert len((await ben.see(path)).select(".flash")) == said, path


async def test_a_page_that_is_kept_for_guests_keeps_no_acknowledgement(web, cluster):
    path = f"/entries/{await an_entry(cluster.anna, cluster, 'everyone')}"
    await web.hear()
    guests = [web.guest(), web.guest()]
    for guest in guests:
        answer = await act(guest, path, "/language", language="cs")
        assert len(answer.page.select(".flash")) == 1
        assert not (await guest.see(path)).select(".flash")
    assert not (await web.guest("cs").see(path)).select(".flash")


async def test_a_made_up_acknowledgement_is_none(web):
    for value in ("page=%2F&code=nonsense", "page=%2F", "%ff&&&", "page=%2F&code=registered&spot=x&spot=y&form="):
        assert not (await web.guest(flash=value).see("/")).select(".flash")


async def test_giving_up_a_place_can_be_taken_back(scene):
    answer = await withdraw(scene)
    again = form_to(answer.page.select_one(".flash"), "/registration")
    assert (await scene.ben.submit(again)).page.select_one("#where + .chip.good")


@pytest.mark.parametrize("swapped", [True, False])
async def test_a_place_that_somebody_waits_for_is_given_up_only_after_a_warning(scene, swapped):
    event = await scene.event(1)
    await ask(scene.cluster.ben, event, site(event))
    path = f"/events/{event['id']}"
    before = await scene.ben.see(path)
    await ask(scene.cluster.cara, event, site(event))
    blind = form_to(before, "/registration/end")
    if swapped:
        page = before
        assert (await scene.ben.swap(page, blind)).status_code == 409
    else:
        answer = await scene.ben.submit(blind)
        page = answer.page
        assert answer.status == 409
    assert page.select_one("[role=alert]").get_text(strip=True)
    sure = page.select_one("details[open] form[action$='/registration/end']")
    assert sure.find_parent("details").p.get_text(strip=True)
    gone = await scene.ben.submit(sure)
    assert (gone.status, gone.page.select(".flash form")) == (303, [])


async def test_a_turn_in_the_line_is_given_up_only_after_a_warning(scene):
    event = await scene.event(1)
    await ask(scene.cluster.cara, event, site(event))
    await ask(scene.cluster.ben, event, site(event))
    path = f"/events/{event['id']}/registration"
    answer = await scene.ben.arrive(await scene.ben.http.post(path, data={"place_id": room(event)}))
    assert answer.status == 409
    sure = answer.page.select_one("details[open] form[action$='/registration']")
    assert (await scene.ben.submit(sure)).status == 303


async def test_publishing_for_everyone_says_how_many_comments_go_with_it_and_can_be_undone(scene):
    entry = await scene.entry("cluster")
    for text in ("Why?", "How long?"):
        await a_comment(scene.cluster.ben, entry, text=text)
    form = form_to(await scene.anna.see(f"/entries/{entry}/publication"), "/publication")
    assert "2" in form.p.text
    answer = await scene.anna.submit(form, "everyone")
    back = form_to(answer.page.select_one(".flash"), "/publication")
    answer = await scene.anna.submit(back, "cluster")
    assert answer.page.select_one(f"#status a[href='/entries/{entry}/publication']")


async def test_taking_back_says_what_is_hidden_and_can_be_undone(scene):
    entry = await scene.entry("cluster")
    await a_comment(scene.cluster.ben, entry)
    form = form_to(await scene.anna.see(f"/entries/{entry}/publication/end"), "/publication/end")
    assert "1" in form.p.text
    answer = await scene.anna.submit(form)
    again = form_to(answer.page.select_one(".flash"), "/publication")
    answer = await scene.anna.submit(again, "cluster")
    assert len(answer.page.select("article.note")) == 1


async def test_who_takes_back_the_entry_of_somebody_else_goes_on_to_the_diary(scene):
    entry = await scene.entry("cluster", author="cara")
    form = form_to(await scene.anna.see(f"/entries/{entry}/publication/end"), "/publication/end")
    answer = await scene.anna.submit(form)
    assert (answer.path, answer.raw.status_code, len(answer.page.select(".flash"))) == ("/entries", 200, 1)


async def test_a_swapped_block_says_what_was_done(scene):
    path = f"/events/{(await scene.event())['id']}"
    for action in ("/registration", "/registration/end"):
        page = await scene.ben.see(path)
        answer = await scene.ben.swap(page, form_to(page, action))
        assert len(page.select("#registration .flash")) == 1
        assert "set-cookie" not in answer.headers
        assert not (await scene.ben.see(path)).select(".flash")

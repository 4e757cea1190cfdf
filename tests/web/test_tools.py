"""Where a cluster works, in the browser: its tools on its page, and which school cannot get in."""

import pytest

from tests.people import a_cluster, an_official, told
from tests.web.browser import errors, form_to

TYPED = {"kind": "meeting", "name": "Teams", "address": "https://teams.example/louny", "note": "With a code."}
WORD = "We have no Microsoft 365 accounts."


@pytest.fixture
async def at(cluster, anna):
    """The page of a cluster whose coordinator has named a tool."""
    page = await anna.see(f"/clusters/{cluster.id}/tools/new")
    answer = await anna.submit(form_to(page, "/tools"), **TYPED)
    assert (answer.status, answer.path) == (303, f"/clusters/{cluster.id}")
    return answer.path


def card(page):
    return page.select_one("section[aria-labelledby=tools]")


def said(page):
    return " ".join(card(page).text.split())


async def test_anna_names_a_tool_and_everybody_in_the_cluster_sees_it(web, cluster, anna, at):
    page = await anna.see(f"{at}/tools/new")
    usual = [option["value"] for option in page.select(f"#{page.select_one('#name')['list']} option")]
    assert {"Moodle", "Microsoft Teams", "BigBlueButton"} <= set(usual)
    nora = await web.signed_in(await an_official(web.house, "national_coordinator", "CZ"))
    for browser in (await web.signed_in(cluster.cara), nora):
        page = await browser.see(at)
        link = card(page).select_one("b a")
        assert (link["href"], link.text, link["rel"]) == (TYPED["address"], "Teams", ["noopener"])
        assert "Meeting tool" in said(page)
        assert "With a code." in said(page)
        assert not card(page).select("form, header a, .end")


async def test_nobody_else_is_offered_to_name_one(ben, anna, cluster, at):
    assert card(await anna.see(at)).select_one("header a")["href"] == f"{at}/tools/new"
    page = await ben.see(at)
    assert not card(page).select("header a, .end")
    await ben.see(f"{at}/tools/new", 403)
    answer = await ben.submit(form_to(await anna.see(f"{at}/tools/new"), "/tools"), **TYPED)
    assert answer.status == 403


async def test_what_is_wrong_stands_beside_it_and_nothing_typed_is_lost(anna, at):
    page = await anna.see(f"{at}/tools/new")
    answer = await anna.submit(form_to(page, "/tools"), **TYPED | {"name": "", "address": "on the wall"})
    assert answer.status == 422
    assert errors(answer.page) == {
        "name": "Tohle prosím vyplňte.",
        "address": "Tohle není odkaz: odkaz začíná https://",
    }
    form = form_to(answer.page, "/tools")
    assert form.select_one("#address")["value"] == "on the wall"
    assert form.select_one("#note").text.strip() == TYPED["note"]
    assert form.select_one("#kind option[selected]")["value"] == "meeting"


async def test_who_saves_over_a_newer_version_is_asked_first(anna, at):
    edit = card(await anna.see(at)).select_one("a.end")["href"]
    page = await anna.see(edit)
    assert (await anna.submit(form_to(page, "/edit"), note="Ask Anna.")).status == 303
    answer = await anna.submit(form_to(page, "/edit"), note="Ask Ben.")
    assert answer.status == 412
    form = form_to(answer.page, "/edit")
    assert form.select_one("#note").text.strip() == "Ask Ben."
    answer = await anna.submit(form)
    assert (answer.status, "Ask Ben." in said(answer.page)) == (303, True)


async def test_ben_says_that_his_school_cannot_get_in_and_that_it_can_again(web, cluster, ben, at):
    form = form_to(await ben.see(at), f"/lockouts/{cluster.mentee}")
    (field,) = [each["name"] for each in form.select("input")]
    answer = await ben.submit(form, **{field: WORD})
    assert (answer.status, answer.path) == (303, at)
    assert "The cluster sees that your school cannot get in." in said(answer.page)
    school = next(s for s in await schools(cluster) if s["school_id"] == cluster.mentee)["name"]
    marie = await web.signed_in(cluster.marie)
    assert f"cannot get in {school} {WORD}" in said(await marie.see(at))
    answer = await ben.submit(form_to(await ben.see(at), f"/lockouts/{cluster.mentee}/end"))
    assert "can get in again." in said(answer.page)
    assert WORD not in said(await marie.see(at))


async def schools(cluster):
    return told(await cluster.anna.clusters.get(f"/v1/clusters/{cluster.id}"))["schools"]


async def test_a_word_that_is_too_long_comes_back_where_it_was_typed(cluster, ben, at):
    form = form_to(await ben.see(at), f"/lockouts/{cluster.mentee}")
    (field,) = [each["name"] for each in form.select("input")]
    answer = await ben.submit(form, **{field: "x" * 1_001})
    assert answer.status == 422
    assert errors(answer.page).keys() == {field}
    form = form_to(answer.page, f"/lockouts/{cluster.mentee}")
    assert form.select_one(f"[name='{field}']")["value"] == "x" * 1_001
    assert form.find_parent("details").has_attr("open")


async def test_only_who_leads_a_school_is_asked_about_it(web, cluster, anna, ben, at):
    forms = {
        name: [form["action"].rpartition("/")[2] for form in card(await browser.see(at)).select("form")]
        for name, browser in {"anna": anna, "ben": ben, "cara": await web.signed_in(cluster.cara)}.items()
    }
    assert forms == {"anna": [cluster.mentor], "ben": [cluster.mentee], "cara": []}


async def test_removing_a_tool_says_what_is_lost(cluster, anna, ben, at):
    await ben.submit(form_to(await ben.see(at), f"/lockouts/{cluster.mentee}"))
    page = await anna.see(card(await anna.see(at)).select_one("a.end")["href"])
    lost = " ".join(page.select_one("details.sure").text.split())
    assert "Odkaz i poznámka zmizí, a to všem." in lost
    assert "Zmizí i to, co o přístupu uvedla 1 škola." in lost
    answer = await anna.submit(form_to(page, "/end"))
    assert (answer.status, answer.path) == (303, at)
    assert "Klastr s ním už nepracuje." in said(answer.page)
    assert "Teams" not in said(answer.page)


async def test_of_a_closed_cluster_they_are_read(web, cluster, ben, anna, at):
    open_page = await ben.see(at)
    demo = await web.house.as_service("demo")
    told(await demo.clusters.put(f"{'/v1' + at}/closure", json={}))
    for browser in (anna, ben):
        page = await browser.see(at)
        assert "Teams" in said(page)
        assert not card(page).select("form, header a, .end")
    answer = await ben.submit(form_to(open_page, f"/lockouts/{cluster.mentee}"))
    assert (answer.status, "This cluster is closed" in answer.page.select_one("[role=alert]").text) == (409, True)


async def test_guests_and_strangers_see_none_of_it(web, cluster, at):
    stranger = await web.signed_in((await a_cluster(web.house)).anna)
    for path in (at, f"{at}/tools/new"):
        await stranger.see(path, status=404)
        assert (await web.guest().http.get(path)).headers["location"].split("?")[0] == "/sign-in"

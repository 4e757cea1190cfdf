"""Deciding together, in the browser: proposed, spoken to, answered; nothing typed is lost."""

from datetime import timedelta

import pytest

from kit.clock import now
from tests.clusters.deciding.voting import end_round
from tests.people import a_cluster, an_official
from tests.web.acts_of_proposals import propose
from tests.web.browser import errors, fields_of, form_to
from tests.web.scene import act


def on(days):
    return (now().date() + timedelta(days=days)).isoformat()


@pytest.fixture
async def south(house):
    return await a_cluster(house, approach="bottom_up")


@pytest.fixture
async def anna(web, south):
    return await web.signed_in(south.anna)


@pytest.fixture
async def ben(web, south):
    return await web.signed_in(south.ben)


async def test_it_waits_on_today_until_one_has_spoken_and_stands_as_decided(house, web, south, anna, ben):
    path = (await propose(anna, south)).path
    today = await ben.see("/")
    assert today.select(f'section[aria-labelledby=waiting] a[href="{path}"]')
    answer = await act(ben, path, "/voice", says="yes", reason="At last.")
    assert (answer.status, answer.path) == (303, path)
    assert answer.page.select("[role=status]")
    assert not (await ben.see("/")).select(f'section[aria-labelledby=waiting] a[href="{path}"]')
    assert fields_of(form_to(await ben.see(path), "/voice"))["reason"].strip() == "At last."
    await act(anna, path, "/voice", says="yes")
    await end_round(house, {"id": path.rpartition("/")[2]})
    page = await ben.see(path)
    assert "Decided" in page.select_one(".head").text
    assert not page.select("form[action$='/voice']")
    listed = await ben.see(f"/clusters/{south.id}/proposals")
    assert listed.select(f'section[aria-labelledby=ended] a[href="{path}"]')


async def test_a_concern_without_a_reason_comes_back_as_it_was_chosen(south, anna, ben):
    path = (await propose(anna, south)).path
    answer = await act(ben, path, "/voice", says="concern")
    assert (answer.status, set(errors(answer.page))) == (422, {"reason"})
    assert fields_of(form_to(answer.page, "/voice"))["says"] == ["concern"]


async def test_a_concern_is_answered_beside_it_and_taken_back(south, anna, ben):
    path = (await propose(anna, south)).path
    page = (await act(ben, path, "/voice", says="concern", reason="Who has the time?")).page
    assert "Who has the time?" in page.select_one("article.concern").text
    answer = await act(anna, path, "/answers", answer="  ")
    assert (answer.status, set(errors(answer.page))) == (422, {"answer"})
    answer = await act(anna, path, "/answers", answer="Five minutes are enough.")
    assert "Five minutes are enough." in answer.page.select_one("article.concern").text
    page = (await act(ben, path, "/voice", says="yes", reason="")).page
    assert "not any more" in page.select_one("article.concern").text


async def test_a_form_with_something_wrong_says_it_beside_it(south, anna):
    answer = await propose(anna, south, until=on(-3), options="One way", again=on(1), first=["mood"])
    assert (answer.status, set(errors(answer.page))) == (422, {"options"})
    answer = await propose(anna, south, until=on(-3), options="One way\nAnother", again=on(1), first=["mood"])
    assert (answer.status, set(errors(answer.page))) == (422, {"until"})
    form = fields_of(form_to(answer.page, "/proposals"))
    assert (form["options"].split("\n"), form["until"], form["first"]) == (["One way", "Another"], on(-3), ["mood"])


async def test_days_are_chosen_by_dots(house, south, anna, ben):
    answer = await propose(anna, south, "date", on=[on(20), on(21)])
    assert answer.status == 303
    answer = await act(ben, answer.path, "/voice", says="dots", **{"dots-0-": "3", "dots-1-": "1"})
    assert (answer.status, set(errors(answer.page))) == (422, {"dots-0-", "dots-1-"})
    assert fields_of(form_to(answer.page, "/voice"))["dots-0-"] == "3"


async def test_a_school_is_looked_for_and_proposed(house, south, anna, cluster):
    page = await anna.see(f"/clusters/{south.id}/proposals/new?matter=school")
    assert not page.select("form[method=post][action$='/proposals']")
    row = await house.rows("clusters", "select name from school where id = $1", cluster.mentee)
    name = row[0]["name"]
    answer = await act(
        anna, f"/clusters/{south.id}/proposals/new?matter=school&q={name}", "/proposals",
        title="Shall they join us?", school_id=cluster.mentee,
    )  # fmt: skip
    assert answer.status == 303
    assert name in answer.page.select_one("main").text
    answer = await act(
        anna, f"/clusters/{south.id}/proposals/new?matter=school&q={name}", "/proposals",
        title="Once more?", school_id=cluster.mentee,
    )  # fmt: skip
    assert (answer.status, bool(answer.page.select(".alert"))) == (409, True)


async def test_who_only_reads_finds_no_form(web, house, south, anna):
    path = (await propose(anna, south)).path
    other = await a_cluster(house)
    await (await web.signed_in(other.cara)).see(path, 404)
    page = await anna.see(f"/clusters/{south.id}/how-we-decide")
    assert not page.select("form[action$='/decision-rule']")
    assert page.select("a[href$='new?matter=decision_rule']")


async def test_what_was_typed_stays_where_the_form_has_gone(house, south, anna, ben):
    path = (await propose(anna, south)).path
    voice, other = form_to(await ben.see(path), "/voice"), f"/clusters/{south.id}/proposals"
    await act(anna, path, "/end")
    answer = await ben.submit(voice, says="concern", reason="Who has the time?")
    assert (answer.status, bool(answer.page.select(".alert"))) == (409, True)
    assert "Who has the time?" in answer.page.select_one("#unsent").text
    form = form_to(await anna.see(f"{other}/new"), other)
    await house.rows("clusters", "update cluster set closed_at = now() where id = $1", south.id)
    answer = await anna.submit(form, title="We meet at eight", text="Everybody is awake then.")
    assert (answer.status, bool(answer.page.select(".alert"))) == (409, True)
    assert "We meet at eight" in answer.page.select_one("#unsent").text


async def test_who_holds_an_office_reads_counts_and_no_voices(house, web, south, anna, ben):
    path = (await propose(anna, south)).path
    await act(ben, path, "/voice", says="concern", reason="Who has the time?")
    petr = await web.signed_in(await an_official(house, "programme_coordinator"))
    page = await petr.see(path)
    assert "Who has the time?" not in page.text
    assert "Ben Hill" not in page.select_one("main").text
    assert "1 of" in page.select_one("section[aria-labelledby=stand]").text


async def test_what_was_not_decided_is_proposed_anew_with_its_days(house, south, anna):
    path = (await propose(anna, south, "date", on=[on(20), on(21)])).path
    page = (await act(anna, path, "/end")).page
    (link,) = page.select("main a[href*='again=']")
    form = fields_of(form_to(await anna.see(link["href"]), "/proposals"))
    assert form["on"][:2] == [on(20), on(21)]

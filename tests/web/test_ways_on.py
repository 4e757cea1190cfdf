"""Pages that somebody reaches by an odd way say what can be done there."""

import pytest

from tests.web.browser import form_to
from web.draft import MOST_BYTES_WITH_FILE, MOST_FIELDS


async def test_a_file_of_more_than_is_taken_is_called_a_file(web, cluster):
    browser = await web.signed_in(cluster.ben)
    files = {"file": ("large.jpg", b"x" * (MOST_BYTES_WITH_FILE + 1), "image/jpeg")}
    answer = await browser.http.post("/profile/portrait", files=files)
    assert answer.status_code == 413
    assert "40 megabytes" in answer.text
    assert "Choose a smaller file" in " ".join(answer.text.split())
    assert "Make it shorter" not in answer.text


async def test_a_form_of_more_fields_than_are_read_is_too_much_and_not_missing(web, cluster):
    browser = await web.signed_in(cluster.ben)
    form = {f"way-{n}-way": "app" for n in range(MOST_FIELDS + 1)}
    answer = await browser.http.post("/profile/hearing", data=form)
    assert (answer.status_code, "This is too much at once" in answer.text) == (413, True)


async def test_a_link_that_confirms_an_address_says_who_opens_it(web):
    page = await web.guest().see("/profile/addresses/link?key=abc")
    assert "This link confirms a mail address" in page.get_text()
    (way,) = page.select("main a.button")
    assert way["href"] == "/sign-in?to=%2Fprofile%2Faddresses%2Flink%3Fkey%3Dabc"
    assert page.select("main form") == []


@pytest.mark.parametrize("way", ["", "?kind=event_announced", "?key=abc"])
async def test_a_link_that_is_cut_short_stops_no_mails(web, way):
    page = await web.guest().see(f"/unsubscribe{way}", status=404)
    assert page.select_one("main [role=alert]")
    assert page.select("main form") == []


async def test_who_has_no_second_step_is_not_asked_to_remove_it(web, cluster):
    browser = await web.signed_in(cluster.ben)
    answer = await browser.http.get("/second-step/end")
    assert (answer.status_code, answer.headers["location"]) == (303, "/profile#second-step")


async def test_a_code_that_is_switched_off_says_so(web, cluster):
    ben = await web.signed_in(cluster.ben)
    at = f"/schools/{cluster.mentee}/code"
    made = await ben.submit(form_to(await ben.see(at), "/code"))
    code = made.page.select_one("p.code").get_text().strip()
    off = await ben.submit(form_to(made.page, "/code/end"))
    assert "It lets nobody in any more" in off.page.get_text()
    assert off.page.select("p.code") == []
    page = await web.guest().see(f"/join?code={code}", status=410)
    assert "ask at your school for a new one" in page.select_one("[role=alert]").get_text().lower()

"""Coming in, staying in, going out; and those who should not come in."""

import re
import time
from urllib.parse import urlencode
from uuid import uuid4

import httpx
import pytest

from tests.people import told
from tests.web.browser import fields_of, form_to
from tests.web.conftest import Web, eventually
from tests.web.making import an_entry

LINK = re.compile(r"/sign-in/link\?\S+")
PASSWORD = "chalk and cheese"


async def mailed_link(web, mail, to="/"):
    """The link that lies in the mailbox after this address was typed."""
    await web.house.run_jobs("clusters")  # invitations that are still on their way would lie on top of it
    browser = web.guest()
    answer = await browser.submit(form_to(await browser.see(f"/sign-in?to={to}"), "/sign-in"), mail=mail)
    assert answer.status == 200
    await web.house.run_jobs("clusters")
    letters = (await browser.see("/mailbox?" + urlencode({"mail": mail}))).select(".letter")
    return next(found[0] for letter in letters if (found := LINK.search(letter.text)))


async def test_a_mail_link_leads_where_one_wanted_to_go(web, cluster):
    link = await mailed_link(web, cluster.addresses["ben"], "/events?when=past")
    browser = web.guest()
    page = await browser.see(link)
    assert not [cookie for cookie in browser.http.cookies.jar if cookie.name == "session"]
    answer = await browser.submit(form_to(page, "/sign-in/link"))
    assert (answer.status, answer.path, answer.raw.url.query) == (303, "/events", b"when=past")
    cookie = next(cookie for cookie in browser.http.cookies.jar if cookie.name == "session")
    assert (cookie.path, cookie.has_nonstandard_attr("HttpOnly")) == ("/", True)
    assert cookie.get_nonstandard_attr("SameSite").lower() == "lax"


async def test_a_link_works_once_and_says_so(web, cluster):
    link = await mailed_link(web, cluster.addresses["ben"])
    form = form_to(await web.guest().see(link), "/sign-in/link")
    assert (await web.guest().submit(form)).status == 303
    answer = await web.guest().submit(form)
    assert answer.status == 410
    assert "used" in answer.page.select_one("[role=alert]").text
    assert form_to(answer.page, "/sign-in")


async def test_who_is_in_already_goes_where_a_used_link_led(web, cluster):
    link, browser = await mailed_link(web, cluster.addresses["ben"], "/events"), web.guest()
    form = form_to(await browser.see(link), "/sign-in/link")
    await browser.submit(form)
    answer = await browser.submit(form)
    assert (answer.status, answer.path) == (303, "/events")
    assert "but you are signed in here" in answer.page.select_one(".flash").text


async def test_a_link_that_is_too_old_says_so(web, cluster):
    mail = cluster.addresses["ben"]
    link = await mailed_link(web, mail)
    await web.house.rows("clusters", "update mail_link set ends_at = now() where mail = $1", mail)
    answer = await web.guest().submit(form_to(await web.guest().see(link), "/sign-in/link"))
    assert (answer.status, "too old" in answer.page.select_one("[role=alert]").text) == (410, True)


@pytest.mark.parametrize("key", ["", "wrong", "x" * 500, "a\x00b", "مفتاح"])
async def test_a_wrong_link_offers_another(web, key):
    form = form_to(await web.guest().see("/sign-in/link"), "/sign-in/link")
    answer = await web.guest().submit(form, key=key)
    assert answer.status == 410
    assert answer.page.select_one("[role=alert]").get_text(strip=True)


async def test_who_is_unknown_sees_the_same(web, cluster):
    pages = []
    for mail in (cluster.addresses["ben"], "nobody@school.test"):
        answer = await web.guest().submit(form_to(await web.guest().see("/sign-in"), "/sign-in"), mail=mail)
        pages.append(answer.page.select_one("main").text.replace(mail, "MAIL"))
    assert pages[0] == pages[1]


async def test_a_password_that_was_set_lets_in(web, cluster, ben):
    answer = await ben.submit(form_to(await ben.see("/profile"), "/password"), password=PASSWORD)
    assert answer.status == 303
    browser = web.guest()
    form = form_to(await browser.see("/sign-in?to=/events"), "/sign-in")
    mail = cluster.addresses["ben"]
    refused = await browser.submit(form, mail=mail, password="chalk and chess")
    assert refused.status == 409
    assert refused.page.select_one("[role=alert]").get_text(strip=True)
    kept = fields_of(form_to(refused.page, "/sign-in"))
    assert (kept["mail"], kept["password"], kept["to"]) == (mail, "", "/events")
    answer = await browser.submit(form, mail=mail, password=PASSWORD)
    assert (answer.status, answer.path) == (303, "/events")
    assert (await browser.submit(form_to(answer.page, "/sign-out"))).path == "/"


async def test_too_many_wrong_passwords_are_too_many(web, cluster):
    form = form_to(await web.guest().see("/sign-in"), "/sign-in")
    mail = cluster.addresses["dan"]
    said = set()
    for _ in range(11):
        answer = await web.guest().submit(form, mail=mail, password="wrong, again")
        assert answer.status == 409
        said.add(answer.page.select_one("[role=alert]").get_text(strip=True))
    assert len(said) == 2


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.test/",
        "//evil.test/",
        "/\\evil.test/",
        "/\t/evil.test/",
        "\\\\evil.test",
        "javascript:alert(1)",
        "http:evil.test",
        "/%0d%0aset-cookie:a=b",
        "evil",
    ],
)
async def test_nobody_is_sent_to_another_site(web, cluster, ben, to):
    for path in ("/sign-in", "/sign-in/link"):
        page = await web.guest().see(str(httpx.URL(path, params={"to": to})))
        kept = fields_of(form_to(page, path))["to"]
        assert kept.startswith("/")
        assert httpx.URL("http://staffroom.test").join(kept).host == "staffroom.test"
    answer = await ben.http.get("/sign-in", params={"to": to})
    assert httpx.URL("http://staffroom.test").join(answer.headers["location"]).host == "staffroom.test"
    answer = await ben.http.post("/language", data={"to": to, "language": "cs"})
    assert httpx.URL("http://staffroom.test").join(answer.headers["location"]).host == "staffroom.test"


@pytest.mark.parametrize("cookie", ["forged", "x" * 5_000, "", '"; drop table', "%00", "eyJhbGciOiJub25lIn0.e30."])
async def test_a_forged_cookie_is_a_guest(web, cookie):
    browser = web.guest(session=cookie)
    assert (await browser.http.get("/events")).headers["location"].startswith("/sign-in?to=")
    assert form_to(await browser.see("/"), "/language")


async def test_the_cookie_of_somebody_else_shows_nothing_of_mine(web, cluster, anna, ben):
    entry = await an_entry(cluster.anna, cluster)
    await anna.see(f"/entries/{entry}")
    await ben.see(f"/entries/{entry}", status=404)
    answer = await ben.http.post(f"/entries/{entry}/edit", data={"title": "Mine now", "text": "", "version": "1"})
    assert answer.status_code == 404
    assert (await anna.see(f"/entries/{entry}")).select_one("h1").text == "A quiet lesson"


async def test_a_form_of_another_site_is_not_taken(web, cluster, ben):
    entry = await an_entry(cluster.anna, cluster, "cluster")
    form = form_to(await ben.see(f"/entries/{entry}"), "/comments")
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://other.staffroom.test"},
        {"origin": "http://evil.test"},
        {"origin": "null"},
    ):
        answer = await ben.http.post(str(form["action"]), data=fields_of(form) | {"text": "Hi"}, headers=headers)
        assert answer.status_code == 403
        assert answer.headers["content-security-policy"]
    for headers in ({"sec-fetch-site": "same-origin"}, {"origin": "http://staffroom.test"}):
        answer = await ben.http.post(str(form["action"]), data=fields_of(form) | {"text": "Hi"}, headers=headers)
        assert answer.status_code == 303
    assert len((await ben.see(f"/entries/{entry}")).select("article.note")) == 1


async def test_signing_out_ends_the_session_everywhere(web, cluster):
    secret = await web.session_of(cluster.ben)
    laptop, copy = web.guest(session=secret), web.guest(session=secret)
    elsewhere = Web(web.house)
    async with elsewhere.app.router.lifespan_context(elsewhere.app):
        await eventually(lambda: elsewhere.kept.hearing.fresh("clusters"))
        other_process = elsewhere.guest(session=secret)
        for browser in (laptop, copy, other_process):
            await browser.see("/events")
        assert (await laptop.submit(form_to(await laptop.see("/"), "/sign-out"))).status == 303
        assert (await copy.http.get("/events")).status_code == 303
        await web.house.hear()
        await eventually(lambda: secret not in elsewhere.kept.tokens.kept)
        assert (await other_process.http.get("/events")).status_code == 303
    assert (await laptop.http.get("/events")).status_code == 303


async def test_a_new_password_signs_other_browsers_out(web, cluster, ben):
    elsewhere = await web.signed_in(cluster.ben)
    await elsewhere.see("/events")
    page = await ben.see("/profile")
    assert page.select_one("#old_password") is None
    short = await ben.submit(form_to(page, "/password"), password="chalk")
    assert "at least 10 characters" in short.page.select_one("#password-error").text
    assert (await ben.submit(form_to(page, "/password"), password=PASSWORD)).status == 303
    await web.hear()
    assert (await elsewhere.http.get("/events")).status_code == 303
    form = form_to(await ben.see("/profile"), "/password")
    answer = await ben.submit(form, password="another quiet word", old_password="a guess")
    assert answer.status == 422
    assert "not your password" in answer.page.select_one("#old_password-error").text
    answer = await ben.submit(form, password="another quiet word", old_password=PASSWORD)
    assert answer.status == 303


async def test_a_token_that_ends_is_renewed(web, cluster, ben):
    await ben.see("/events")
    secret = ben.http.cookies["session"]
    before = web.kept.tokens.kept[secret].value
    web.kept.tokens.kept[secret].ends = time.monotonic() + 5
    await ben.see("/events")
    assert web.kept.tokens.kept[secret].ends > time.monotonic() + 200
    web.kept.tokens.kept[secret].value = before + "broken"
    answer = await ben.http.get("/events")
    assert answer.status_code in (200, 303)


async def test_a_form_sent_after_the_session_ended_is_kept_to_be_sent_again(web, cluster, ben):
    entry = await an_entry(cluster.anna, cluster, "cluster")
    form = form_to(await ben.see(f"/entries/{entry}"), "/comments")
    await web.house.rows("clusters", "update session set ended_at = now() where person_id = $1", cluster.ben.id)
    web.kept.tokens.forget("clusters")
    answer = await ben.submit(form, kind="suggestion", text="Try\n\nagain")
    assert answer.status == 401
    kept = fields_of(form_to(answer.page, "/comments"))
    assert (kept["kind"], kept["text"].split()) == ("suggestion", ["Try", "again"])
    ben.http.cookies.set("session", await web.session_of(cluster.ben))
    answer = await ben.submit(form_to(answer.page, "/comments"))
    assert answer.status == 303
    assert [p.text for p in answer.page.select("article.note > p:not(.row)")] == ["Try", "again"]


async def test_htmx_is_told_to_sign_in(web):
    answer = await web.guest().http.get("/events", headers={"hx-request": "true", "hx-target": "main#main"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/sign-in?to=%2Fevents")


async def test_over_https_the_cookie_is_bound_to_the_host(web, cluster):
    secure = Web(web.house, public_url="https://staffroom.test")
    async with secure.app.router.lifespan_context(secure.app):
        await told_password(cluster)
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(secure.app), base_url="https://staffroom.test"
        ) as http:
            typed = {"mail": cluster.addresses["cara"], "password": PASSWORD, "to": "/"}
            answer = await http.post("/sign-in", data=typed)
            assert any(cookie.startswith("__Host-session=") for cookie in answer.headers.get_list("set-cookie"))
            assert "secure" in answer.headers["set-cookie"].lower()
            assert "max-age=31536000" in answer.headers["strict-transport-security"]
            assert (await http.get("/profile")).status_code == 200


async def told_password(cluster):
    told(await cluster.cara.clusters.put("/v1/me/password", json={"password": PASSWORD}), 204)


async def test_the_mailbox_is_only_where_no_mail_is_sent(web):
    real = Web(web.house, mailbox=False)
    async with real.app.router.lifespan_context(real.app):
        await real.guest().see("/mailbox", status=404)
        assert "/mailbox" not in str(await real.guest().see("/sign-in"))
    await web.guest().see("/mailbox")


async def test_no_page_gives_a_password_back(web, cluster):
    cara = await web.signed_in(cluster.cara)
    form = form_to(await cara.see("/profile"), "/profile/password")
    cara.http.cookies.clear()
    answer = await cara.submit(form, password="chalk and secrets")
    assert answer.status == 401
    assert "chalk and secrets" not in answer.raw.text


async def test_who_is_signed_in_keeps_their_places_on_an_error_page(web, cluster):
    cara = await web.signed_in(cluster.cara)
    for path in (f"/entries/{uuid4()}", "/nowhere"):
        page = await cara.see(path, status=404)
        assert page.select_one("nav.rail")
        assert not page.select_one('a[href="/sign-in"]')

"""A teacher sees where she is signed in, and signs the browser in the library out."""

import pytest

from tests.web.browser import form_to

LIBRARY = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
)
PASSWORD = "chalk and cheese"


async def signed_in_from(web, cluster, agent):
    """A browser that came in by the form, as this browser."""
    browser = web.guest()
    browser.http.headers["user-agent"] = agent
    form = form_to(await browser.see("/sign-in"), "/sign-in")
    await browser.submit(form, mail=cluster.addresses["ben"], password=PASSWORD)
    return browser


def sessions_on(page):
    return [item.get_text(" ", strip=True) for item in page.select("#sessions li")]


async def test_the_browser_in_the_library_is_signed_out_from_home(web, cluster, ben):
    await ben.submit(form_to(await ben.see("/profile"), "/password"), password=PASSWORD)
    library = await signed_in_from(web, cluster, LIBRARY)
    page = await ben.see("/profile")
    there, here = sessions_on(page)
    assert there.startswith("Chrome (Windows)"), there
    assert "this browser" in here
    assert "Sign out there" not in here
    (form,) = page.select('form[action^="/profile/sessions/"]:not([action*="others"])')
    answer = await ben.submit(form)
    assert answer.path == "/profile"
    assert answer.page.select_one("#sessions [role=status]").text.strip().endswith("That browser is signed out.")
    assert len(sessions_on(answer.page)) == 1
    assert not answer.page.select('form[action*="sessions"]')
    await web.hear()
    assert (await library.http.get("/profile")).headers["location"].startswith("/sign-in")


async def test_everywhere_else_ends_at_once_and_this_browser_goes_on(web, cluster, ben):
    others = [await web.signed_in(cluster.ben) for _ in range(2)]
    answer = await ben.submit(form_to(await ben.see("/profile"), "/sessions/others/end"))
    assert "You are signed out everywhere but here." in answer.page.get_text(" ")
    await web.hear()
    for other in others:
        assert (await other.http.get("/profile")).headers["location"].startswith("/sign-in")
    await ben.see("/profile")


async def test_many_browsers_are_walked_to_their_end(web, cluster, ben):
    for _ in range(22):
        await web.session_of(cluster.ben)
    page = await ben.see("/profile")
    assert len(sessions_on(page)) == 20
    more = await ben.see(page.select_one("#sessions a[rel=next]")["href"])
    assert len(sessions_on(more)) == 3


async def test_the_last_page_with_one_browser_signs_out_everywhere_else_too(web, cluster, ben):
    for _ in range(20):
        await web.session_of(cluster.ben)
    page = await ben.see("/profile")
    last = await ben.see(page.select_one("#sessions a[rel=next]")["href"])
    assert len(sessions_on(last)) == 1
    assert form_to(page, "/sessions/others/end")
    button = page.select_one("#sessions li button")
    assert button.get_text(" ", strip=True) == "Sign out there : A browser"


@pytest.mark.parametrize("name", ["..", "%2E%2E", "abc", "0" * 64])
async def test_a_session_that_there_is_not_is_not_found(web, ben, name):
    answer = await ben.http.post(f"/profile/sessions/{name}/end", headers={"origin": "http://staffroom.test"})
    assert answer.status_code in (404, 405)

"""A browser of the house goes to a provider and comes back."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tests.provider.running import signed_in_there
from tests.web.browser import form_to


async def sent_on(browser, provider, to="/"):
    """Press the button of this provider on the page to sign in on: where it leads."""
    page = await browser.see("/sign-in?" + urlencode({"to": to}))
    (button,) = page.select(f'a[href^="/sign-in/with/{provider.key}?"]')
    assert button.get_text(strip=True) == provider.name
    answer = await browser.http.get(button["href"])
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def led_on(browser, provider):
    """Press the button to connect an account on one's own page: where it leads."""
    form = form_to(await browser.see("/profile"), f"/profile/identities/{provider.key}")
    answer = await browser.submit(form)
    assert answer.status == 200
    return answer.page.select_one("#identities .flash a")["href"]


async def comes_back(browser, back):
    return await browser.arrive(await browser.http.get(back))


async def signs_in(browser, provider, subject, to="/"):
    return await comes_back(browser, await signed_in_there(await sent_on(browser, provider, to), subject))


async def connects(browser, provider, subject):
    return await comes_back(browser, await signed_in_there(await led_on(browser, provider), subject))


def but(address, **changed):
    """An address with some of its parameters changed, or without them where they are None."""
    parts = urlsplit(address)
    params = dict(parse_qsl(parts.query)) | changed
    told = {name: value for name, value in params.items() if value is not None}
    return urlunsplit(parts._replace(query=urlencode(told)))


def is_in(answer):
    return bool(answer.page.select('form[action="/sign-out"]')) or bool(answer.page.select("nav.rail"))


def alert(answer):
    """What the page says, beside which there are the other doors."""
    assert form_to(answer.page, "/sign-in")
    return answer.page.select_one("[role=alert]").get_text(" ", strip=True)

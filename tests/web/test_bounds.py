"""What a stranger's browser sends is read in a short time: headers and forms, up to the size that is let in."""

import time

import pytest

from tests.web.browser import form_to

SIZE = 60_000
SECONDS = 0.5
SENT = {
    "a cookie full of backslashes": {"cookie": 'session="' + "\\" * SIZE + '"'},
    "a cookie of numbers": {"cookie": 'language="' + "\\101" * (SIZE // 4) + '"'},
    "many cookies": {"cookie": "a=b;" * (SIZE // 4)},
    "many languages": {"accept-language": "cs;q=0.1," * (SIZE // 9)},
    "languages of commas": {"accept-language": "," * SIZE},
    "a language of digits": {"accept-language": "cs;q=0." + "1" * SIZE},
}


@pytest.mark.parametrize("headers", SENT.values(), ids=SENT.keys())
async def test_headers_are_read_in_a_short_time(web, headers):
    browser = web.guest()
    begun = time.process_time()
    answer = await browser.http.get("/sign-in", headers=headers)
    assert answer.status_code == 200
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("service", ["clusters", "events", "diaries"])
async def test_no_service_takes_long_for_a_cookie_either(house, service):
    begun = time.process_time()
    answer = await getattr(house.guest, service).get("/v1/facts", headers=SENT["a cookie full of backslashes"])
    assert answer.status_code == 401
    assert time.process_time() - begun < SECONDS


async def test_a_cookie_is_kept_as_it_was_set(web):
    browser = web.guest("cs")
    answer = await browser.submit(form_to(await browser.see("/sign-in"), "/language"), language="ar")
    assert answer.page.select_one("html")["lang"] == "ar"

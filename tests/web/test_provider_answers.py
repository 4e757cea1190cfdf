"""Answers of a provider that are not what they should be let nobody in, and each has a page that says what to do."""

import asyncio
import time

import httpx
import pytest

from kit.client import open_http
from services.clusters.doors.identities import providers as calls
from services.clusters.doors.identities import requests
from services.clusters.doors.identities.providers import Providers
from services.clusters.doors.tries import actions as tries
from services.clusters.settings import Provider
from tests.house import PUBLIC_URL
from tests.ports import free_ports
from tests.provider.running import SECRET, signed_in_there
from tests.provider.visiting import alert, but, comes_back, is_in, sent_on, signs_in

AGAIN, NOT_HELD, AWAY = "Begin again", "does not hold", "does not answer as it should"


@pytest.fixture
async def region(providers, cluster):
    """Where Cara has an account, by which she may come in."""
    region = providers["region"]
    region.cara = await region.has(f"c-{cluster.id}", email=cluster.addresses["cara"], email_verified=True)
    return region


async def refused(browser, back, status, words):
    answer = await comes_back(browser, back)
    assert (answer.status, words in alert(answer)) == (status, True), (answer.status, alert(answer))
    assert not [cookie for cookie in browser.http.cookies.jar if cookie.name == "session"]


async def begun(web, region):
    """(a browser that Cara signed in at the provider with, where it is sent back to)."""
    browser = web.guest()
    return browser, await signed_in_there(await sent_on(browser, region), region.cara)


@pytest.mark.parametrize("changed", [{"state": "another"}, {"state": None}, {"code": "another"}, {"code": "x" * 9_000}])
async def test_what_was_not_said_by_the_provider_is_refused_and_uses_the_way_up(web, region, changed):
    browser, back = await begun(web, region)
    await refused(browser, but(back, **changed), 410, AGAIN)
    if changed.get("code") != "x" * 9_000:
        await refused(browser, back, 410, AGAIN)


async def test_an_answer_is_taken_once(web, region):
    browser, back = await begun(web, region)
    kept = browser.http.cookies["provider"]
    assert is_in(await comes_back(browser, back))
    await refused(web.guest(provider=kept), back, 410, AGAIN)


async def test_a_code_that_was_used_lets_nobody_else_in(web, region):
    browser, back = await begun(web, region)
    assert is_in(await comes_back(browser, back))
    other, own = await begun(web, region)
    await refused(other, but(own, code=httpx.URL(back).params["code"]), 410, AGAIN)


async def test_a_code_that_is_too_old_is_refused(web, region):
    await region.spoils(code_lasts=1)
    browser, back = await begun(web, region)
    await asyncio.sleep(2)
    await refused(browser, back, 410, AGAIN)


async def test_the_answer_counts_in_the_browser_that_began(web, region):
    _, back = await begun(web, region)
    await refused(web.guest(), back, 410, AGAIN)
    other, _ = await begun(web, region)
    await refused(other, back, 410, AGAIN)


async def test_after_ten_minutes_one_begins_again(web, region):
    browser, back = await begun(web, region)
    await web.house.rows("clusters", "update authentication_request set ends_at = now()")
    await refused(browser, back, 410, AGAIN)


async def test_an_answer_of_one_provider_is_none_of_another(web, providers, region):
    browser, back = await begun(web, region)
    await refused(browser, back.replace("/region/", "/escola/"), 410, AGAIN)


async def test_a_nonce_of_another_sign_in_is_refused(web, region):
    browser = web.guest()
    address = but(await sent_on(browser, region), nonce="of another")
    await refused(browser, await signed_in_there(address, region.cara), 409, NOT_HELD)


async def test_a_code_that_was_asked_for_with_another_verifier_is_refused(web, region):
    browser = web.guest()
    address = but(await sent_on(browser, region), code_challenge="E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    await refused(browser, await signed_in_there(address, region.cara), 410, AGAIN)


@pytest.mark.parametrize("iss", ["https://evil.test", None])
async def test_who_answers_says_who_they_are(web, region, iss):
    browser, back = await begun(web, region)
    await refused(browser, but(back, iss=iss), 409, NOT_HELD)


async def test_who_says_no_there_is_told_to_take_another_way(web, region):
    browser, back = await begun(web, region)
    await refused(browser, but(back, code=None, error="access_denied"), 409, "did not let you in")


SPOILT = {
    "another audience": {"claims": {"aud": "another"}},
    "two audiences, and nobody said which": {"claims": {"aud": ["staffroom", "another"]}},
    "two audiences, and it is the other": {"claims": {"aud": ["staffroom", "another"], "azp": "another"}},
    "another party": {"claims": {"azp": "another"}},
    "another issuer": {"claims": {"iss": "https://evil.test"}},
    "too old": {"claims": {"exp": 1_700_000_000}},
    "from the future": {"claims": {"iat": 4_000_000_000, "exp": 4_000_000_600}},
    "without an end": {"claims": {"exp": None}},
    "without a nonce": {"claims": {"nonce": None}},
    "of nobody": {"claims": {"sub": ""}},
    "of somebody very long": {"claims": {"sub": "x" * 256}},
    "of somebody without letters": {"claims": {"sub": "a\u0000b"}},
    "of a number": {"claims": {"sub": 7}},
    "for another access token": {"claims": {"at_hash": "of another"}},
    "signed with what both know": {"claims": {}, "header": {"alg": "HS256"}, "secret": SECRET},
    "signed with a key of somebody else": {"claims": {}, "header": {"kid": "unheard of"}},
}


@pytest.mark.parametrize("how", SPOILT.values(), ids=SPOILT.keys())
async def test_what_is_said_of_somebody_has_to_hold(web, region, how):
    browser, back = await begun(web, region)
    await region.spoils(**how)
    await refused(browser, back, 409, NOT_HELD)


async def test_a_provider_takes_a_new_key(web, region, monkeypatch):
    assert is_in(await signs_in(web.guest(), region, region.cara))
    monkeypatch.setattr(calls, "KEYS_AGAIN_AFTER", 0.0)
    await region.spoils(claims={}, header={"kid": "second"}, publishes=True)
    assert is_in(await signs_in(web.guest(), region, region.cara))


async def test_clocks_may_differ_by_a_minute(web, region):
    now = int(time.time())
    for claims in ({"iat": now + 60}, {"exp": now - 60}):
        browser, back = await begun(web, region)
        await region.spoils(claims=claims)
        assert is_in(await comes_back(browser, back)), claims
        await region.spoils()


@pytest.mark.parametrize("how", [{"status": 500}, {"large": 400_000}, {"hang": 1_500}])
async def test_a_provider_that_is_away_at_the_end_says_so(web, region, how, monkeypatch):
    monkeypatch.setattr(calls, "WITHIN", 1.0)
    browser, back = await begun(web, region)
    await region.spoils(**how)
    await refused(browser, back, 503, AWAY)


async def test_who_is_known_by_their_account_comes_in_though_nothing_more_is_said(web, region):
    assert is_in(await signs_in(web.guest(), region, region.cara))
    await region.spoils(path="/me", status=500)
    assert is_in(await signs_in(web.guest(), region, region.cara))


async def test_what_is_said_of_another_account_is_not_believed(web, cluster, region):
    stranger = await region.has(f"s-{cluster.id}")
    told = {"email": cluster.addresses["cara"], "email_verified": True}
    browser = web.guest()
    back = await signed_in_there(await sent_on(browser, region), stranger)
    await region.spoils(path="/me", also=told | {"sub": region.cara})
    await refused(browser, back, 409, "lets nobody in here yet")
    await region.spoils(path="/me", also=told)
    assert is_in(await signs_in(web.guest(), region, stranger))


async def test_no_connection_is_held_while_a_provider_takes_its_time(web, region):
    database = web.house.database("clusters")
    browser, back = await begun(web, region)
    await region.spoils(hang=1_000)
    coming = asyncio.create_task(comes_back(browser, back))
    held = []
    while not coming.done():
        await asyncio.sleep(0.1)
        held.append(database.engine.pool.checkedout())
    assert (is_in(await coming), len(held) > 5, held[2:8]) == (True, True, [0] * 6)


@pytest.fixture
async def wrong_house(house, providers):
    """Believes providers whose settings a test says; `asked` is whether they were looked for inside."""
    state = house.apps["clusters"].state
    before = state.providers

    async with open_http() as inside:

        def believes(**settings):
            told = {"key": "region", "name": "Region", "client_id": "staffroom", "inside": True} | settings
            configured = [Provider.model_validate(told)]
            state.providers = Providers(configured, PUBLIC_URL, client)

        def client(is_inside):
            believes.asked.append(is_inside)
            return inside if is_inside else house.outside

        believes.asked = []
        yield believes
        state.providers = before


async def test_a_provider_that_is_away_at_the_beginning_says_so(web, wrong_house):
    (nowhere,) = free_ports()
    wrong_house(issuer=f"http://127.0.0.1:{nowhere}")
    await refused(web.guest(), "/sign-in/with/region", 503, AWAY)


async def test_what_is_not_inside_is_not_looked_for_there(web, region, wrong_house):
    wrong_house(issuer=region.issuer.replace("http:", "https:"), inside=False)
    await refused(web.guest(), "/sign-in/with/region", 503, AWAY)
    assert wrong_house.asked == [False]


async def test_an_issuer_is_who_it_says(web, region, wrong_house):
    wrong_house(issuer=region.issuer + "/")
    await refused(web.guest(), "/sign-in/with/region", 503, AWAY)


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"])
async def test_browsers_and_secrets_are_sent_to_no_odd_address(web, region, wrong_house, name):
    wrong_house(issuer=region.issuer)
    await region.spoils(path="/.well-known/openid-configuration", also={name: "ftp://127.0.0.1/x"})
    await refused(web.guest(), "/sign-in/with/region", 503, AWAY)


async def test_a_provider_that_does_not_take_this_house_is_as_good_as_away(web, region, wrong_house):
    wrong_house(issuer=region.issuer, secret="another")
    browser = web.guest()
    back = await signed_in_there((await browser.http.get("/sign-in/with/region")).headers["location"], region.cara)
    await refused(browser, back, 503, AWAY)


async def test_guessing_is_slowed_for_who_guesses_and_for_nobody_else(web, region, monkeypatch):
    await web.house.rows("clusters", "delete from sign_in_try")
    monkeypatch.setattr(requests, "MOST_WRONG", 3)
    for number in range(3):
        guest = web.guest(device=f"made up {number}")
        await refused(guest, "/sign-in/with/region/answer?state=a&code=b", 410, AGAIN)
    await refused(web.guest(), "/sign-in/with/region/answer?state=a&code=b", 409, "Too many wrong answers")
    await refused(web.guest(), "/sign-in/with/region", 409, "Too many wrong answers")
    elsewhere = web.guest()
    elsewhere.http._transport.client = ("192.0.2.77", 123)
    assert is_in(await signs_in(elsewhere, region, region.cara))
    await web.house.rows("clusters", "delete from sign_in_try")


async def test_an_account_that_nobody_has_is_tried_ten_times(web, region, cluster):
    await web.house.rows("clusters", "delete from sign_in_try")
    stranger = await region.has(f"stranger-{cluster.id}")
    said = [alert(await signs_in(web.guest(), region, stranger)) for _ in range(tries.FROM_ONE_ORIGIN + 1)]
    assert ("lets nobody in here yet" in said[-2], "Too many wrong answers" in said[-1]) == (True, True)
    assert is_in(await signs_in(web.guest(), region, region.cara))

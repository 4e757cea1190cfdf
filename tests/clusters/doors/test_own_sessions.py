"""Where somebody is signed in: every browser by its own words, and each of them ended from another."""

import pytest

from services.clusters.doors.sessions.browsers import LONGEST, browser_of
from tests.clusters.doors.test_clients import acting_for
from tests.clusters.doors.test_sign_in import link_for, sign_in, token_for
from tests.people import refusal, token_refusal, told

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Mobile Safari/537.36"
)


async def signed_in(house, cluster, name, agent=FIREFOX):
    """The secret of a new session."""
    key, _ = await link_for(house, cluster.addresses[name])
    return told(await sign_in(house, link=key, agent=agent), 201)["secret"]


async def listed(asker, **params):
    return told(await asker.clusters.get("/v1/me/sessions", params=params))


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (FIREFOX, ("Firefox", "Linux")),
        (PHONE, ("Chrome Mobile", "Android")),
        ("", ("", "")),
        ("curl/8.5", ("curl", "")),
        ("\0" * LONGEST, ("", "")),
    ],
)
def test_a_browser_is_known_by_two_words(agent, said):
    assert browser_of(agent) == said


async def test_somebody_sees_their_browsers_and_ends_the_one_in_the_library(house, cluster):
    here, library = await signed_in(house, cluster, "cara"), await signed_in(house, cluster, "cara", PHONE)
    theirs = await signed_in(house, cluster, "dan")
    phone, desk = (await listed(cluster.cara))["items"]
    assert (phone["browser"], phone["system"]) == ("Chrome Mobile", "Android")
    assert (desk["browser"], desk["system"]) == ("Firefox", "Linux")
    where = f"/v1/me/sessions/{phone['session']}"
    assert refusal(await cluster.dan.clusters.delete(where)) == (404, "not-found")
    for _ in range(2):
        told(await cluster.cara.clusters.delete(where), 204)
    assert token_refusal(await token_for(house, library)) == (400, "invalid_grant")
    told(await token_for(house, here))
    told(await token_for(house, theirs))
    assert [one["session"] for one in (await listed(cluster.cara))["items"]] == [desk["session"]]


async def test_all_end_but_the_one_that_asks(house, cluster):
    secrets = [await signed_in(house, cluster, "marie") for _ in range(3)]
    newest = (await listed(cluster.marie))["items"][0]["session"]
    told(await cluster.marie.clusters.delete("/v1/me/sessions", params={"but": newest}), 204)
    answers = [(await token_for(house, secret)).status_code for secret in secrets]
    assert answers == [400, 400, 200]
    told(await cluster.marie.clusters.delete("/v1/me/sessions"), 204)
    assert (await listed(cluster.marie))["items"] == []


async def test_a_session_says_when_it_was_used_to_the_hour(house, cluster):
    secret = await signed_in(house, cluster, "hana")
    await house.rows("clusters", "update session set used_at = now() - interval '3 hours'")
    before = (await listed(cluster.hana))["items"][0]
    told(await token_for(house, secret))
    after = (await listed(cluster.hana))["items"][0]
    assert after["used_at"] > before["used_at"]
    told(await token_for(house, secret))
    assert (await listed(cluster.hana))["items"][0]["used_at"] == after["used_at"]


async def test_the_list_is_walked_to_its_end(house, cluster):
    for _ in range(3):
        await signed_in(house, cluster, "dan")
    whole = (await listed(cluster.dan))["items"]
    walked, after = [], None
    while True:
        page = await listed(cluster.dan, limit=2, **({"after": after} if after else {}))
        walked += page["items"]
        assert len(page["items"]) <= 2
        if (after := page["next"]) is None:
            break
    assert walked == whole
    assert len(whole) >= 3


async def test_a_program_that_acts_for_somebody_neither_sees_nor_ends_their_browsers(house, cluster):
    await signed_in(house, cluster, "cara")
    session = (await listed(cluster.cara))["items"][0]["session"]
    acting = await acting_for(house, cluster, cluster.cara)
    assert refusal(await acting.clusters.get("/v1/me/sessions")) == (403, "forbidden")
    for where in ("/v1/me/sessions", f"/v1/me/sessions/{session}"):
        assert refusal(await acting.clusters.delete(where)) == (403, "forbidden")
    assert refusal(await house.guest.clusters.get("/v1/me/sessions")) == (401, "unauthenticated")

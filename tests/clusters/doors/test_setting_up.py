"""An empty house: one link for whoever runs it, by which they say what it is for, and who coordinates it."""

import asyncio
from urllib.parse import parse_qs, urlsplit

import pytest

from services.clusters.doors.setting_up import actions, commands
from tests.empty_house import NAMED, empty, key_of, setup_path
from tests.people import accept, an_official, refusal, told

LOOK, BEGIN = "/v1/house/setup-link", "/v1/house/beginning"
HANNAH = {"name": "Hannah Lindqvist", "mail": "hannah@programme.test", "language": "en", "zone": "Europe/Brussels"}


@pytest.fixture(autouse=True)
async def nobody_coordinates(house):
    async with empty(house):
        yield


@pytest.fixture
async def key(house):
    return key_of(await setup_path(house))


async def begin(house, key, **other):
    return await house.guest.clusters.post(BEGIN, json={"key": key, "programme": NAMED, "coordinator": HANNAH | other})


async def session_by(house, path):
    """What the link of a path gives: a session of whoever it names, and where web goes then."""
    asked = parse_qs(urlsplit(path).query)
    web = await house.as_service("web")
    return await web.clusters.post("/v1/sessions", json={"link": asked["key"][0]}), asked["to"][0]


async def test_a_link_is_looked_at_used_once_and_the_coordinator_says_yes(house, key):
    for _ in range(2):
        assert told(await house.guest.clusters.post(LOOK, json={"key": key}))["programme"] is None
    asked = told(await begin(house, key), 201)
    assert (asked["name"], asked["mail"]) == (HANNAH["name"], HANNAH["mail"])
    assert refusal(await begin(house, key)) == (410, "setup-link-ended")
    assert refusal(await house.guest.clusters.post(LOOK, json={"key": key})) == (410, "setup-link-ended")
    answer, to = await session_by(house, asked["path"])
    hannah = await house.as_person(told(answer, 201)["person_id"])
    assert told(await hannah.clusters.get("/v1/me"))["offices"] == []
    told(await accept(hannah, to.split("/")[-1]), 201)
    assert told(await hannah.clusters.get("/v1/me"))["offices"][0]["kind"] == "programme_coordinator"
    assert told(await hannah.clusters.get("/v1/programme"))["name"] == "MenSI"


async def test_the_coordinator_is_asked_by_mail_too(house, key):
    told(await begin(house, key, mail="by-mail@programme.test"), 201)
    await house.catch_up()
    mails = told(await house.guest.clusters.get("/v1/mailbox", params={"mail": "by-mail@programme.test"}))["items"]
    assert ["/sign-in/link?key=" in mail["text"] for mail in mails] == [True]


async def test_a_link_opens_nobodys_account(house, key, cluster):
    await house.rows("clusters", "update address set verified_at = now() where mail = $1", cluster.addresses["anna"])
    asked = told(await begin(house, key, mail=cluster.addresses["anna"]), 201)
    assert asked["path"] is None
    await house.catch_up()
    params = {"mail": cluster.addresses["anna"]}
    mails = told(await house.guest.clusters.get("/v1/mailbox", params=params))["items"]
    assert "/sign-in/link?key=" in mails[0]["text"]


async def test_an_opened_house_hears_nobody_say_when(house, key):
    told(await begin(house, key), 201)
    (setup,) = await house.rows("clusters", "select opened_at from house_setup")
    assert setup["opened_at"]


async def test_a_new_link_ends_the_one_before_and_a_wrong_address_is_asked_no_more(house, key):
    wrong = told(await begin(house, key, mail="wrong@programme.test"), 201)
    lost, newest = [key_of(await setup_path(house)) for _ in range(2)]
    for unknown in (lost, key, "x"):
        assert refusal(await house.guest.clusters.post(LOOK, json={"key": unknown})) == (404, "setup-link-unknown")
    assert told(await house.guest.clusters.post(LOOK, json={"key": newest}))["programme"]["name"] == "MenSI"
    told(await begin(house, newest), 201)
    answer, _ = await session_by(house, wrong["path"])
    assert refusal(answer) == (410, "link-expired")
    (programme,) = await house.rows("clusters", "select version from programme")
    assert programme["version"] == 2


async def test_a_link_is_too_old_after_a_day(house, key):
    await house.rows("clusters", "update setup_link set ends_at = now()")
    assert refusal(await begin(house, key)) == (410, "setup-link-ended")
    (lasts,) = await house.rows("clusters", "select made_at > now() - interval '1 minute' as new from setup_link")
    assert lasts["new"]


async def test_nobody_sets_up_a_house_that_somebody_coordinates(house, key, urls):
    await an_official(house, "programme_coordinator")
    assert refusal(await begin(house, key)) == (410, "coordinated")
    assert refusal(await house.guest.clusters.post(LOOK, json={"key": key})) == (410, "coordinated")
    with pytest.raises(actions.Coordinated):
        await commands.new_setup_link(urls["clusters"])
    assert await house.rows("clusters", "select 1 from programme") == []


async def test_of_two_at_once_one_sets_the_house_up(house, key):
    answers = await asyncio.gather(*(begin(house, key, mail=f"{n}@at-once.test") for n in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 410, 410]


async def test_what_is_wrong_is_said_at_its_place_and_uses_nothing(house, key):
    answer = await house.guest.clusters.post(
        BEGIN, json={"key": key, "programme": NAMED | {"ends": "2026-01-01"}, "coordinator": HANNAH | {"mail": "h@x"}}
    )
    pointers = {error["pointer"] for error in answer.json()["errors"]}
    assert (answer.status_code, pointers) == (422, {"/programme/ends", "/coordinator/mail"})
    told(await begin(house, key), 201)


async def test_a_coordinator_whom_no_mail_reaches_gets_a_new_link_from_whoever_runs_the_house(house, key, urls):
    asked = told(await begin(house, key, mail="back@programme.test"), 201)
    with pytest.raises(actions.NotCoordinator):
        await commands.way_back_in(urls["clusters"], "back@programme.test")
    answer, to = await session_by(house, asked["path"])
    hannah = await house.as_person(told(answer, 201)["person_id"])
    told(await accept(hannah, to.split("/")[-1]), 201)
    lost, path = [
        await commands.way_back_in(urls["clusters"], typed) for typed in ("back@programme.test", "Back@Programme.test")
    ]
    assert refusal((await session_by(house, lost))[0]) == (410, "link-expired")
    assert told((await session_by(house, path))[0], 201)["person_id"] == str(hannah.id)

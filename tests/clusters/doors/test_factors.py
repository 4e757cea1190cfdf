"""The second step: set up by who wants it or has to, taken by a code that works once, lost without being shut out."""

import asyncio
from datetime import timedelta

import pytest
from pyotp import TOTP

from kit.clock import real_now
from services.clusters.doors.factors.actions import FROM_ALL_STRANGERS, MOST_WRONG
from services.clusters.doors.factors.codes import SECONDS, one_form, step_of
from services.clusters.doors.sessions.models import Door
from services.clusters.doors.setting_up import commands
from services.clusters.doors.signing_in.actions import forget_old_ways_in
from services.clusters.doors.tries.actions import FROM_ONE_ORIGIN
from services.clusters.doors.tries.models import digest
from tests.clusters.doors.test_passkeys import adds as adds_passkey
from tests.clusters.doors.test_passkeys import begins as begins_passkey
from tests.clusters.doors.test_passkeys import comes as comes_by_passkey
from tests.clusters.doors.test_sign_in import link_for, sign_in, token_for
from tests.device import Device
from tests.people import refusal, token_refusal, told, wrong_fields

WRONG = {"/code": "code_wrong"}


async def came(house, cluster, who, **more):
    """What a new session of them is told."""
    key, _ = await link_for(house, cluster.addresses[who])
    return told(await sign_in(house, link=key, **more), 201)


async def ask(house, path, **body):
    web = await house.as_service("web")
    return await web.clusters.post(f"/v1{path}", json=body)


def code_of(key, later=0):
    """What the app shows, so many half minutes later."""
    return TOTP(key).at(real_now() + timedelta(seconds=later * SECONDS))


async def steps(house, session, code, **more):
    return await ask(house, "/sessions/second-step", session=session, code=code, **more)


async def sets_up(house, cluster, who):
    """(the key in the app, the recovery codes); the code of the moment before was used up."""
    session = (await came(house, cluster, who))["secret"]
    key = told(await ask(house, "/second-factors", session=session), 201)["key"]
    confirmed = await ask(house, "/second-factors/confirmation", session=session, code=code_of(key, -1))
    return key, told(confirmed)["recovery_codes"]


def test_a_code_is_of_its_half_minute_and_its_neighbours_and_none_works_twice():
    key, at = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", real_now()
    now = int(at.timestamp()) // SECONDS
    for early, right in ((-2, False), (-1, True), (0, True), (1, True), (2, False)):
        code = TOTP(key).generate_otp(now + early)
        assert (step_of(key, code, at, 0) == now + early) is right
        assert step_of(key, code, at, now + early) is None


@pytest.mark.parametrize("typed", ["123 456", "123-456", " 123456\n", "١٢٣٤٥٦", "۱۲۳ ۴۵۶"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert one_form(typed) == "123456"
    assert one_form("abcd-efgh") == "ABCDEFGH"


async def test_a_session_opens_nothing_before_its_second_step(house, cluster):
    key, codes = await sets_up(house, cluster, "ben")
    assert len({*codes}) == 10
    session = await came(house, cluster, "ben", device="unknown")
    assert (session["awaited"], session["device"]) == ("second_step", "unknown")
    assert token_refusal(await token_for(house, session["secret"])) == (400, "second_step_wanted")
    stepped = told(await steps(house, session["secret"], code_of(key)))
    assert stepped["device"] not in ("", "unknown")
    told(await token_for(house, session["secret"]))


async def test_a_code_that_was_used_lets_nobody_in_again(house, cluster):
    key, _ = await sets_up(house, cluster, "ben")
    first, second = [(await came(house, cluster, "ben"))["secret"] for _ in range(2)]
    code = code_of(key)
    answers = await asyncio.gather(steps(house, first, code), steps(house, second, code))
    assert sorted(answer.status_code for answer in answers) == [200, 422]
    assert wrong_fields(await steps(house, second, code)) == WRONG
    told(await steps(house, second, code_of(key, 1)))


async def test_a_recovery_code_works_once_and_its_owner_is_told(house, cluster):
    _, codes = await sets_up(house, cluster, "ben")
    first, second = [(await came(house, cluster, "ben"))["secret"] for _ in range(2)]
    told(await steps(house, first, codes[3].lower().replace("-", " ")))
    assert wrong_fields(await steps(house, second, codes[3])) == WRONG
    assert wrong_fields(await steps(house, second, "ABCD-EFGH-JKLM-NPQR")) == WRONG
    assert told(await cluster.ben.clusters.get("/v1/me/second-factor"))["recovery_codes"] == 9
    kept = await house.rows("clusters", "select digest from recovery_code where person_id = $1", cluster.ben.id)
    assert not {row["digest"] for row in kept} & {*codes}
    await house.run_jobs("clusters")
    said = "select text from mailbox_mail where mail = $1 and text like '%recovery codes was used%'"
    assert len(await house.rows("clusters", said, cluster.addresses["ben"])) == 1


async def test_guessing_is_slowed_and_shuts_nobody_out_who_is_known_or_has_a_recovery_code(house, cluster):
    key, codes = await sets_up(house, cluster, "ben")
    session = (await came(house, cluster, "ben"))["secret"]
    known = told(await steps(house, session, code_of(key)))["device"]
    waiting = (await came(house, cluster, "ben"))["secret"]
    for number in range(FROM_ALL_STRANGERS):
        guessed = await steps(house, waiting, "000000", source=f"198.51.{number}.7", device="invented")
        assert wrong_fields(guessed) == WRONG
    refused = await steps(house, waiting, code_of(key, 1), source="203.0.113.7")
    assert refusal(refused) == (429, "too-many-wrong-codes")
    told(await steps(house, waiting, codes[0], source="203.0.113.7"))
    again = (await came(house, cluster, "ben"))["secret"]
    told(await steps(house, again, code_of(key, 1), device=known))


async def letters(house, mail, text):
    await house.run_jobs("clusters")
    said = "select 1 from mailbox_mail where mail = $1 and text like '%' || $2 || '%'"
    return len(await house.rows("clusters", said, mail, text))


async def test_who_guesses_slowly_comes_to_an_end_and_the_owner_hears_of_it_once(house, cluster):
    key, codes = await sets_up(house, cluster, "ben")
    session = (await came(house, cluster, "ben"))["secret"]
    known = told(await steps(house, session, code_of(key)))["device"]
    waiting, mail = (await came(house, cluster, "ben"))["secret"], cluster.addresses["ben"]
    for number in range(MOST_WRONG):
        assert wrong_fields(await steps(house, waiting, "000000", source=f"198.51.{number}.7")) == WRONG
        await house.rows("clusters", "update sign_in_try set at = at - interval '1 hour'")
    assert refusal(await steps(house, waiting, code_of(key, 1), source="203.0.113.7")) == (409, "codes-shut")
    assert await letters(house, mail, "types wrong codes") == 1
    told(await steps(house, waiting, code_of(key, 1), device=known))
    again = (await came(house, cluster, "ben"))["secret"]
    assert wrong_fields(await steps(house, again, "000000", source="203.0.113.7")) == WRONG
    told(await steps(house, again, codes[0]))


async def test_a_session_waits_half_an_hour_for_its_second_step(house, cluster):
    key, _ = await sets_up(house, cluster, "ben")
    session = (await came(house, cluster, "ben"))["secret"]
    late = "update session set began_at = now() - interval '31 minutes' where secret_digest = $1"
    await house.rows("clusters", late, digest(session))
    assert refusal(await steps(house, session, code_of(key))) == (410, "signed-out")
    assert token_refusal(await token_for(house, session)) == (400, "invalid_grant")


async def test_a_passkey_is_two_steps_in_one(house, cluster):
    await sets_up(house, cluster, "ben")
    device = Device()
    told(await adds_passkey(house, cluster.ben, device, door=Door.passkey), 201)
    session = told(await comes_by_passkey(house, device), 201)
    assert session["awaited"] == ""
    told(await token_for(house, session["secret"]))


async def test_who_has_only_the_first_step_adds_no_passkey(house, cluster):
    await sets_up(house, cluster, "ben")
    assert refusal(await begins_passkey(house, cluster.ben)) == (409, "came-long-ago")


async def test_who_has_a_passkey_sets_up_an_app_after_coming_by_it(house, cluster, asked):
    device = Device()
    told(await adds_passkey(house, cluster.ben, device, door=Door.passkey), 201)
    thief = (await came(house, cluster, "ben"))["secret"]
    for path in ("/second-factors", "/second-factors/confirmation"):
        assert refusal(await ask(house, path, session=thief, code="123456")) == (409, "passkey-first")
    session = told(await comes_by_passkey(house, device), 201)["secret"]
    key = told(await ask(house, "/second-factors", session=session), 201)["key"]
    told(await ask(house, "/second-factors/confirmation", session=session, code=code_of(key)))


async def test_who_lost_the_device_of_their_only_passkey_is_let_in_too(house, cluster, urls, asked):
    told(await adds_passkey(house, cluster.ben, Device(), door=Door.passkey), 201)
    await commands.unlock(urls["clusters"], cluster.addresses["ben"])
    session = (await came(house, cluster, "ben"))["secret"]
    told(await ask(house, "/second-factors", session=session), 201)


async def test_tries_to_confirm_are_counted(house, cluster):
    session = (await came(house, cluster, "cara"))["secret"]
    told(await ask(house, "/second-factors", session=session), 201)
    confirm = "/second-factors/confirmation"
    for _ in range(FROM_ONE_ORIGIN):
        assert wrong_fields(await ask(house, confirm, session=session, code="000000")) == WRONG
    assert refusal(await ask(house, confirm, session=session, code="000000")) == (429, "too-many-wrong-codes")


async def test_other_browsers_are_asked_once_there_is_a_second_step(house, cluster):
    before = (await came(house, cluster, "ben"))["secret"]
    told(await token_for(house, before))
    await sets_up(house, cluster, "ben")
    assert token_refusal(await token_for(house, before)) == (400, "second_step_wanted")


async def test_nobody_replaces_a_second_step_that_is_there_or_sets_one_up_in_an_old_session(house, cluster):
    session = (await came(house, cluster, "hana"))["secret"]
    old = "update session set began_at = now() - interval '2 hours' where person_id = $1"
    await house.rows("clusters", old, cluster.hana.id)
    assert refusal(await ask(house, "/second-factors", session=session)) == (409, "came-long-ago")
    await sets_up(house, cluster, "hana")
    waiting = (await came(house, cluster, "hana"))["secret"]
    for path in ("/second-factors", "/second-factors/confirmation"):
        assert refusal(await ask(house, path, session=waiting, code="123456")) == (409, "factor-there")
    assert refusal(await ask(house, "/second-factors", session="unknown")) == (410, "signed-out")


async def test_a_key_that_no_code_confirmed_asks_for_nothing_and_is_forgotten(house, cluster):
    session = (await came(house, cluster, "dan"))["secret"]
    told(await ask(house, "/second-factors", session=session), 201)
    wrong = await ask(house, "/second-factors/confirmation", session=session, code="000000")
    assert wrong_fields(wrong) == WRONG
    told(await token_for(house, session))
    assert told(await cluster.dan.clusters.get("/v1/me/second-factor"))["set_up_at"] is None
    await house.rows("clusters", "update second_factor set begun_at = now() - interval '2 hours'")
    async with house.database("clusters").transaction() as db:
        await forget_old_ways_in(db)
    assert await house.rows("clusters", "select 1 from second_factor where person_id = $1", cluster.dan.id) == []


async def test_it_is_removed_by_a_code_of_it_and_by_nothing_else(house, cluster):
    key, codes = await sets_up(house, cluster, "ben")
    away = "/v1/me/second-factor/removal"
    assert wrong_fields(await cluster.ben.clusters.post(away, json={"code": "000000"})) == WRONG
    told(await cluster.ben.clusters.post(away, json={"code": codes[1]}), 204)
    assert refusal(await cluster.ben.clusters.post(away, json={"code": code_of(key)})) == (409, "no-factor")
    assert await letters(house, cluster.addresses["ben"], "recovery codes was used") == 0
    assert await letters(house, cluster.addresses["ben"], "your second step was removed") == 1
    assert (await came(house, cluster, "ben"))["awaited"] == ""
    assert await house.rows("clusters", "select 1 from recovery_code where person_id = $1", cluster.ben.id) == []


async def test_who_has_only_the_first_step_is_not_let_in_when_the_second_is_removed(house, cluster):
    key, _ = await sets_up(house, cluster, "ben")
    proven, waiting = [(await came(house, cluster, "ben"))["secret"] for _ in range(2)]
    told(await steps(house, proven, code_of(key)))
    listed = told(await cluster.ben.clusters.get("/v1/me/sessions"))["items"]
    assert [each["is_waiting"] for each in listed] == [True, False, False]
    away = {"code": code_of(key, 1)}
    told(await cluster.ben.clusters.post("/v1/me/second-factor/removal", json=away), 204)
    told(await token_for(house, proven))
    assert token_refusal(await token_for(house, waiting)) == (400, "invalid_grant")


async def test_whoever_runs_the_house_lets_in_who_lost_device_and_codes(house, cluster, urls):
    await sets_up(house, cluster, "ben")
    mail, waiting = cluster.addresses["ben"], (await came(house, cluster, "ben"))["secret"]
    await commands.unlock(urls["clusters"], mail)
    assert token_refusal(await token_for(house, waiting)) == (400, "invalid_grant")
    with pytest.raises(commands.NobodyHasIt):
        await commands.unlock(urls["clusters"], mail)
    assert (await came(house, cluster, "ben"))["awaited"] == ""
    said = (
        "select text from mailbox_mail where mail = $1 and text like '%took your second step and your passkeys away%'"
    )
    assert len(await house.rows("clusters", said, mail)) == 1


@pytest.fixture
async def asked(house):
    """The programme asks for a second step, for the time of a test."""
    named = """insert into programme (number, name, begins, ends, licence, funding, disclaimer, contact, hashtag,
        version) values (1, 'P', '2026-09-01', '2027-06-30', 'CC0-1.0', '', '', '', '', 1) on conflict do nothing"""
    await house.rows("clusters", named)
    await house.rows("clusters", "update programme set asks_second_factor = true")
    yield
    await house.rows("clusters", "update programme set asks_second_factor = false")


async def test_a_programme_asks_it_of_who_leads_and_of_nobody_else(house, cluster, asked):
    for who, awaited in (("ben", "second_factor"), ("hana", "second_factor"), ("cara", "")):
        session = await came(house, cluster, who)
        assert session["awaited"] == awaited
        expected = (400, "second_factor_wanted") if awaited else None
        answer = await token_for(house, session["secret"])
        assert (token_refusal(answer) if expected else told(answer) and None) == expected
    assert told(await cluster.ben.clusters.get("/v1/me/second-factor"))["is_asked"]
    key, _ = await sets_up(house, cluster, "ben")
    away = {"code": code_of(key)}
    told(await cluster.ben.clusters.post("/v1/me/second-factor/removal", json=away), 204)
    assert (await came(house, cluster, "ben"))["awaited"] == "second_factor"


async def test_who_sets_it_up_because_they_have_to_is_in(house, cluster, asked):
    session = (await came(house, cluster, "ben"))["secret"]
    new = told(await ask(house, "/second-factors", session=session), 201)
    assert new["address"].startswith("otpauth://totp/Staffroom:")
    confirmed = await ask(house, "/second-factors/confirmation", session=session, code=code_of(new["key"]))
    assert len(told(confirmed)["recovery_codes"]) == 10
    told(await token_for(house, session))

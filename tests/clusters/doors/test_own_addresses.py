"""People change their own addresses: nothing changes before they read what is mailed there, and nobody learns whose."""

import asyncio
import re

import pytest

from kit.worker import sweep
from services.clusters.doors.addresses.jobs import jobs as address_jobs
from services.clusters.doors.addresses.jobs import send_address_letter
from tests.clusters.doors.test_invitations import mails_to
from tests.clusters.doors.test_passkeys import session_of
from tests.clusters.doors.test_sign_in import link_for, sign_in
from tests.clusters.post.servers import Inbox
from tests.clusters.post.test_notices import tell
from tests.clusters.post.test_unreached import send
from tests.people import refusal, told, wrong_fields

LINK = re.compile(r"/profile/addresses/link\?key=([\w-]+)")
HERE = "/v1/me/addresses"


async def add(house, asker, mail, source="192.0.2.1"):
    body = {"mail": mail, "session": await session_of(house, asker.id), "source": source}
    return await asker.clusters.post(HERE, json=body)


async def key_for(house, mail):
    """The key in the newest letter there."""
    (*_, newest) = await mails_to(house, mail)
    return LINK.search(newest["text"])[1]


async def confirm(asker, key):
    return await asker.clusters.post(f"{HERE}/confirmation", json={"key": key})


async def mine(asker):
    return told(await asker.clusters.get(HERE))


async def has(house, asker, mail):
    """They have this address, too; its id."""
    told(await add(house, asker, mail), 202)
    told(await confirm(asker, await key_for(house, mail)), 204)
    return next(each["id"] for each in (await mine(asker))["addresses"] if each["mail"] == mail)


async def choose(house, asker, address_id):
    body = {"session": await session_of(house, asker.id)}
    return await asker.clusters.put(f"{HERE}/{address_id}/letters", json=body)


async def remove(house, asker, address_id):
    body = {"session": await session_of(house, asker.id)}
    return await asker.clusters.post(f"{HERE}/{address_id}/removal", json=body)


@pytest.fixture
def another(cluster):
    return f"cara-{cluster.id}@home.test"


async def subjects(house, mail):
    return [each["subject"] for each in await mails_to(house, mail)]


async def test_nothing_changes_before_the_new_address_is_confirmed_and_letters_go_where_they_went(
    house, cluster, another
):
    old = cluster.addresses["cara"]
    told(await add(house, cluster.cara, another.upper()), 202)
    asked = await mine(cluster.cara)
    assert [each["mail"] for each in asked["addresses"]] == [old]
    assert asked["waiting"]["mail"] == another
    key = await key_for(house, another)
    told(await house.guest.clusters.post("/v1/mail-links", json={"mail": another, "to": "/"}), 202)
    assert len(await mails_to(house, another)) == 1  # nobody has it: no link to sign in goes there
    told(await confirm(cluster.cara, key), 204)
    assert refusal(await confirm(cluster.cara, key)) == (410, "address-link-ended")
    first, second = (await mine(cluster.cara))["addresses"]
    assert (first["mail"], first["can"], first["letters_since"]) == (old, [], first["added_at"])
    assert (second["mail"], second["can"], second["letters_since"]) == (another, ["choose", "remove"], None)
    assert second["confirmed_at"]
    assert (await mine(cluster.cara))["waiting"] is None
    link, _ = await link_for(house, another)
    assert told(await sign_in(house, link=link), 201)["person_id"] == str(cluster.cara.id)
    told(await tell(house, cluster.cara), 202)
    assert "another mail address lets you" in (await subjects(house, old))[-2].lower()
    assert "/entries/" in (await mails_to(house, old))[-1]["text"]


async def test_letters_go_to_the_address_that_was_chosen_and_the_one_before_hears_of_it(house, cluster, another):
    old, address_id = cluster.addresses["cara"], await has(house, cluster.cara, another)
    told(await choose(house, cluster.cara, address_id), 204)
    told(await choose(house, cluster.cara, address_id), 204)
    main, second = (await mine(cluster.cara))["addresses"]
    assert (main["mail"], second["mail"]) == (another, old)
    assert main["letters_since"] > main["added_at"]
    (*_, said) = await mails_to(house, old)
    assert "go to another address" in said["subject"]
    assert another in said["text"]
    assert "If that was not you" in said["text"]
    told(await tell(house, cluster.cara), 202)
    assert "/entries/" in (await mails_to(house, another))[-1]["text"]
    assert (await mails_to(house, old))[-1]["id"] == said["id"]
    told(await choose(house, cluster.cara, second["id"]), 204)
    assert (await mine(cluster.cara))["addresses"][0]["mail"] == old


async def test_an_address_of_somebody_else_is_answered_the_same_and_told_without_a_name(house, cluster, another):
    whose = cluster.addresses["dan"]
    unknown, known = await add(house, cluster.cara, another), await add(house, cluster.cara, whose)
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content) == (202, b"null")
    before = await mine(cluster.cara)
    server = await send(house, Inbox())
    after = await mine(cluster.cara)
    assert after == before
    assert after["waiting"]["mail"] == whose
    (*_, text) = [mail.content.decode() for mail in server.mails if mail.rcpt_tos == [whose]]
    assert f"To: {whose}\n" in text.replace("\r", "")
    assert "addresses/link" not in text
    assert [each["mail"] for each in (await mine(cluster.dan))["addresses"]] == [whose]


async def test_the_letters_that_ask_name_nobody(house, cluster, another):
    for mail in (another, cluster.addresses["ben"]):
        told(await add(house, cluster.cara, mail), 202)
        (*_, letter) = await mails_to(house, mail)
        for name in ("Cara", "Sykes", "Ben", cluster.addresses["cara"]):
            assert name not in letter["text"]
    assert "It is somebody's here already" in letter["text"]
    assert not LINK.search(letter["text"])


async def test_adding_wants_a_session_of_the_last_hour(house, cluster, another):
    session = await session_of(house, cluster.cara.id)
    foreign = {"mail": another, "session": await session_of(house, cluster.dan.id)}
    assert refusal(await cluster.cara.clusters.post(HERE, json=foreign)) == (410, "signed-out")
    await house.rows("clusters", "update session set began_at = began_at - interval '61 minutes'")
    body = {"mail": another, "session": session}
    assert refusal(await cluster.cara.clusters.post(HERE, json=body)) == (409, "came-long-ago")
    assert (await mine(cluster.cara))["waiting"] is None


async def test_what_is_no_address_or_is_theirs_already_is_said_at_the_field(house, cluster):
    assert set(wrong_fields(await add(house, cluster.cara, "cara at home"))) == {"/mail"}
    assert wrong_fields(await add(house, cluster.cara, cluster.addresses["cara"])) == {"/mail": "mail_yours"}


async def test_five_addresses_are_enough(house, cluster):
    for number in range(4):
        await has(house, cluster.cara, f"cara{number}-{cluster.id}@home.test")
    assert refusal(await add(house, cluster.cara, f"x-{cluster.id}@home.test")) == (409, "too-many-addresses")


async def test_a_link_ends_with_its_hour_its_successor_its_drop_and_is_nobody_elses(house, cluster, another):
    ended = (410, "address-link-ended")
    told(await add(house, cluster.cara, another), 202)
    first = await key_for(house, another)
    assert refusal(await confirm(cluster.dan, first)) == ended
    told(await cluster.cara.clusters.post(f"{HERE}/waiting/letters", json={}), 202)
    assert refusal(await confirm(cluster.cara, first)) == ended
    second = await key_for(house, another)
    await house.rows("clusters", "update waiting_address set asked_at = asked_at - interval '121 minutes'")
    assert refusal(await confirm(cluster.cara, second)) == ended
    told(await add(house, cluster.cara, another), 202)
    third = await key_for(house, another)
    told(await cluster.cara.clusters.delete(f"{HERE}/waiting"), 204)
    assert refusal(await confirm(cluster.cara, third)) == ended
    assert refusal(await cluster.cara.clusters.post(f"{HERE}/waiting/letters", json={})) == (409, "no-address-waits")
    assert refusal(await confirm(cluster.cara, "")) == (422, "invalid")
    assert len((await mine(cluster.cara))["addresses"]) == 1


async def test_a_letter_that_comes_late_works_for_the_hour_that_it_says(house, cluster, another):
    told(await add(house, cluster.cara, another), 202)
    (letter,) = await mails_to(house, another)
    assert "within 60 minutes" in letter["text"]
    await house.rows("clusters", "update waiting_address set asked_at = asked_at - interval '119 minutes'")
    told(await confirm(cluster.cara, LINK.search(letter["text"])[1]), 204)


async def test_a_letter_that_was_dropped_before_it_went_does_not_go(house, cluster, another):
    told(await add(house, cluster.cara, another), 202)
    told(await cluster.cara.clusters.delete(f"{HERE}/waiting"), 204)
    assert await mails_to(house, another) == []


async def test_a_letter_that_was_dropped_on_its_way_does_not_arrive(house, cluster, another):
    await house.run_jobs("clusters")
    told(await add(house, cluster.cara, another), 202)
    await send_address_letter(house.context("clusters"), str(cluster.cara.id))
    told(await cluster.cara.clusters.delete(f"{HERE}/waiting"), 204)
    assert [mail for mail in (await send(house, Inbox())).mails if mail.rcpt_tos == [another]] == []


async def test_the_letter_goes_once_however_often_its_job_runs(house, cluster, another):
    told(await add(house, cluster.cara, another), 202)
    for _ in range(2):
        await send_address_letter(house.context("clusters"), str(cluster.cara.id))
    assert len(await mails_to(house, another)) == 1


async def test_of_two_who_confirm_one_address_at_once_one_has_it(house, cluster, another):
    keys = []
    for asker in (cluster.cara, cluster.dan):
        told(await add(house, asker, another), 202)
        keys.append(await key_for(house, another))
    answers = await asyncio.gather(confirm(cluster.cara, keys[0]), confirm(cluster.dan, keys[1]))
    assert sorted(answer.status_code for answer in answers) == [204, 409]
    (refused,) = [answer for answer in answers if answer.status_code == 409]
    assert refusal(refused) == (409, "address-taken")


async def test_the_last_address_and_the_one_for_letters_stay(house, cluster, another):
    (only,) = (await mine(cluster.cara))["addresses"]
    assert refusal(await remove(house, cluster.cara, only["id"])) == (409, "last-address")
    await has(house, cluster.cara, another)
    assert refusal(await remove(house, cluster.cara, only["id"])) == (409, "letters-go-there")
    assert refusal(await remove(house, cluster.dan, only["id"])) == (404, "not-found")
    assert refusal(await choose(house, cluster.dan, only["id"])) == (404, "not-found")


async def test_by_an_address_that_is_removed_nobody_comes_in_and_it_is_told(house, cluster, another):
    old = cluster.addresses["cara"]
    password = {"password": "a long enough one", "session": await session_of(house, cluster.cara.id)}
    told(await cluster.cara.clusters.put("/v1/me/password", json=password), 204)
    told(await choose(house, cluster.cara, await has(house, cluster.cara, another)), 204)
    link, _ = await link_for(house, old)
    told(await sign_in(house, mail=old, password="a long enough one"), 201)
    _, second = (await mine(cluster.cara))["addresses"]
    told(await remove(house, cluster.cara, second["id"]), 204)
    assert refusal(await sign_in(house, link=link)) == (404, "link-unknown")
    assert refusal(await sign_in(house, mail=old, password="a long enough one")) == (409, "password-wrong")
    told(await sign_in(house, mail=another, password="a long enough one"), 201)
    (*_, said) = await mails_to(house, old)
    assert "lets you into Staffroom no more" in said["subject"]
    assert "If that was not you" in said["text"]
    before = len(await mails_to(house, old))
    told(await house.guest.clusters.post("/v1/mail-links", json={"mail": old, "to": "/"}), 202)
    assert len(await mails_to(house, old)) == before
    assert refusal(await remove(house, cluster.cara, second["id"])) == (404, "not-found")


async def test_what_changed_is_told_once_to_who_follows_and_says_no_address(house, cluster, another):
    kind = "person.addresses_changed"
    seen = "select data from fact where kind = $1 and data ->> 'person_id' = $2"
    told(await choose(house, cluster.cara, await has(house, cluster.cara, another)), 204)
    _, old = (await mine(cluster.cara))["addresses"]
    told(await remove(house, cluster.cara, old["id"]), 204)
    facts = await house.rows("clusters", seen, kind, str(cluster.cara.id))
    assert len(facts) == 3
    assert "@" not in str([dict(fact) for fact in facts])


async def test_an_address_that_nobody_confirms_is_forgotten_after_a_week(house, cluster, another):
    told(await add(house, cluster.cara, another), 202)
    await sweep(address_jobs, house.context("clusters"))
    assert (await mine(cluster.cara))["waiting"]
    await house.rows("clusters", "update waiting_address set asked_at = asked_at - interval '8 days'")
    await sweep(address_jobs, house.context("clusters"))
    assert (await mine(cluster.cara))["waiting"] is None

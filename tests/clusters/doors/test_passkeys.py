"""A passkey is added, lets its owner in, and lets in nobody else, from nowhere else, and never twice."""

import asyncio

import pytest
from webauthn.helpers import bytes_to_base64url

from kit.db import plain
from services.clusters.directory.people.models import Person
from services.clusters.doors.passkeys import actions
from services.clusters.doors.passkeys.actions import MOST_OPEN_HERE, MOST_PASSKEYS
from services.clusters.doors.passkeys.models import CHALLENGE_KEPT, CHALLENGE_LASTS
from services.clusters.doors.passkeys.queries import make_room
from services.clusters.doors.sessions.actions import begin_session
from services.clusters.doors.sessions.models import Door
from services.clusters.doors.signing_in.actions import forget_old_ways_in
from services.clusters.doors.tries.models import digest
from tests.clusters.doors.test_clients import acting_for
from tests.clusters.doors.test_sign_in import sign_in, token_for
from tests.device import PRESENT, Device, changed
from tests.people import refusal, token_refusal, told


async def asked(house, source="192.0.2.1", **how):
    """What a browser that is on the page to sign in is asked."""
    web = await house.as_service("web")
    return told(await web.clusters.post("/v1/passkey-challenges", json={"source": source} | how), 201)["options"]


async def session_of(house, person_id, door=Door.link):
    async with house.database("clusters").transaction() as db:
        return begin_session(db, await db.get_one(Person, person_id), door=door)


async def begins(house, asker, door=Door.link):
    session = await session_of(house, asker.id, door)
    return await asker.clusters.post("/v1/me/passkey-challenges", json={"session": session})


async def asked_to_make(house, asker, door=Door.link):
    return told(await begins(house, asker, door), 201)["options"]


async def adds(house, asker, device, name="My phone", door=Door.link):
    body = {"name": name, "answer": device.make(await asked_to_make(house, asker, door))}
    return await asker.clusters.post("/v1/me/passkeys", json=body)


async def comes(house, device, source="192.0.2.1"):
    return await sign_in(house, passkey=device.sign(await asked(house, source)), source=source)


@pytest.fixture
async def phone(house, cluster):
    """Cara's."""
    device = Device()
    told(await adds(house, cluster.cara, device), 201)
    return device


async def test_a_passkey_lets_its_owner_in_without_an_address(house, cluster, phone):
    session = told(await comes(house, phone), 201)
    assert session["person_id"] == str(cluster.cara.id)
    told(await token_for(house, session["secret"]))
    (newest, *_) = told(await cluster.cara.clusters.get("/v1/me/sessions"))["items"]
    assert newest["door"] == "passkey"
    (passkey,) = told(await cluster.cara.clusters.get("/v1/me/passkeys"))
    assert passkey["name"] == "My phone"
    assert passkey["used_at"] > passkey["added_at"]


async def test_what_a_device_is_asked_names_the_house_and_wants_its_owner_there(house, cluster, phone):
    options = await asked(house)
    assert (options["rpId"], options["userVerification"]) == ("staffroom.test", "required")
    assert not options.get("allowCredentials")
    new = await asked_to_make(house, cluster.cara)
    assert new["rp"] == {"id": "staffroom.test", "name": "Staffroom"}
    assert new["user"]["displayName"] == "Cara Sykes"
    chosen = new["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")
    assert len(new["excludeCredentials"]) == 1


async def test_what_was_signed_once_lets_nobody_in_again(house, cluster, phone):
    answer = phone.sign(await asked(house))
    told(await sign_in(house, passkey=answer), 201)
    assert refusal(await sign_in(house, passkey=answer)) == (410, "passkey-unexpected")


async def test_a_challenge_is_used_up_by_an_answer_that_is_wrong(house, cluster, phone):
    options = await asked(house)
    wrong = phone.sign(options)
    wrong["response"]["signature"] = changed(wrong["response"]["signature"], 20)
    assert refusal(await sign_in(house, passkey=wrong)) == (409, "passkey-invalid")
    assert refusal(await sign_in(house, passkey=phone.sign(options))) == (410, "passkey-unexpected")


async def test_a_challenge_that_this_house_did_not_give_is_refused(house, cluster, phone):
    invented = await asked(house) | {"challenge": "aW52ZW50ZWQ"}
    assert refusal(await sign_in(house, passkey=phone.sign(invented))) == (410, "passkey-unexpected")
    to_make = await asked_to_make(house, cluster.cara)
    own = await asked(house) | {"challenge": to_make["challenge"]}
    assert refusal(await sign_in(house, passkey=phone.sign(own))) == (410, "passkey-unexpected")


async def test_a_challenge_of_five_minutes_ago_is_refused_and_soon_forgotten(house, cluster, phone):
    answer = phone.sign(await asked(house))
    past = "update passkey_challenge set ends_at = ends_at - $1::interval"
    await house.rows("clusters", past, CHALLENGE_LASTS)
    assert refusal(await sign_in(house, passkey=answer)) == (410, "passkey-unexpected")
    await asked(house)
    await house.rows("clusters", past, CHALLENGE_KEPT * 2)
    async with house.database("clusters").transaction() as db:
        await forget_old_ways_in(db)
    assert await house.rows("clusters", "select 1 from passkey_challenge") == []


@pytest.mark.parametrize(
    "spoilt",
    [
        {"origin": "https://staffroom.test"},
        {"origin": "http://other.test"},
        {"flags": PRESENT},
        {"key": Device().key},
        {"owner": "c29tZWJvZHkgZWxzZQ"},
    ],
    ids=["another scheme", "another site", "nobody verified", "another key", "another owner"],
)
async def test_what_does_not_hold_lets_nobody_in(house, cluster, phone, spoilt):
    vars(phone).update(spoilt)
    assert refusal(await comes(house, phone)) == (409, "passkey-invalid")


async def test_a_passkey_of_another_house_is_refused(house, cluster, phone):
    options = await asked(house) | {"rpId": "other.test"}
    assert refusal(await sign_in(house, passkey=phone.sign(options))) == (409, "passkey-invalid")


async def test_a_count_that_goes_back_is_a_copy_and_is_refused(house, cluster, phone):
    phone.count = 7
    told(await comes(house, phone), 201)
    phone.count = 3
    assert refusal(await comes(house, phone)) == (409, "passkey-invalid")
    phone.count = 2**32 - 2
    told(await comes(house, phone), 201)


async def test_a_device_that_does_not_count_comes_in_again_and_again(house, cluster):
    device = Device(counts=False)
    told(await adds(house, cluster.dan, device), 201)
    for _ in range(2):
        told(await comes(house, device), 201)


async def test_two_copies_that_sign_at_once_let_in_one(house, cluster, phone):
    answers = [phone.sign(await asked(house)) for _ in range(4)]
    came = await asyncio.gather(*(sign_in(house, passkey=answer) for answer in answers[-1:] * 2))
    assert sorted(answer.status_code for answer in came) == [201, 410]


async def test_a_passkey_that_was_removed_lets_nobody_in(house, cluster, phone):
    (passkey,) = told(await cluster.cara.clusters.get("/v1/me/passkeys"))
    where = f"/v1/me/passkeys/{passkey['id']}"
    assert refusal(await cluster.dan.clusters.delete(where)) == (404, "not-found")
    told(await cluster.cara.clusters.delete(where), 204)
    assert refusal(await cluster.cara.clusters.delete(where)) == (404, "not-found")
    assert refusal(await comes(house, phone)) == (409, "passkey-unknown")


async def test_its_owner_is_written_to_when_one_is_added_and_when_one_is_removed(house, cluster, phone):
    (passkey,) = told(await cluster.cara.clusters.get("/v1/me/passkeys"))
    told(await cluster.cara.clusters.delete(f"/v1/me/passkeys/{passkey['id']}"), 204)
    await house.run_jobs("clusters")
    said = "select text from mailbox_mail where mail = $1 order by id"
    texts = [row["text"] for row in await house.rows("clusters", said, cluster.addresses["cara"])]
    assert ["was added" in text for text in texts if "My phone" in text] == [True, False]


async def test_a_device_that_verified_nobody_adds_no_passkey(house, cluster):
    assert refusal(await adds(house, cluster.cara, Device(flags=PRESENT))) == (409, "passkey-invalid")
    assert refusal(await adds(house, cluster.cara, Device(origin="http://other.test"))) == (409, "passkey-invalid")
    assert told(await cluster.cara.clusters.get("/v1/me/passkeys")) == []


async def test_nobody_adds_a_passkey_by_what_somebody_else_was_asked(house, cluster, phone):
    body = {"name": "Mine", "answer": Device().make(await asked_to_make(house, cluster.cara))}
    assert refusal(await cluster.dan.clusters.post("/v1/me/passkeys", json=body)) == (410, "passkey-unexpected")
    assert refusal(await adds(house, cluster.dan, phone)) == (409, "passkey-known")


@pytest.mark.parametrize("statement", ["", "x", "\x5b" * 6_000, "\xa1\x61", "\xbf\x63fmt\xff"])
async def test_what_no_device_says_is_refused_in_peace(house, cluster, statement):
    answer = Device().make(await asked_to_make(house, cluster.cara))
    answer["response"]["attestationObject"] = bytes_to_base64url(statement.encode("latin1")) or "A"
    refused = await cluster.cara.clusters.post("/v1/me/passkeys", json={"name": "x", "answer": answer})
    assert refusal(refused) == (409, "passkey-invalid")
    for client_data in ("A", "W1tb", "e30", "eyJjaGFsbGVuZ2UiOjF9"):
        answer["response"]["clientDataJSON"] = client_data
        refused = await cluster.cara.clusters.post("/v1/me/passkeys", json={"name": "x", "answer": answer})
        assert refusal(refused) == (409, "passkey-invalid")


async def test_who_came_in_with_a_passkey_is_signed_out_when_it_is_removed(house, cluster, phone):
    found, other = told(await comes(house, phone), 201)["secret"], await session_of(house, cluster.cara.id)
    (passkey,) = told(await cluster.cara.clusters.get("/v1/me/passkeys"))
    told(await cluster.cara.clusters.delete(f"/v1/me/passkeys/{passkey['id']}"), 204)
    assert token_refusal(await token_for(house, found)) == (400, "invalid_grant")
    told(await token_for(house, other))


async def test_who_came_long_ago_or_comes_as_somebody_else_adds_none(house, cluster):
    session = await session_of(house, cluster.dan.id)
    for asker, refused in ((cluster.cara, (410, "signed-out")), (cluster.dan, (409, "came-long-ago"))):
        await house.rows("clusters", "update session set began_at = now() - interval '61 minutes'")
        asked = await asker.clusters.post("/v1/me/passkey-challenges", json={"session": session})
        assert refusal(asked) == refused


async def test_twenty_are_enough(house, cluster):
    many = """insert into passkey (id, person_id, credential_id, public_key, sign_count, name, added_at)
        select gen_random_uuid(), $1::uuid, decode(md5(n::text || $1::uuid::text), 'hex'), '', 0, 'x', now()
        from generate_series(1, $2) n"""
    options = await asked_to_make(house, cluster.marie)
    await house.rows("clusters", many, cluster.marie.id, MOST_PASSKEYS)
    assert refusal(await begins(house, cluster.marie)) == (409, "too-many-passkeys")
    body = {"name": "x", "answer": Device().make(options)}
    assert refusal(await cluster.marie.clusters.post("/v1/me/passkeys", json=body)) == (409, "too-many-passkeys")


async def test_who_asks_and_guesses_on_and_on_shuts_out_nobody_behind_the_same_address(house, cluster, phone):
    first = phone.sign(await asked(house, "198.51.100.7"))
    on_a_page = await asked(house, "198.51.100.7", offered=True)
    for _ in range(MOST_OPEN_HERE):
        assert refusal(await comes(house, Device(), "198.51.100.7")) == (409, "passkey-unknown")
        await asked(house, "198.51.100.7")
    open_here = "select 1 from passkey_challenge where from_digest = $1"
    assert len(await house.rows("clusters", open_here, digest("source 198.51.100.7/32"))) == MOST_OPEN_HERE
    assert refusal(await sign_in(house, passkey=first)) == (410, "passkey-unexpected")
    told(await comes(house, phone, "198.51.100.7"), 201)
    told(await sign_in(house, passkey=phone.sign(on_a_page)), 201)


async def test_pages_that_offer_a_passkey_push_out_nobody_who_pressed_a_button(house, cluster, phone, monkeypatch):
    monkeypatch.setattr(actions, "MOST_OFFERED_HERE", 3)
    pressed = phone.sign(await asked(house, "198.51.100.8"))
    offered = [phone.sign(await asked(house, "198.51.100.8", offered=True)) for _ in range(4)]
    assert refusal(await sign_in(house, passkey=offered[0])) == (410, "passkey-unexpected")
    told(await sign_in(house, passkey=pressed), 201)


async def test_challenges_have_a_bound_in_all_and_the_oldest_make_room(house, cluster):
    await house.rows("clusters", "delete from passkey_challenge")
    for number in range(4):
        await asked(house, f"198.51.{number}.7")
    async with house.database("clusters").transaction() as db:
        # The plan in which a subquery is asked once for each row.
        for way in ("hashjoin", "mergejoin", "hashagg", "sort", "material", "indexscan", "bitmapscan"):
            await (await plain(db)).execute(f"set local enable_{way} = off")
        await make_room(db, 3)
    assert len(await house.rows("clusters", "select 1 from passkey_challenge")) == 3
    first = "select 1 from passkey_challenge where from_digest = $1"
    assert await house.rows("clusters", first, digest("source 198.51.0.7/32")) == []


async def test_a_program_that_acts_for_somebody_has_nothing_to_do_with_their_passkeys(house, cluster, phone):
    acting = await acting_for(house, cluster, cluster.cara)
    assert refusal(await acting.clusters.get("/v1/me/passkeys")) == (403, "forbidden")
    assert refusal(await acting.clusters.post("/v1/me/passkey-challenges", json={"session": "x"})) == (403, "forbidden")


async def test_who_leaves_for_good_comes_in_by_no_passkey(house, cluster, phone):
    await house.rows("clusters", "update person set left_at = now() where id = $1", cluster.cara.id)
    assert refusal(await comes(house, phone)) == (409, "passkey-unknown")

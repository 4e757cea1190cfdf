"""Who guesses is stopped, and keeps nobody else out."""

import asyncio
import io
import time
from contextlib import contextmanager
from itertools import cycle
from uuid import uuid4

import httpx
import sqlalchemy as sa
import structlog

from tests.clusters.doors.test_clients import a_client
from tests.people import refusal, told

TRIED_ELSEWHERE = """
insert into sign_in_try (id, mail_digest, from_digest, by_known_device, at)
select gen_random_uuid(), encode(sha256(convert_to($1, 'UTF8')), 'hex'), n::text, false, now()
from generate_series(1, 100) n
"""
WRONG, RIGHT = "wrong horse", "correct horse"


@contextmanager
def statements(house):
    """What the database of clusters is asked meanwhile, but for keys, which are asked for anew now and then."""
    engine, asked = house.database("clusters").engine.sync_engine, []

    def add(_connection, _cursor, statement, *_):
        if "signing_key" not in statement:
            asked.append(statement)

    sa.event.listen(engine, "before_cursor_execute", add)
    yield asked
    sa.event.remove(engine, "before_cursor_execute", add)


async def with_password(person):
    told(await person.clusters.put("/v1/me/password", json={"password": RIGHT}), 204)


async def sign_in(house, mail, password, source="192.0.2.7", device=""):
    web = await house.as_service("web")
    way = {"mail": mail, "password": password, "source": source, "device": device}
    return await web.clusters.post("/v1/sessions", json=way)


async def test_ten_wrong_tries_of_a_stranger_do_not_lock_the_owner_out(house, cluster):
    mail = cluster.addresses["ben"]
    await with_password(cluster.ben)
    for _ in range(10):
        assert refusal(await sign_in(house, mail, WRONG)) == (409, "password-wrong")
    assert refusal(await sign_in(house, mail, RIGHT)) == (429, "too-many-tries")
    told(await sign_in(house, mail, RIGHT, source="198.51.100.1"), 201)


async def test_a_device_in_which_somebody_signed_in_before_is_not_kept_out_by_its_neighbours(house, cluster):
    mail = cluster.addresses["hana"]
    await with_password(cluster.hana)
    device = told(await sign_in(house, mail, RIGHT), 201)["device"]
    for _ in range(12):
        await sign_in(house, mail, WRONG)
    assert refusal(await sign_in(house, mail, RIGHT)) == (429, "too-many-tries")
    assert told(await sign_in(house, mail, RIGHT, device=device), 201)["device"] == device
    for _ in range(10):
        assert refusal(await sign_in(house, mail, WRONG, device=device)) == (409, "password-wrong")
    assert refusal(await sign_in(house, mail, RIGHT, device=device)) == (429, "too-many-tries")


async def test_a_device_is_known_for_its_own_person_alone(house, cluster):
    await with_password(cluster.cara)
    await with_password(cluster.dan)
    device = told(await sign_in(house, cluster.addresses["dan"], RIGHT), 201)["device"]
    for _ in range(10):
        await sign_in(house, cluster.addresses["cara"], WRONG)
    stopped = await sign_in(house, cluster.addresses["cara"], RIGHT, device=device)
    assert refusal(stopped) == (429, "too-many-tries")


async def test_many_networks_together_are_stopped_too(house, cluster):
    mail = cluster.addresses["marie"]
    await with_password(cluster.marie)
    await house.rows("clusters", TRIED_ELSEWHERE, mail)
    assert refusal(await sign_in(house, mail, RIGHT, source="203.0.113.5")) == (429, "too-many-tries")


async def test_a_new_password_ends_every_other_way_in(house, cluster):
    mail = cluster.addresses["anna"]
    await with_password(cluster.anna)
    device = told(await sign_in(house, mail, RIGHT), 201)["device"]
    told(await house.guest.clusters.post("/v1/mail-links", json={"mail": mail}), 202)
    await house.run_jobs("clusters")
    (letter,) = await house.rows(
        "clusters", "select text from mailbox_mail where mail = $1 and text like '%minut%'", mail
    )
    new = {"password": "another horse", "old_password": RIGHT}
    told(await cluster.anna.clusters.put("/v1/me/password", json=new), 204)
    web = await house.as_service("web")
    key = letter["text"].partition("key=")[2].partition("&")[0]
    assert refusal(await web.clusters.post("/v1/sessions", json={"link": key})) == (410, "link-expired")
    assert await house.rows("clusters", "select from known_device where person_id = $1", cluster.anna.id) == []
    again = told(await sign_in(house, mail, "another horse", device=device), 201)
    assert again["device"] != device


async def test_links_that_are_asked_for_at_once_are_counted_to_the_last(house, cluster):
    mail = cluster.addresses["dan"]
    await house.run_jobs("clusters")
    asked = [house.guest.clusters.post("/v1/mail-links", json={"mail": mail}) for _ in range(12)]
    assert {answer.status_code for answer in await asyncio.gather(*asked)} == {202}
    await house.run_jobs("clusters")
    mailed = "select from mail where person_id = $1 and kind = 'sign_in_link'"
    assert len(await house.rows("clusters", mailed, cluster.dan.id)) == 5


async def test_a_known_address_takes_no_other_statements_than_an_unknown_one(house, cluster):
    known, unknown = cluster.addresses["cara"], "nobody@nowhere.test"
    await with_password(cluster.cara)
    counts = []
    for mail in (known, unknown):
        with statements(house) as asked:
            told(await house.guest.clusters.post("/v1/mail-links", json={"mail": mail}), 202)
        with statements(house) as tried:
            assert refusal(await sign_in(house, mail, WRONG)) == (409, "password-wrong")
        counts.append((len(asked), len(tried)))
    assert counts[0] == counts[1]


async def test_a_stranger_with_many_connections_keeps_nobody_out_of_the_password_door(house, cluster):
    mail = cluster.addresses["ben"]
    await with_password(cluster.ben)
    device = told(await sign_in(house, mail, RIGHT), 201)["device"]
    strangers = [asyncio.create_task(sign_in(house, f"n{n}@nowhere.test", WRONG)) for n in range(60)]
    await asyncio.sleep(0.2)
    begun = time.monotonic()
    told(await sign_in(house, mail, RIGHT, device=device), 201)
    waited = time.monotonic() - begun
    answers = [refusal(answer) for answer in await asyncio.gather(*strangers)]
    took = time.monotonic() - begun
    assert waited < took / 2
    assert set(answers) == {(409, "password-wrong"), (503, "unavailable")}


def coming_from(house, address):
    """Who asks clusters from this address."""
    transport = httpx.ASGITransport(house.apps["clusters"], client=(address, 5000))
    return httpx.AsyncClient(transport=transport, base_url="http://clusters")


def asking_as(client_id, secret):
    return {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}


async def test_wrong_secrets_of_a_client_are_stopped_from_there_alone(house, cluster):
    client = await a_client(cluster, "webhooks")
    spellings = cycle([client["client_id"], client["client_id"].upper(), client["client_id"].replace("-", "")])
    right = asking_as(client["client_id"], client["secret"])
    async with coming_from(house, "192.0.2.7") as guesser, coming_from(house, "198.51.100.1") as owner:
        tried = [await guesser.post("/v1/tokens", data=asking_as(next(spellings), "guessed")) for _ in range(14)]
        assert [answer.status_code for answer in tried] == [401] * 10 + [429] * 4
        refused = await guesser.post("/v1/tokens", data=right)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "900")
        told(await owner.post("/v1/tokens", data=right))


async def test_ids_that_no_client_has_keep_nothing(house):
    before = await house.rows("clusters", "select from sign_in_try")
    for made_up in ("nobody", str(uuid4())):
        answer = await house.guest.clusters.post("/v1/tokens", data=asking_as(made_up, "guessed"))
        assert answer.status_code == 401
    assert len(await house.rows("clusters", "select from sign_in_try")) == len(before)


async def test_many_wrong_secrets_at_once_keep_nobody_waiting(house, cluster):
    client, other = await a_client(cluster, "webhooks"), await a_client(cluster, "webhooks")
    async with coming_from(house, "192.0.2.8") as guesser, asyncio.timeout(30):
        wrong = asking_as(client["client_id"], "guessed")
        guesses = [asyncio.create_task(guesser.post("/v1/tokens", data=wrong)) for _ in range(40)]
        await asyncio.sleep(0)
        told(await house.guest.clusters.post("/v1/tokens", data=asking_as(other["client_id"], other["secret"])))
        statuses = sorted([answer.status_code for answer in await asyncio.gather(*guesses)])
    assert statuses == [401] * 10 + [429] * 30


async def test_a_sign_in_that_failed_leaves_a_line_without_the_address(house, cluster, monkeypatch):
    mail, heard = cluster.addresses["cara"], io.StringIO()
    logger = structlog.wrap_logger(structlog.PrintLogger(heard), processors=[structlog.processors.JSONRenderer()])
    monkeypatch.setattr("services.clusters.doors.signing_in.routes.log", logger)
    await sign_in(house, mail, WRONG)
    said = heard.getvalue()
    assert "sign-in refused" in said
    assert '"source": "192.0.2.7/32"' in said
    assert mail not in said

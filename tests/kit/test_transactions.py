"""One request is one transaction, committed before the answer leaves; one key is one doing."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from kit.db import open_database
from kit.idempotency import forget_old_answers
from tests.events.making import announce, site
from tests.people import refusal, told

SCHOOL = {"name": "S", "town": "T", "country": "CZ", "zone": "UTC"}


async def register(asker, key=None, **changes):
    headers = {"Idempotency-Key": key} if key else {}
    return await asker.clusters.post("/v1/schools", json=SCHOOL | changes, headers=headers)


async def schools_named(house, name):
    return len(await house.rows("clusters", "select 1 from school where name = $1", name))


async def test_what_was_answered_is_there_for_everybody(house):
    demo = await house.as_service("demo")
    for _ in range(20):
        school_id = told(await register(demo), 201)["id"]
        assert await house.rows("clusters", "select 1 from school where id = $1", school_id)


async def test_a_commit_that_fails_is_not_answered_with_success(house, monkeypatch):
    demo = await house.as_service("demo")
    name = f"Late {uuid4()}"
    await house.rows(
        "clusters",
        "create or replace function fail_late() returns trigger language plpgsql as "
        "$$ begin if new.name like 'Late %' then raise exception 'late'; end if; return null; end $$",
    )
    await house.rows(
        "clusters",
        "create constraint trigger fail_late after insert on school deferrable initially deferred "
        "for each row execute function fail_late()",
    )
    try:
        with pytest.raises(DBAPIError):
            await register(demo, name=name)
    finally:
        await house.rows("clusters", "drop trigger fail_late on school")
    assert await schools_named(house, name) == 0


async def test_a_refused_request_leaves_nothing_behind(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    facts = await house.rows("events", "select count(*) from fact")
    answer = await cluster.cara.events.put(
        f"/v1/events/{event['id']}/registrations/{cluster.cara.id}", json={"place_id": str(uuid4())}
    )
    assert answer.status_code == 422
    assert site(event)
    assert await house.rows("events", "select count(*) from fact") == facts
    assert not await house.rows("events", "select 1 from registration where event_id = $1", event["id"])


async def test_a_form_sent_twice_is_done_once(house):
    demo = await house.as_service("demo")
    name, key = f"Twice {uuid4()}", uuid4().hex
    first, second = [await register(demo, key, name=name) for _ in range(2)]
    assert told(first, 201) == told(second, 201)
    assert second.headers["idempotency-replayed"] == "true"
    assert await schools_named(house, name) == 1


async def test_a_form_sent_many_times_at_once_is_done_once(house):
    demo = await house.as_service("demo")
    name, key = f"At once {uuid4()}", uuid4().hex
    answers = await asyncio.gather(*(register(demo, key, name=name) for _ in range(8)))
    assert len({told(answer, 201)["id"] for answer in answers}) == 1
    assert await schools_named(house, name) == 1


async def test_a_key_is_for_one_body_and_one_asker(house, cluster):
    demo, key = await house.as_service("demo"), uuid4().hex
    told(await register(demo, key), 201)
    assert refusal(await register(demo, key, name="Other")) == (422, "idempotency-key-reused")
    assert refusal(await register(cluster.cara, key)) == (403, "forbidden")


async def test_a_request_that_failed_frees_its_key(house):
    demo, key = await house.as_service("demo"), uuid4().hex
    assert (await register(demo, key, zone="Nowhere")).status_code == 422
    told(await register(demo, key), 201)


async def test_a_key_has_a_length(house):
    demo = await house.as_service("demo")
    assert refusal(await register(demo, "x" * 201)) == (400, "bad-request")


async def kept_answers(house, service, key):
    return await house.rows(service, "select status, body from kept_answer where key = $1", key)


async def test_an_answer_with_a_secret_is_not_kept(house, cluster):
    demo, key = await house.as_service("demo"), {"Idempotency-Key": uuid4().hex}
    clients, endpoint = (
        f"/v1/clusters/{cluster.id}/clients",
        {"url": "http://receiver/hook", "kinds": ["comment.removed"]},
    )
    made = told(await cluster.anna.clusters.post(clients, json={"name": "X", "scopes": ["webhooks"]}), 201)
    for asker, service, path, body in (
        (cluster.anna, "clusters", clients, {"name": "Moodle", "scopes": ["webhooks"]}),
        (cluster.anna, "clusters", f"/v1/clients/{made['client_id']}/secrets", None),
        (demo, "diaries", "/v1/endpoints", endpoint),
    ):
        await house.rows(service, "delete from kept_answer where key = $1", key["Idempotency-Key"])
        told(await asker[service].post(path, json=body, headers=key), 201)
        (kept,) = await kept_answers(house, service, key["Idempotency-Key"])
        assert tuple(kept) == (201, None)
        assert refusal(await asker[service].post(path, json=body, headers=key)) == (409, "secret-told")
    assert len(told(await cluster.anna.clusters.get(clients))) == 2


async def test_an_answer_that_has_no_body_is_repeated_without_one(house, cluster):
    for _ in range(2):
        answer = await cluster.cara.clusters.post("/v1/notices/seen", json={}, headers={"Idempotency-Key": "seen"})
        assert (answer.status_code, answer.content) == (204, b"")


async def test_what_was_read_already_is_not_sent_again(cluster):
    where = f"/v1/clusters/{cluster.id}"
    first = await cluster.cara.clusters.get(where)
    again = await cluster.cara.clusters.get(where, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    aims = {"priorities": "New", "goals": ""}
    told(await cluster.anna.clusters.put(f"{where}/aims", json=aims, headers={"If-Match": "*"}))
    told(await cluster.cara.clusters.get(where, headers={"If-None-Match": first.headers["etag"]}))


async def test_an_answer_is_kept_for_a_week(house):
    demo, key = await house.as_service("demo"), str(uuid4())
    told(await register(demo, key), 201)
    pool = house.database("clusters").pool
    assert await forget_old_answers(pool) == 0
    await pool.execute("update kept_answer set kept_at = now() - interval '8 days' where key = $1", key)
    assert await forget_old_answers(pool) == 1


async def test_a_guest_gets_nobody_elses_answer(house):
    headers, asked = {"Idempotency-Key": str(uuid4())}, {"mail": "nobody@louny.example", "to": "/"}
    for _ in range(2):
        answer = await house.guest.clusters.post("/v1/mail-links", json=asked, headers=headers)
        assert (answer.status_code, answer.headers.get("Idempotency-Replayed")) == (202, None)


async def test_a_database_closes_though_a_connection_is_not_given_back(urls, monkeypatch):
    monkeypatch.setattr("kit.db.CLOSED_WITHIN", 0.2)
    async with asyncio.timeout(5), open_database(urls["diaries"], 2) as database:
        await database.pool.acquire()
    assert database.pool.is_closing()

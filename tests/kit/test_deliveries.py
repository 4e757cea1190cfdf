"""What becomes of a fact on its way: who hangs costs only themselves, and who was away catches up."""

import asyncio
import time
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from email.utils import format_datetime
from uuid import uuid4

import httpx
import pytest

from kit.client import open_http
from kit.clock import real_now
from kit.jobs import Context, Jobs, enqueue
from kit.webhooks import delivering
from kit.webhooks.delivering import LONGEST_DELAY, retry_after, why
from kit.webhooks.endpoints import MOST_OF_CLIENT, MOST_OF_CLUSTER
from kit.webhooks.models import Delivery, Endpoint
from kit.worker import DELIVERIES_AT_ONCE, _run_jobs, dispatch_new, sending_context
from tests.diaries.writing import published, start
from tests.events.making import announce, terms
from tests.events.test_changes import as_it_is, change
from tests.kit.test_lists import walked
from tests.kit.test_webhooks import a_clients_asker, register
from tests.people import a_cluster, refusal, told, wrong_fields


class Hanging:
    """A receiver that takes what comes and says nothing."""

    def __init__(self):
        self.asked = 0

    async def answer(self, reader, writer):
        self.asked += 1
        await asyncio.sleep(60)


@asynccontextmanager
async def listening(answer):
    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def say_no_content(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
    await writer.drain()
    writer.close()


async def hang_up(reader, writer):
    writer.close()


async def endpoints_at(house, cluster, port, many):
    async with house.database("diaries").transaction() as db:
        db.add_all(
            Endpoint(
                owner="test",
                url=f"http://127.0.0.1:{port}/{number}",
                kinds=["entry.published"],
                cluster_id=cluster.id,
                inside=True,
                secret="whsec_AAAA",
            )
            for number in range(many)
        )


@asynccontextmanager
async def a_worker(house, jobs):
    """The two lanes of a worker of diaries, as a process runs them."""
    stopping = asyncio.Event()
    context = Context(house.database("diaries"), {})
    async with sending_context(house.urls["diaries"]) as sending:
        lanes = [
            asyncio.create_task(_run_jobs(jobs, context, stopping)),
            asyncio.create_task(_run_jobs(delivering.jobs, sending, stopping, DELIVERIES_AT_ONCE, DELIVERIES_AT_ONCE)),
        ]
        try:
            yield
        finally:
            stopping.set()
            for lane in lanes:
                lane.cancel()
            await asyncio.gather(*lanes, return_exceptions=True)


async def until(condition, seconds):
    """How long it took, in seconds."""
    began = time.monotonic()
    while not await condition():
        assert time.monotonic() - began < seconds, "waited too long"
        await asyncio.sleep(0.05)
    return time.monotonic() - began


ARRIVED = """
select from delivery join endpoint on endpoint.id = delivery.endpoint_id
where url like $1 and last_status = 204 and delivered_at is not null
"""


@pytest.fixture(autouse=True)
async def tidy(house):
    yield
    await house.rows("diaries", "delete from endpoint where owner = 'test'")
    await house.rows("diaries", "delete from pgqueuer where entrypoint = 'webhook.deliver'")


@pytest.mark.proof
async def test_sixty_receivers_that_hang_delay_neither_a_mail_nor_another_receiver(house, cluster):
    jobs, done = Jobs(), []
    name = f"test.mail.{uuid4().hex}"

    @jobs.job(name)
    async def mail(context):
        done.append(time.monotonic())

    hanging = Hanging()
    async with listening(hanging.answer) as slow, listening(say_no_content) as quick:
        await endpoints_at(house, cluster, slow, 60)
        await endpoints_at(house, cluster, quick, 1)
        for _ in range(3):
            await published(cluster.cara, cluster)
        await house.hear()
        async with a_worker(house, jobs):

            async def all_hang():
                return hanging.asked >= 60

            await until(all_hang, 20)
            async with house.database("diaries").transaction() as db:
                await enqueue(db, name)

            async def mailed():
                return bool(done)

            async def arrived():
                return len(await house.rows("diaries", ARRIVED, f"%:{quick}/%")) == 3

            assert await until(mailed, 5) < 3
            assert await until(arrived, 10) < 8


async def test_one_receiver_has_two_deliveries_at_once_and_is_left_alone_after_a_failure(house, cluster, monkeypatch):
    monkeypatch.setattr(delivering, "TIMEOUT", 1.5)
    hanging = Hanging()
    async with listening(hanging.answer) as slow:
        await endpoints_at(house, cluster, slow, 1)
        for _ in range(8):
            await published(cluster.cara, cluster)
        await house.hear()
        async with a_worker(house, Jobs()):

            async def failed():
                return (await house.rows("diaries", "select failures from endpoint where owner = 'test'"))[0][
                    "failures"
                ]

            await until(failed, 15)
            await asyncio.sleep(2)
        assert hanging.asked == 2
    errors = await house.rows(
        "diaries", "select error, tried_at from delivery where attempts > 0 and error = 'timeout'"
    )
    assert len(errors) == 2


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120), ("1", 5), ("99999999999999999999", LONGEST_DELAY.total_seconds()), ("-5", None), ("soon", None),
     ("", None), ("1.5", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 5), ("Fri, 31 Dec 9999 23:59:59 GMT", 21_600),
     ("in", 600)],
)  # fmt: skip
def test_a_receiver_says_when_it_wants_to_be_asked_again(said, seconds):
    said = format_datetime(real_now() + timedelta(seconds=600), usegmt=False) if said == "in" else said
    wait = retry_after(httpx.Response(503, headers={"retry-after": said}))
    assert (wait and round(wait.total_seconds(), -1 if seconds == 600 else 0)) == seconds


async def test_what_is_asked_for_is_waited_for(house, cluster):
    async def later(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async with listening(later) as port:
        await endpoints_at(house, cluster, port, 1)
        await published(cluster.cara, cluster)
        await house.hear()
        async with a_worker(house, Jobs()):

            async def tried():
                return await house.rows("diaries", "select from delivery where last_status = 429 and error = 'status'")

            await until(tried, 15)
            await asyncio.sleep(0.3)
    waits = "select execute_after - now() as wait from pgqueuer where entrypoint = 'webhook.deliver'"
    waiting = [row["wait"] for row in await house.rows("diaries", waits)]
    assert max(waiting) > timedelta(minutes=55)


async def test_a_try_that_failed_says_why():
    async with open_http() as http:
        for url, word in (
            ("http://127.0.0.1:1/x", "refused"),
            ("http://no-such-host.invalid/x", "dns"),
        ):
            endpoint = Endpoint(owner="x", url=url, kinds=[], secret="whsec_AAAA")
            outcome = await delivering.post(http, endpoint, Delivery(endpoint_id=endpoint.id, place=1, body="{}"))
            assert (outcome.status, outcome.error) == (0, word)
        async with listening(hang_up) as port:
            endpoint = Endpoint(owner="x", url=f"http://127.0.0.1:{port}/x", kinds=[], secret="whsec_AAAA")
            outcome = await delivering.post(http, endpoint, Delivery(endpoint_id=endpoint.id, place=1, body="{}"))
            assert outcome.error == "broken"
    assert why(RuntimeError()) == "broken"


async def test_a_kind_that_nobody_tells_is_refused(house, cluster):
    asker = await a_clients_asker(house, cluster)
    kinds = ["entry.published", "entry.pubished", "event.announced"]
    answer = await register(asker, url="http://1.1.1.1/x", cluster_id=cluster.id, kinds=kinds)
    assert wrong_fields(answer) == {"/kinds/1": "kind_unknown", "/kinds/2": "kind_unknown"}
    assert wrong_fields(await register(asker, cluster_id=cluster.id, kinds=[""])) == {"/kinds/0": "kind_unknown"}


async def test_endpoints_are_bounded(house, cluster):
    one, two, three = [await a_clients_asker(house, cluster) for _ in range(3)]
    new = {"url": "http://1.1.1.1/x", "cluster_id": cluster.id}
    made = [told(await register(one, **new), 201)["id"] for _ in range(MOST_OF_CLIENT)]
    assert refusal(await register(one, **new)) == (409, "too-many-endpoints")
    assert [item["id"] for item in told(await one.diaries.get("/v1/endpoints"))] == made
    at_once = await asyncio.gather(*(register(two, **new) for _ in range(MOST_OF_CLIENT + 2)))
    assert sorted(answer.status_code for answer in at_once).count(201) == MOST_OF_CLIENT
    for _ in range(MOST_OF_CLUSTER - 2 * MOST_OF_CLIENT):
        told(await register(three, **new), 201)
    assert refusal(await register(three, **new)) == (409, "too-many-endpoints")
    await house.rows("diaries", "delete from endpoint where cluster_id = $1", cluster.id)


async def test_deliveries_are_walked_and_say_what_they_are(house, cluster):
    asker = await a_clients_asker(house, cluster)
    made = told(await register(asker, url="http://1.1.1.1/x", cluster_id=cluster.id), 201)
    async with house.database("diaries").transaction() as db:
        db.add_all(
            Delivery(endpoint_id=made["id"], place=place, body='{"type": "entry.published"}', error="dns", attempts=3)
            for place in range(1, 231)
        )
    found = await walked(asker.diaries, f"/v1/endpoints/{made['id']}/deliveries")
    assert [one["place"] for one in found] == list(range(230, 0, -1))
    assert {(one["kind"], one["error"], one["attempts"]) for one in found} == {("entry.published", "dns", 3)}
    told(await asker.diaries.delete(f"/v1/endpoints/{made['id']}"), 204)


async def test_a_program_that_was_away_catches_up_by_place(house, cluster):
    asker, other = await a_clients_asker(house, cluster), await a_cluster(house)
    before = told(await asker.diaries.get("/v1/facts", params={"newest": True}))["next"]
    await published(other.cara, other)
    await start(cluster.cara, cluster)
    mine = [await published(cluster.cara, cluster) for _ in range(5)]
    await house.hear()
    heard, after = [], before
    while True:
        page = told(await asker.diaries.get("/v1/facts", params={"after": after, "limit": 2}))
        heard, after = heard + page["items"], page["next"]
        if not page["items"]:
            break
    assert [fact["data"]["entry_id"] for fact in heard] == mine
    assert {(fact["cluster_id"], fact["kind"]) for fact in heard} == {(cluster.id, "entry.published")}
    everything = told(await asker.diaries.get("/v1/facts", params={"after": before}))
    assert everything["next"] >= after
    assert refusal(await cluster.anna.diaries.get("/v1/facts")) == (403, "forbidden")
    demo = await house.as_service("demo")
    assert refusal(await demo.diaries.get("/v1/facts")) == (403, "forbidden")


MOMENTS = ("starts_at", "ends_at")


async def test_moments_in_facts_are_written_as_rfc_3339_has_them(house, cluster):
    event = await announce(cluster.anna, cluster, 1)
    told(await change(cluster.anna, event, as_it_is(event, starts_at=terms(days=6)["starts_at"])), 201)
    rows = await house.rows("events", "select data from fact where data->>'event_id' = $1", event["id"])
    said = [row["data"][name] for row in rows for name in MOMENTS if name in row["data"]]
    assert len(said) == 4
    assert all(moment[10] == "T" and datetime.fromisoformat(moment).tzinfo for moment in said)


async def test_all_of_a_fact_is_on_its_way_before_the_next(house, cluster):
    await published(cluster.cara, cluster)
    await house.hear()
    assert await dispatch_new(house.database("diaries")) == 0

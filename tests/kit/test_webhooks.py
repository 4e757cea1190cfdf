"""Facts go, signed, to the endpoints that asked for them."""

import asyncio
import json
from contextlib import suppress
from uuid import uuid4

import pytest
from standardwebhooks import Webhook
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from kit.client import open_http
from kit.webhooks import delivering
from kit.webhooks.models import Delivery, Endpoint
from kit.worker import catch_up
from tests.diaries.writing import add_picture, publish, published, start
from tests.house import Asker, bearing
from tests.people import a_cluster, refusal, told, wrong_fields


class Receiver:
    """An endpoint of somebody else: keeps what it gets and answers as it is told."""

    def __init__(self):
        self.got, self.status = [], 204
        self.app = Starlette(routes=[Route("/hook", self.hook, methods=["POST"])])

    async def hook(self, request):
        self.got.append((dict(request.headers), await request.body()))
        return Response(status_code=self.status)


@pytest.fixture
def receiver(house):
    receiving = Receiver()
    house.hosts.add("receiver", receiving.app)
    yield receiving
    house.hosts.remove("receiver")


@pytest.fixture
async def endpoint(house, cluster):
    demo = await house.as_service("demo")
    made = told(await register(demo, cluster_id=cluster.id), 201)
    yield made
    await demo.diaries.delete(f"/v1/endpoints/{made['id']}")


async def register(asker, **changes):
    new = {"url": "http://receiver/hook", "kinds": ["entry.published"]} | changes
    return await asker.diaries.post("/v1/endpoints", json=new)


async def deliveries(house, endpoint):
    demo = await house.as_service("demo")
    return told(await demo.diaries.get(f"/v1/endpoints/{endpoint['id']}/deliveries"))["items"]


async def due_again(house):
    await house.rows("diaries", "update endpoint set paused_until = null")
    await house.rows("diaries", "update pgqueuer set execute_after = now() where entrypoint = 'webhook.deliver'")
    await house.run_jobs("diaries")


async def test_a_fact_arrives_signed_and_says_what_happened(house, cluster, receiver, endpoint):
    entry_id = await published(cluster.cara, cluster)
    await house.catch_up()
    ((headers, body),) = receiver.got
    said = Webhook(endpoint["secret"]).verify(body, headers)
    assert said["type"] == "entry.published"
    assert said["data"] == {
        "cluster_id": cluster.id,
        "actor_id": str(cluster.cara.id),
        "entry_id": entry_id,
        "title": "Reading circle",
        "reach": "cluster",
    }
    with pytest.raises(Exception, match="signature"):
        Webhook(endpoint["secret"]).verify(body + b" ", headers)


async def test_a_fact_that_was_delivered_is_not_sent_again(house, cluster, receiver, endpoint):
    await published(cluster.cara, cluster)
    await house.catch_up()
    await house.catch_up()
    assert len(receiver.got) == 1
    (delivery,) = await deliveries(house, endpoint)
    assert (delivery["attempts"], delivery["last_status"]) == (1, 204)
    assert delivery["delivered_at"]


async def test_only_the_kinds_and_the_cluster_that_were_asked_for_arrive(house, cluster, receiver, endpoint):
    other = await a_cluster(house)
    await published(other.cara, other)
    await house.catch_up()
    assert receiver.got == []


async def test_an_endpoint_that_is_down_gets_it_later_once(house, cluster, receiver, endpoint):
    receiver.status = 500
    await published(cluster.cara, cluster)
    await house.catch_up()
    receiver.status = 200
    await due_again(house)
    await due_again(house)
    assert len(receiver.got) == 2
    assert receiver.got[0][0]["webhook-id"] == receiver.got[1][0]["webhook-id"]
    (delivery,) = await deliveries(house, endpoint)
    assert (delivery["attempts"], delivery["last_status"]) == (2, 200)


async def test_an_endpoint_that_is_gone_gets_nothing_more(house, cluster, receiver, endpoint):
    receiver.status = 410
    await published(cluster.cara, cluster)
    await house.catch_up()
    await published(cluster.cara, cluster)
    await house.catch_up()
    assert len(receiver.got) == 1
    demo = await house.as_service("demo")
    listed = {one["id"]: one for one in told(await demo.diaries.get("/v1/endpoints"))}
    assert listed[endpoint["id"]]["gone_at"]
    sent = told(await demo.diaries.get(f"/v1/endpoints/{endpoint['id']}/deliveries"))["items"][0]
    again = await demo.diaries.post(f"/v1/endpoints/{endpoint['id']}/deliveries/{sent['id']}/replay")
    assert refusal(again) == (404, "not-found")


async def test_what_never_arrived_is_a_dead_letter_that_a_person_replays(house, cluster, receiver, endpoint):
    demo, receiver.status = await house.as_service("demo"), 500
    await published(cluster.cara, cluster)
    await house.catch_up()
    await house.rows("diaries", "update pgqueuer set attempts = 11 where entrypoint = 'webhook.deliver'")
    await house.rows("diaries", "update delivery set attempts = 11 where endpoint_id = $1", endpoint["id"])
    await due_again(house)
    (delivery,) = await deliveries(house, endpoint)
    letters = told(await demo.diaries.get("/v1/dead-letters"))["items"]
    (letter,) = [one for one in letters if one["payload"] == {"delivery_id": delivery["id"]}]
    receiver.status = 200
    told(await demo.diaries.post(f"/v1/dead-letters/{letter['id']}/replay"), 202)
    await due_again(house)
    assert (await deliveries(house, endpoint))[0]["delivered_at"]
    assert refusal(await demo.diaries.post(f"/v1/dead-letters/{letter['id']}/replay")) == (404, "not-found")


async def test_an_owner_has_a_delivery_sent_again(house, cluster, receiver, endpoint):
    await published(cluster.cara, cluster)
    await house.catch_up()
    demo = await house.as_service("demo")
    (delivery,) = await deliveries(house, endpoint)
    again = f"/v1/endpoints/{endpoint['id']}/deliveries/{delivery['id']}/replay"
    told(await demo.diaries.post(again), 202)
    await house.run_jobs("diaries")
    assert len(receiver.got) == 2


async def a_clients_asker(house, cluster):
    made = told(
        await cluster.anna.clusters.post(
            f"/v1/clusters/{cluster.id}/clients", json={"name": "Moodle", "scopes": ["webhooks"]}
        ),
        201,
    )
    form = {"grant_type": "client_credentials", "client_id": made["client_id"], "client_secret": made["secret"]}
    granted = told(await house.guest.clusters.post("/v1/tokens", data=form))
    return Asker(house.hosts, bearing(granted["access_token"]))


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/x", "http://localhost/x", "http://[::1]/x", "http://10.0.0.1/x", "http://169.254.169.254/",
     "http://0.0.0.0/x", "http://[::ffff:127.0.0.1]/", "http://100.64.0.1/", "http://no-such-host.invalid/"],
)  # fmt: skip
async def test_addresses_inside_are_not_called_for_others(house, cluster, url):
    asker = await a_clients_asker(house, cluster)
    assert wrong_fields(await register(asker, url=url, cluster_id=cluster.id)) == {"/url": "address_private"}


async def test_a_client_hears_of_its_own_cluster_only(house, cluster, monkeypatch):
    asker = await a_clients_asker(house, cluster)
    for cluster_id in (None, str(uuid4())):
        answer = await register(asker, url="http://1.1.1.1/x", cluster_id=cluster_id)
        assert wrong_fields(answer) == {"/cluster_id": "out_of_reach"}
    made = told(await register(asker, url="http://1.1.1.1/x", cluster_id=cluster.id), 201)
    told(await asker.diaries.delete(f"/v1/endpoints/{made['id']}"), 204)


async def test_an_endpoint_is_its_owners_alone(house, cluster, endpoint):
    asker = await a_clients_asker(house, cluster)
    for answer in (
        await asker.diaries.get(f"/v1/endpoints/{endpoint['id']}/deliveries"),
        await asker.diaries.delete(f"/v1/endpoints/{endpoint['id']}"),
    ):
        assert refusal(answer) == (404, "not-found")
    assert told(await asker.diaries.get("/v1/endpoints")) == []
    assert refusal(await register(cluster.anna)) == (403, "forbidden")


class Dripping:
    """A server that promises an answer and then sends it a byte at a time."""

    async def answer(self, reader, writer):
        self.asked = await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n")
        with suppress(ConnectionError):
            while True:
                writer.write(b"X-A: b\r\n")
                await writer.drain()
                await asyncio.sleep(0.05)


@pytest.fixture
async def dripping():
    dripper = Dripping()
    async with await asyncio.start_server(dripper.answer, "127.0.0.1", 0) as server:
        dripper.port = server.sockets[0].getsockname()[1]
        yield dripper


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433"])
async def test_an_endpoint_whose_name_moved_inside_is_not_called(house, cluster, dripping, host):
    asker = await a_clients_asker(house, cluster)
    made = told(await register(asker, url="http://1.1.1.1/x", cluster_id=cluster.id), 201)
    url = f"http://{host}:{dripping.port}/x"
    await house.rows("diaries", "update endpoint set url = $2 where id = $1", made["id"], url)
    await published(cluster.cara, cluster)
    async with open_http() as http:
        context = house.context("diaries")
        context.resources["inside"] = http
        await catch_up(context.database, context.resources["neighbours"], house.jobs("diaries"), context)
    assert not hasattr(dripping, "asked")
    (delivery,) = told(await asker.diaries.get(f"/v1/endpoints/{made['id']}/deliveries"))["items"]
    assert (delivery["attempts"], delivery["last_status"], delivery["error"]) == (1, 0, "address")


async def test_a_receiver_that_never_ends_its_answer_is_left(house, cluster, dripping, monkeypatch):
    monkeypatch.setattr(delivering, "TIMEOUT", 0.3)
    async with open_http() as http, asyncio.timeout(30):
        endpoint = Endpoint(owner="x", url=f"http://127.0.0.1:{dripping.port}/x", kinds=[], secret="whsec_AAAA")
        delivery = Delivery(endpoint_id=endpoint.id, place=1, body="{}")
        assert (await delivering.post(http, endpoint, delivery)).error == "timeout"
    assert dripping.asked


async def test_programs_hear_nothing_of_drafts(house, cluster, receiver, endpoint):
    demo = await house.as_service("demo")
    everything = told(await register(demo, cluster_id=cluster.id, kinds=[]), 201)
    entry_id = await start(cluster.cara, cluster)
    told(
        await cluster.cara.diaries.put(
            f"/v1/entries/{entry_id}",
            headers={"If-Match": "*"},
            json={"title": "Not for you", "text": "x", "language": "en"},
        )
    )
    told(await add_picture(cluster.cara, entry_id), 201)
    await house.catch_up()
    assert receiver.got == []
    told(await publish(cluster.cara, entry_id))
    told(await cluster.cara.diaries.delete(f"/v1/entries/{entry_id}/publication"), 204)
    told(await add_picture(cluster.cara, entry_id), 201)
    await house.catch_up()
    kinds = [json.loads(body)["type"] for headers, body in receiver.got if headers["webhook-id"]]
    assert sorted(kinds) == ["entry.published", "entry.published", "entry.retracted"]
    told(await demo.diaries.delete(f"/v1/endpoints/{everything['id']}"), 204)

"""A worker goes on whatever breaks, answers how it is, and ends when it is told to."""

import asyncio
import signal
import socket
from datetime import timedelta
from ipaddress import ip_address
from uuid import uuid4

import httpx
import pytest

from kit import worker
from kit.checks import serve_checks
from kit.client import Refused
from kit.clock import real_now
from kit.db import open_database
from kit.feed import Heard
from kit.jobs import Jobs, enqueue
from kit.outside import network
from kit.policy import allowed
from kit.webhooks import delivering
from kit.worker import endure, run_worker
from tests.ports import free_ports


@pytest.fixture
def stopping():
    return asyncio.Event()


async def test_what_breaks_begins_again_until_the_worker_is_told_to_stop(stopping, monkeypatch):
    monkeypatch.setattr(worker, "AGAIN_AFTER", 0)
    breaks = [Refused(503), ConnectionError(), ZeroDivisionError()]

    async def work():
        if breaks:
            raise breaks.pop()
        stopping.set()

    await asyncio.wait_for(endure("work", stopping, work), 5)
    assert breaks == []


async def test_who_was_told_to_stop_begins_nothing(stopping):
    stopping.set()
    await asyncio.wait_for(endure("work", stopping, None), 5)


def waiting(metrics):
    lines = (metrics if isinstance(metrics, str) else metrics.text).splitlines()
    return next(float(line.split()[-1]) for line in lines if line.startswith("staffroom_jobs "))


async def test_a_worker_says_how_far_behind_it_is(house, stopping):
    heard = Heard()
    heard.answered["clusters"] = real_now()
    heard.newest["clusters"] = real_now() - timedelta(hours=1)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        serving = asyncio.create_task(serve_checks(house.database("events"), heard, listener, stopping))
        async with httpx.AsyncClient(base_url=url, timeout=10) as operator:
            assert (await operator.get("/live")).json() == {"live": True}
            assert (await operator.get("/ready")).json() == {"ready": True}
            metrics = (await operator.get("/metrics")).text
            async with house.database("events").transaction() as db:
                await enqueue(db, "nobody.does", after=timedelta(hours=1))
            assert waiting(await operator.get("/metrics")) == waiting(metrics), "its time has not come"
            async with house.database("events").transaction() as db:
                await enqueue(db, "nobody.does", after=timedelta())
            assert waiting(await operator.get("/metrics")) == waiting(metrics) + 1
        stopping.set()
        await asyncio.wait_for(serving, 10)
    await house.rows("events", "delete from pgqueuer where entrypoint = 'nobody.does'")
    behind = [line.split()[-1] for line in metrics.splitlines() if '"clusters"' in line]
    assert any(3_590 < float(seconds) < 3_700 for seconds in behind), metrics


async def test_a_worker_without_its_database_lives_and_is_not_ready(stopping):
    (port,) = free_ports(1)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with open_database(f"postgresql://nobody@127.0.0.1:{port}/nothing", 1) as nowhere:
            serving = asyncio.create_task(serve_checks(nowhere, Heard(), listener, stopping))
            async with httpx.AsyncClient(base_url=url, timeout=10) as operator:
                answers = [(await operator.get(path)).status_code for path in ("/live", "/ready", "/metrics")]
            stopping.set()
            await asyncio.wait_for(serving, 10)
    assert answers == [200, 503, 503]


async def test_a_worker_does_what_is_due_while_its_neighbour_is_away_and_ends_when_it_is_told_to(house, monkeypatch):
    monkeypatch.setattr(delivering, "jobs", Jobs())  # other tests have endpoints outside
    monkeypatch.setattr(worker, "SWEEP_EVERY", 0.01)
    jobs, done, swept, name = Jobs(), asyncio.Event(), asyncio.Event(), f"test.due.{uuid4().hex}"

    @jobs.job(name)
    async def run(context, number):
        done.set()

    async def sweeping(context):
        swept.set()
        raise ConnectionError

    async def apply(db, facts):
        raise AssertionError("nobody tells anything")

    jobs.hourly()(sweeping)
    port, away = free_ports(2)
    settings = house.settings["events"].model_copy(update={"clusters_url": f"http://127.0.0.1:{away}"})
    with socket.create_server(("127.0.0.1", port)) as listener:
        working = asyncio.create_task(run_worker(settings, jobs, {"clusters": apply}, listener=listener))
        async with house.database("events").transaction() as db:
            await enqueue(db, name, number=1)
        await asyncio.wait_for(asyncio.gather(done.wait(), swept.wait()), 30)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10) as operator:
            assert (await operator.get("/ready")).json() == {"ready": True}
        signal.raise_signal(signal.SIGTERM)
        await asyncio.wait_for(working, 30)
    for sign in (signal.SIGTERM, signal.SIGINT):
        assert asyncio.get_running_loop().remove_signal_handler(sign)
    assert not await house.rows("events", "select from pgqueuer where entrypoint = $1", name)


def test_a_route_is_guarded_by_a_row_that_there_is():
    with pytest.raises(LookupError, match="no row"):
        allowed({}, "chair.move")


def test_tries_are_counted_by_the_network_of_a_household():
    assert network(None) == ""
    assert network(ip_address("192.0.2.7")) == network(ip_address("::ffff:192.0.2.7")) == "192.0.2.7/32"
    assert network(ip_address("2001:db8::7")) == network(ip_address("2001:db8::8")) == "2001:db8::/64"

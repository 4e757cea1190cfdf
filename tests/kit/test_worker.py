"""A worker goes on whatever breaks, answers how it is, and ends when it is told to."""

import asyncio
import socket
from datetime import timedelta
from ipaddress import ip_address

import httpx
import pytest

from kit import worker
from kit.checks import serve_checks
from kit.client import Refused
from kit.clock import real_now
from kit.feed import Heard
from kit.outside import network
from kit.policy import allowed
from kit.worker import endure


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
        stopping.set()
        await asyncio.wait_for(serving, 10)
    behind = [line.split()[-1] for line in metrics.splitlines() if '"clusters"' in line]
    assert any(3_590 < float(seconds) < 3_700 for seconds in behind), metrics


def test_a_route_is_guarded_by_a_row_that_there_is():
    with pytest.raises(LookupError, match="no row"):
        allowed({}, "chair.move")


def test_tries_are_counted_by_the_network_of_a_household():
    assert network(None) == ""
    assert network(ip_address("192.0.2.7")) == network(ip_address("::ffff:192.0.2.7")) == "192.0.2.7/32"
    assert network(ip_address("2001:db8::7")) == network(ip_address("2001:db8::8")) == "2001:db8::/64"

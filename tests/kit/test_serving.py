"""Who is slow holds a connection for a while, and nobody holds one for ever."""

import asyncio
import logging
import socket
import time
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import Response

from kit import limits, serving
from kit.limits import BodyLimit
from kit.methods import HeadAsGet
from kit.observe import REGISTRY, Observe
from kit.serving import HeadWithBody, Server

SOON = 0.4


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    for name, module in (("HEAD_WITHIN", serving), ("TAKEN_WITHIN", serving), ("PART_WITHIN", limits)):
        monkeypatch.setattr(module, name, SOON)


@asynccontextmanager
async def running():
    """A server that reads what comes and answers with much; and its port."""
    app = FastAPI()

    @app.post("/")
    async def read(request: Request) -> Response:
        return Response(str(len(await request.body())))

    @app.get("/")
    async def much() -> Response:
        return Response(b"x" * 50_000_000)

    app.add_middleware(BodyLimit, most=lambda headers: 1_000)
    app.add_middleware(HeadAsGet)
    app.add_middleware(Observe)
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(app, listens_to_signals=False)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield server, listener.getsockname()[1]
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def served():
    async with running() as (_, port):
        yield port


async def ends_after(port, *parts, pause=0.0):
    """(what came back, for how long the connection lasted) when no more than these parts are sent."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    begun = time.monotonic()
    try:
        for part in parts:
            writer.write(part)
            await asyncio.sleep(pause)
            await writer.drain()
        came = await asyncio.wait_for(reader.read(), 10)
    except OSError:
        came = b""
    writer.close()
    return came, time.monotonic() - begun


@pytest.mark.parametrize("parts", [(), (b"GET / HT",), (b"POST / HTTP/1.1\r\n", b"Host: x\r\n")])
async def test_who_does_not_finish_the_head_of_a_request_is_left(parts):
    async with served() as port:
        came, lasted = await ends_after(port, *parts)
        assert (came, lasted < 10 * SOON) == (b"", True)


@pytest.mark.parametrize("more", [b"\r\n", b"POST / HT"])
async def test_who_does_not_finish_the_next_head_is_left(more):
    async with served() as port:
        asked = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
        came, lasted = await ends_after(port, asked, more, pause=SOON / 2)
        assert came.endswith(b"\r\n\r\n3")
        assert lasted < 10 * SOON


async def test_a_byte_now_and_then_does_not_finish_a_head_either():
    async with served() as port:
        _, lasted = await ends_after(port, b"GET / HTTP/1.1\r\nA: ", *[b"a"] * 20, pause=SOON / 3)
        assert lasted < 10 * SOON


async def test_a_body_that_stops_coming_is_refused():
    async with served() as port:
        came, lasted = await ends_after(port, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc")
        assert came.startswith(b"HTTP/1.1 408")
        assert lasted < 20 * SOON


async def left_after(server, seconds):
    """How many connections are left, at the latest after so long."""
    begun = time.monotonic()
    while server.server_state.connections and time.monotonic() - begun < seconds:
        await asyncio.sleep(SOON / 4)
    return len(server.server_state.connections)


@pytest.mark.parametrize("more", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"])
async def test_who_does_not_take_the_answer_is_left(more):
    async with running() as (server, port):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await asyncio.sleep(SOON / 4)
        connection.sendall(more)
        held = len(server.server_state.connections)
        left = await left_after(server, 10 * SOON)
        connection.close()
        assert (held, left) == (1, 0)


async def test_a_body_that_was_refused_may_come_to_its_end(monkeypatch):
    monkeypatch.setattr(serving, "TAKEN_WITHIN", 20 * SOON)
    async with running() as (server, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n")
        for _ in range(9):
            writer.write(b"x" * 1_000)
            await asyncio.sleep(SOON / 2)
        assert (await reader.readline()).startswith(b"HTTP/1.1 413")
        held = len(server.server_state.connections)
        left = await left_after(server, 10 * SOON)
        writer.close()
        assert (held, left) == (1, 0)


async def test_a_head_leaves_its_connection_usable(caplog, monkeypatch):
    monkeypatch.setattr(serving, "TAKEN_WITHIN", 30)  # its patience is not what is tried here
    async with served() as port:
        asked = b" / HTTP/1.1\r\nHost: x\r\n"
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"HEAD" + asked + b"\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        writer.write(b"GET" + asked + b"Connection: close\r\n\r\n")
        whole = await asyncio.wait_for(reader.read(), 10)
        writer.close()
    assert b"content-length: 50000000" in head
    assert whole.startswith(b"HTTP/1.1 200")
    assert len(whole) > 50_000_000
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []
    assert REGISTRY.get_sample_value("staffroom_requests_total", {"method": "HEAD", "route": "/", "status": "200"})


async def test_a_whole_request_is_answered_as_before():
    async with served() as port:
        sent = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc"
        came, _ = await ends_after(port, sent)
        assert came.endswith(b"\r\n\r\n3")


class Sent(asyncio.Transport):
    """A transport that only keeps what is sent, packet by packet."""

    def __init__(self):
        super().__init__()
        self.packets = []

    def write(self, data):
        self.packets.append(bytes(data))

    def writelines(self, pieces):
        self.packets.append(b"".join(pieces))

    def close(self):
        self.packets.append("closed")


def head_with_body():
    sent = Sent()
    return HeadWithBody(sent, asyncio.get_running_loop()), sent.packets


HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"


async def test_a_head_leaves_with_its_body_and_every_answer_on_a_connection_does_so():
    transport, packets = head_with_body()
    for part in (HEAD, b"ab", HEAD, b"cd"):
        transport.write(part)
    await asyncio.sleep(0)
    assert packets == [HEAD + b"ab", HEAD + b"cd"]


async def test_a_head_whose_body_is_yet_to_come_does_not_wait_for_it():
    transport, packets = head_with_body()
    transport.write(HEAD)
    await asyncio.sleep(0)
    transport.write(b"data: news\n\n")
    transport.write(b"data: more\n\n")
    assert packets == [HEAD, b"data: news\n\n", b"data: more\n\n"]


async def test_what_is_closed_has_sent_its_head():
    transport, packets = head_with_body()
    transport.write(HEAD)
    transport.close()
    await asyncio.sleep(0)
    assert packets == [HEAD, "closed"]

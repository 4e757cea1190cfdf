"""A small HTTP client that asks the same thing again and again over a few kept connections."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from httptools import HttpResponseParser

CONNECTIONS = 8


@dataclass(frozen=True)
class Request:
    """`redirects`: its success is a redirect (303)."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    redirects: bool = False

    def on_the_wire(self, host: str) -> bytes:
        headers = {"host": host, "content-length": str(len(self.body))} | self.headers
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"{self.method} {self.path} HTTP/1.1\r\n{lines}\r\n".encode() + self.body


class Asker(asyncio.Protocol):
    """One connection: sends what `next_request` says as soon as the answer before it is whole."""

    def __init__(self, host: str, next_request: Callable[[], Request], until: float) -> None:
        self.host, self.next_request, self.until = host, next_request, until
        self.seconds: list[float] = []
        self.failures: dict[int, int] = {}
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        if time.perf_counter() >= self.until:
            self.transport.close()
            return
        self.parser = HttpResponseParser(self)
        self.request = self.next_request()
        self.began = time.perf_counter()
        self.transport.write(self.request.on_the_wire(self.host))  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_message_complete(self) -> None:
        self.seconds.append(time.perf_counter() - self.began)
        status = self.parser.get_status_code()
        if not 200 <= status < 300 and not (status == 303 and self.request.redirects):
            self.failures[status] = self.failures.get(status, 0) + 1
        asyncio.get_running_loop().call_soon(self._ask)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


@dataclass(frozen=True)
class Measured:
    rps: float
    p50_ms: float
    p95_ms: float
    requests: int


class Failed(RuntimeError):
    """Answers that were no success: the figure would mean nothing."""


async def hammer(
    base_url: str, requests: list[Callable[[], Request]], seconds: float, connections: int = CONNECTIONS
) -> Measured:
    """Ask for `seconds` over these connections; `requests` gives each of them what it asks. Raises Failed."""
    parts = urlsplit(base_url)
    assert parts.hostname
    assert parts.port
    began = time.perf_counter()
    loop = asyncio.get_running_loop()
    askers: list[Asker] = []
    for number in range(connections):
        asking = requests[number % len(requests)]
        _, asker = await loop.create_connection(
            lambda asking=asking: Asker(parts.netloc, asking, began + seconds),  # type: ignore[misc]
            parts.hostname,
            parts.port,
        )
        askers.append(asker)
    await asyncio.gather(*(asker.done for asker in askers))
    took = time.perf_counter() - began
    failures = [asker.failures for asker in askers if asker.failures]
    if failures:
        raise Failed(f"{base_url}: {failures}")
    times = sorted(second for asker in askers for second in asker.seconds)
    return Measured(
        rps=len(times) / took,
        p50_ms=times[len(times) // 2] * 1000,
        p95_ms=times[int(len(times) * 0.95)] * 1000,
        requests=len(times),
    )

"""The references beside the house: their processes, on a PostgreSQL of their own, and their rows."""

import asyncio
import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg

from bench import shape
from bench.rows import Row, get
from deploy.local.postgres import Postgres

PACKED = {"accept-encoding": "gzip"}


def reference_rows(port: int) -> list[Row]:
    return [
        Row("reference-constant", port, get("/constant")),
        Row("reference-query", port, get("/query")),
        Row("reference-page", port + 1, get("/page", **PACKED)),
        Row("reference-two", port + 1, get("/two", **PACKED)),
    ]


@contextlib.contextmanager
def references(folder: Path, port: int) -> Iterator[list[int]]:
    """The process ids of all that answers; four ports from `port` on are used."""
    server = Postgres(folder)
    url = server.ensure()
    asyncio.run(_prepare(url))
    services = [f"http://127.0.0.1:{port + n}" for n in (2, 3)]
    commands = [
        ["bench.reference", str(port), url],
        ["bench.shape", "web", str(port + 1), *services],
        *(["bench.shape", "service", str(port + n), url] for n in (2, 3)),
    ]
    processes = [subprocess.Popen([sys.executable, "-m", *command]) for command in commands]
    try:
        for n in range(len(processes)):
            _wait_for(port + n)
        yield [*(process.pid for process in processes), *([pid] if (pid := server.pid()) else [])]
    finally:
        for process in processes:
            process.terminate()
            process.wait(10)
        server.stop()


async def _prepare(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(shape.TABLES)
    finally:
        await connection.close()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing answers on port {port}")

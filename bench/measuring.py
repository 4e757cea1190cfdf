"""How a row is measured: requests a second, how long they take, and the CPU of all processes."""

import asyncio
import gzip
import re
from dataclasses import asdict, dataclass
from typing import Any

import httpx

from bench.hammer import hammer
from bench.processes import cpu_seconds, family
from bench.rows import Row
from bench.scene import Scene

WARM_UP = 2.0


@dataclass
class Figures:
    """`cpu_ms` for each request, with the jobs that a write leaves behind; `ratio` of rates to the query reference.

    `growth` of the CPU from this size to the full one, where that was measured.
    """

    name: str
    rps: float
    p50_ms: float
    p95_ms: float
    cpu_ms: float
    ratio: float = 0.0
    growth: float | None = None

    def rounded(self) -> dict[str, Any]:
        return {name: round(value, 3) if isinstance(value, float) else value for name, value in asdict(self).items()}


async def measure(row: Row, roots: list[int], seconds: float, workers: range = range(0)) -> Figures:
    """`roots` and all that they started are looked at; `workers` are the ports that say what waits."""
    url = f"http://127.0.0.1:{row.port}"
    await hammer(url, row.asks, min(WARM_UP, seconds), row.connections)
    if row.writes:
        await until_nothing_waits(workers)
    before = _cpu(roots)
    measured = await hammer(url, row.asks, seconds, row.connections)
    if row.writes:
        await until_nothing_waits(workers)
    used = _cpu(roots) - before
    cpu_ms = used * 1000 / measured.requests
    return Figures(row.name, measured.rps, measured.p50_ms, measured.p95_ms, cpu_ms)


def _cpu(roots: list[int]) -> float:
    return cpu_seconds([pid for root in roots for pid in family(root)])


async def until_nothing_waits(workers: range) -> None:
    """Until the workers have no job left. Raises TimeoutError after ten minutes."""
    async with httpx.AsyncClient() as http:
        for _ in range(1_200):
            figures = [await http.get(f"http://127.0.0.1:{port}/metrics") for port in workers]
            if all("\nstaffroom_jobs 0.0" in answer.text for answer in figures):
                return
            await asyncio.sleep(0.5)
    raise TimeoutError("the workers do not come to rest")


async def first_view(scene: Scene, port: int) -> dict[str, float]:
    """Compressed bytes and requests of Today with everything that it loads, and of the page after it."""
    headers = {"cookie": scene.cookie, "accept-encoding": "gzip"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers) as browser:

        async def weight(path: str) -> tuple[int, str]:
            async with browser.stream("GET", path) as answer:
                raw = b"".join([chunk async for chunk in answer.aiter_raw()])
                body = gzip.decompress(raw) if answer.headers.get("content-encoding") == "gzip" else raw
                return len(raw), body.decode(errors="replace")

        page, html = await weight("/")
        files = sorted(set(re.findall(r"/static/[\w.-]+", html)))
        sizes = [(await weight(file))[0] for file in files]
        following, _ = await weight("/events")
    return {
        "first_view_kb": round((page + sum(sizes)) / 1024, 1),
        "first_view_requests": 1 + len(files),
        "next_page_kb": round(following / 1024, 1),
    }

"""make bench: prints ratios against the references of the same run, and keeps them in bench/results/latest.json."""

import argparse
import asyncio
import contextlib
import gzip
import itertools
import json
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from bench.hammer import CONNECTIONS, Request, hammer
from bench.house import House
from bench.processes import cpu_seconds, family, memory_mb
from bench.scene import Scene, set_the_scene
from deploy.local.postgres import Postgres

HERE = Path(__file__).parent
HOME = HERE.parent / "var" / "bench"
PORT, REFERENCE_PORT = 8600, 8610
JSON = {"content-type": "application/json"}

Ask = Callable[[], Request]


def get(path: str, **headers: str) -> list[Ask]:
    request = Request("GET", path, headers)
    return [lambda: request]


def rows_of(scene: Scene, secret: str) -> list[tuple[str, int, list[Ask]]]:
    """Name, port, and what each connection asks."""
    page = {"cookie": scene.cookie, "accept-encoding": "gzip"}
    bearer = {"authorization": f"Bearer {scene.tokens[0]}"}
    credentials = {"grant_type": "client_credentials", "client_id": "demo", "client_secret": secret}
    form = {"content-type": "application/x-www-form-urlencoded"}
    token = Request("POST", "/v1/tokens", form, urlencode(credentials).encode())
    return [
        ("api-events", PORT + 2, get(f"/v1/events?cluster_id={scene.cluster_id}", **bearer)),
        ("today", PORT, get("/", **page)),
        ("event-page", PORT, get(f"/events/{scene.event_id}", **page)),
        ("entry-member", PORT, get(f"/entries/{scene.entry_id}", **page)),
        ("entry-guest", PORT, get(f"/entries/{scene.entry_id}")),
        ("token", PORT + 1, [lambda: token]),
        ("register", PORT + 2, [registering(scene, n) for n in range(CONNECTIONS)]),
        ("comment", PORT + 3, [commenting(scene, n) for n in range(CONNECTIONS)]),
    ]


def registering(scene: Scene, n: int) -> Ask:
    """One teacher who cannot decide between the sites."""
    headers = JSON | {"authorization": f"Bearer {scene.tokens[1 + n]}"}
    path = f"/v1/events/{scene.busy_event_id}/registrations/{scene.people[1 + n]}"
    places = itertools.cycle(scene.places[:2])
    return lambda: Request("PUT", path, headers, json.dumps({"place_id": next(places)}).encode())


def commenting(scene: Scene, n: int) -> Ask:
    headers = JSON | {"authorization": f"Bearer {scene.tokens[1 + n]}"}
    body = json.dumps({"kind": "takeaway", "text": "Begin with two children, not with a class."}).encode()
    return lambda: Request("POST", f"/v1/entries/{scene.busy_entry_id}/comments", headers, body)


@contextlib.contextmanager
def references() -> Iterator[list[int]]:
    """The two reference pages on a PostgreSQL of their own; the processes that serve them."""
    server = Postgres(HOME / "reference")
    url = server.ensure()
    process = subprocess.Popen([sys.executable, "-m", "bench.reference", str(REFERENCE_PORT), url])
    try:
        _wait_for(REFERENCE_PORT)
        pid = int((HOME / "reference" / "postmaster.pid").read_text().split()[0]) if _has_pid() else 0
        yield [process.pid, *([pid] if pid else [])]
    finally:
        process.terminate()
        process.wait(10)
        server.stop()


def _has_pid() -> bool:
    return (HOME / "reference" / "postmaster.pid").exists()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing answers on port {port}")


async def measure(name: str, port: int, requests: list[Ask], roots: list[int], seconds: float) -> dict[str, Any]:
    url = f"http://127.0.0.1:{port}"
    await hammer(url, requests, min(2.0, seconds))
    pids = [pid for root in roots for pid in family(root)]
    before = cpu_seconds(pids)
    measured = await hammer(url, requests, seconds)
    used = cpu_seconds([pid for root in roots for pid in family(root)]) - before
    return {
        "name": name,
        "rps": round(measured.rps, 1),
        "p50_ms": round(measured.p50_ms, 2),
        "p95_ms": round(measured.p95_ms, 2),
        "cpu_ms": round(used * 1000 / measured.requests, 3),
    }


async def first_view(scene: Scene) -> dict[str, Any]:
    """Compressed bytes and requests of Today with everything that it loads, and of the page after it."""
    headers = {"cookie": scene.cookie, "accept-encoding": "gzip"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{PORT}", headers=headers) as browser:

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


async def until_nothing_waits() -> None:
    """Setting the scene tells 200 people of 25 events: what the workers do about it belongs to no row.

    Raises TimeoutError after ten minutes.
    """
    async with httpx.AsyncClient() as http:
        for _ in range(600):
            figures = [await http.get(f"http://127.0.0.1:{port}/metrics") for port in range(PORT + 4, PORT + 7)]
            if all("\nstaffroom_jobs 0.0" in answer.text for answer in figures):
                return
            await asyncio.sleep(1)
    raise TimeoutError("the workers do not come to rest")


async def run(seconds: float) -> dict[str, Any]:
    shutil.rmtree(HOME, ignore_errors=True)
    house = House(HOME, PORT)
    first = house.start()
    house.stop()
    second = house.start()
    try:
        with references() as reference_pids:
            await asyncio.sleep(5)
            at_rest = memory_mb(family(house.process.pid))
            scene = await set_the_scene(PORT, house.demo_secret)
            await until_nothing_waits()
            seen = await first_view(scene)
            rows = [
                await measure("reference-constant", REFERENCE_PORT, get("/constant"), reference_pids, seconds),
                await measure("reference-query", REFERENCE_PORT, get("/query"), reference_pids, seconds),
            ]
            for name, port, requests in rows_of(scene, house.demo_secret):
                rows.append(await measure(name, port, requests, [house.process.pid], seconds))
            figures = {
                "first_start_s": round(first, 1),
                "second_start_s": round(second, 1),
                "memory_mb": round(at_rest),
            }
            figures |= seen
    finally:
        house.stop()
    query = next(row["rps"] for row in rows if row["name"] == "reference-query")
    for row in rows:
        row["ratio"] = round(row["rps"] / query, 3)
    machine = {"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version()}
    return {
        "machine": machine,
        "connections": CONNECTIONS,
        "seconds": seconds,
        "rows": rows,
        "figures": figures,
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0, help="for each row")
    result = asyncio.run(run(parser.parse_args().seconds))
    (HERE / "results").mkdir(exist_ok=True)
    (HERE / "results" / "latest.json").write_text(json.dumps(result, indent=2) + "\n")
    print(f"{'':20} {'req/s':>9} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8} {'ratio':>7}")
    for row in result["rows"]:
        print("{name:20} {rps:9.1f} {p50_ms:8.2f} {p95_ms:8.2f} {cpu_ms:8.3f} {ratio:7.3f}".format(**row))
    for name, value in result["figures"].items():
        print(f"{name:20} {value}")


if __name__ == "__main__":
    main()

"""make bench: prints ratios against the references of the same run, and keeps them in bench/results/latest.json.

With --full every row is measured at the size of `make bench-data`, too.
"""

import argparse
import asyncio
import json
import os
import platform
import shutil
import time
from pathlib import Path
from typing import Any

from bench import data
from bench.counting import counted_anew
from bench.hammer import CONNECTIONS, hammer
from bench.house import House
from bench.measuring import Figures, first_view, measure, until_nothing_waits
from bench.processes import family, memory_mb
from bench.references import reference_rows, references
from bench.rows import rows_of
from bench.scene import TEACHERS, Scene, announce, set_the_scene

HERE = Path(__file__).parent
HOME = HERE.parent / "var" / "bench"
PORT, REFERENCE_PORT = 8600, 8610
LETTERS = 10_000
REST = 40.0  # seconds after its start; connections that only the start needed are closed
AUTOVACUUM = 20.0  # seconds after which the embedded PostgreSQL knows how large the scene is


def run(seconds: float, names: set[str], full: bool) -> dict[str, Any]:
    shutil.rmtree(HOME, ignore_errors=True)
    house = House(HOME, PORT)
    first = house.start()
    house.stop()
    second = house.start()
    try:
        scene, figures = asyncio.run(_prepared(house))
        with references(HOME / "reference", REFERENCE_PORT) as reference_pids:
            rows = asyncio.run(_references(reference_pids, seconds))
        ours = asyncio.run(_measured(house, scene, seconds, names))
        figures |= asyncio.run(_alone(house, scene, seconds))
        figures |= asyncio.run(_letters(house, scene))
    finally:
        house.stop()
    if full:
        full_size, counted = _at_full_size(seconds, names)
        _add_growth(ours, full_size)
        figures |= counted
    query = next(row.rps for row in rows if row.name == "reference-query")
    for row in (*rows, *ours):
        row.ratio = row.rps / query
    return {
        "machine": {"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version()},
        "connections": CONNECTIONS,
        "seconds": seconds,
        "rows": [row.rounded() for row in (*rows, *ours)],
        "figures": {"first_start_s": round(first, 1), "second_start_s": round(second, 1)} | figures,
    }


async def _references(pids: list[int], seconds: float) -> list[Figures]:
    return [await measure(row, pids, seconds) for row in reference_rows(REFERENCE_PORT)]


async def _prepared(house: House) -> tuple[Scene, dict[str, float]]:
    """The scene, at rest, in a house whose tables are known to its PostgreSQL; what it weighs."""
    await asyncio.sleep(REST)
    figures: dict[str, float] = {"memory_mb": round(memory_mb(family(house.process.pid)))}
    scene = await set_the_scene(house.port, house.demo_secret)
    await until_nothing_waits(house.workers)
    await asyncio.sleep(AUTOVACUUM)
    return scene, figures | await first_view(scene, house.port)


async def _measured(house: House, scene: Scene, seconds: float, names: set[str]) -> list[Figures]:
    ours = rows_of(scene, house.port, house.demo_secret)
    wanted = [row for row in ours if not names or row.name in names]
    return [await measure(row, [house.process.pid], seconds, house.workers) for row in wanted]


async def _alone(house: House, scene: Scene, seconds: float) -> dict[str, float]:
    """How long one takes who is the only one to ask for a place."""
    register = next(row for row in rows_of(scene, house.port, house.demo_secret) if row.name == "register")
    alone = await hammer(f"http://127.0.0.1:{register.port}", register.asks[:1], min(2.0, seconds), connections=1)
    return {"register_alone_p50_ms": round(alone.p50_ms, 2)}


async def _letters(house: House, scene: Scene) -> dict[str, float]:
    """Seconds from the first of ten thousand letters that are asked for until the last is out."""
    began = time.perf_counter()
    await announce(scene, house.port, house.demo_secret, LETTERS // TEACHERS)
    await until_nothing_waits(house.workers)
    return {"ten_thousand_letters_s": round(time.perf_counter() - began, 1)}


def _at_full_size(seconds: float, names: set[str]) -> tuple[list[Figures], dict[str, float]]:
    """Raises SystemExit where that house has no data yet."""
    if not (data.HOME / "seeded").exists():
        raise SystemExit("There is no house of full size yet: make bench-data")
    house = House(data.HOME, data.PORT)
    house.start()
    try:
        counted = asyncio.run(counted_anew())
        scene, _ = asyncio.run(_prepared(house))
        return asyncio.run(_measured(house, scene, seconds, names)), counted
    finally:
        house.stop()


def _add_growth(rows: list[Figures], full: list[Figures]) -> None:
    for row, large in zip(rows, full, strict=True):
        row.growth = large.cpu_ms / row.cpu_ms


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0, help="for each row")
    parser.add_argument("--rows", default="", help="only these, with commas between; nothing is kept then")
    parser.add_argument("--full", action="store_true", help="at the size of make bench-data, too")
    said = parser.parse_args()
    names = {name for name in said.rows.split(",") if name}
    result = run(said.seconds, names, said.full)
    if not names:
        (HERE / "results").mkdir(exist_ok=True)
        (HERE / "results" / "latest.json").write_text(json.dumps(result, indent=2) + "\n")
    print(f"{'':20} {'req/s':>9} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8} {'ratio':>7} {'growth':>7}")
    line = "{name:20} {rps:9.1f} {p50_ms:8.2f} {p95_ms:8.2f} {cpu_ms:8.3f} {ratio:7.3f} {growth:>7}"
    for row in result["rows"]:
        print(line.format(**row | {"growth": row["growth"] or ""}))
    for name, value in result["figures"].items():
        print(f"{name:20} {value}")


if __name__ == "__main__":
    main()

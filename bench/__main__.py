"""make bench: prints ratios against the references of the same run, and keeps them in bench/results/latest.json."""

import argparse
import asyncio
import json
import os
import platform
import shutil
from pathlib import Path
from typing import Any

from bench.hammer import CONNECTIONS, hammer
from bench.house import House
from bench.measuring import Figures, first_view, measure, until_nothing_waits
from bench.processes import family, memory_mb
from bench.references import reference_rows, references
from bench.rows import rows_of
from bench.scene import set_the_scene

HERE = Path(__file__).parent
HOME = HERE.parent / "var" / "bench"
PORT, REFERENCE_PORT = 8600, 8610
WORKERS = range(PORT + 4, PORT + 7)


def run(seconds: float, names: set[str]) -> dict[str, Any]:
    shutil.rmtree(HOME, ignore_errors=True)
    house = House(HOME, PORT)
    first = house.start()
    house.stop()
    second = house.start()
    try:
        with references(HOME / "reference", REFERENCE_PORT) as reference_pids:
            rows, figures = asyncio.run(_measured(house, reference_pids, seconds, names))
    finally:
        house.stop()
    query = next(row.rps for row in rows if row.name == "reference-query")
    for row in rows:
        row.ratio = row.rps / query
    return {
        "machine": {"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version()},
        "connections": CONNECTIONS,
        "seconds": seconds,
        "rows": [row.rounded() for row in rows],
        "figures": {"first_start_s": round(first, 1), "second_start_s": round(second, 1)} | figures,
    }


async def _measured(
    house: House, reference_pids: list[int], seconds: float, names: set[str]
) -> tuple[list[Figures], dict[str, float]]:
    await asyncio.sleep(5)
    figures: dict[str, float] = {"memory_mb": round(memory_mb(family(house.process.pid)))}
    scene = await set_the_scene(PORT, house.demo_secret)
    await until_nothing_waits(WORKERS)
    figures |= await first_view(scene, PORT)
    rows = [await measure(row, reference_pids, WORKERS, seconds) for row in reference_rows(REFERENCE_PORT)]
    ours = rows_of(scene, PORT, house.demo_secret)
    wanted = [row for row in ours if not names or row.name in names]
    rows += [await measure(row, [house.process.pid], WORKERS, seconds) for row in wanted]
    register = next(row for row in ours if row.name == "register")
    alone = await hammer(f"http://127.0.0.1:{register.port}", register.asks[:1], min(2.0, seconds), connections=1)
    figures["register_alone_p50_ms"] = round(alone.p50_ms, 2)
    return rows, figures


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0, help="for each row")
    parser.add_argument("--rows", default="", help="only these, with commas between; nothing is kept then")
    said = parser.parse_args()
    names = {name for name in said.rows.split(",") if name}
    result = run(said.seconds, names)
    if not names:
        (HERE / "results").mkdir(exist_ok=True)
        (HERE / "results" / "latest.json").write_text(json.dumps(result, indent=2) + "\n")
    print(f"{'':20} {'req/s':>9} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8} {'ratio':>7}")
    for row in result["rows"]:
        print("{name:20} {rps:9.1f} {p50_ms:8.2f} {p95_ms:8.2f} {cpu_ms:8.3f} {ratio:7.3f}".format(**row))
    for name, value in result["figures"].items():
        print(f"{name:20} {value}")


if __name__ == "__main__":
    main()

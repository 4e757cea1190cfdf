"""The demonstration year as it stands in `year/`: one folder per cluster, one file per entry."""

import tomllib
from pathlib import Path
from typing import Any

from demo.shapes import Year

YEAR = Path(__file__).parent / "year"
EVENTS = ("former_year", "present_year", "around_today")


def read_year() -> Year:
    house = _read(YEAR / "house.toml")
    clusters = [_read_cluster(YEAR / name) for name in house.pop("cluster_folders")]
    holidays = _read(YEAR / "holidays.toml")
    return Year.model_validate(house | {"holidays": holidays, "clusters": clusters})


def _read_cluster(folder: Path) -> dict[str, Any]:
    cluster = _read(folder / "cluster.toml") | {"key": folder.name}
    cluster["events"] = [event for name in EVENTS for event in _read(folder / f"{name}.toml")["events"]]
    cluster["entries"] = [_read(path) | {"key": path.stem} for path in sorted((folder / "entries").glob("*.toml"))]
    return cluster


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)

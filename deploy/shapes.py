"""The shapes of countries for the maps of web: taken from world-atlas, cut down, and laid flat once, when it is built.

In the file, `arcs` are lines (x, y, x, y, ...) in parts of a degree of Mercator, `countries` are rings of numbers of
arcs by their codes (below 0 is an arc the other way round: ~n), and `borders` are the arcs between two of them.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icu

from kit.maps.mercator import AROUND, Point, flat

SOURCE = "Natural Earth (public domain), as packed by world-atlas (ISC, Michael Bostock)"
DETAIL = 2.0  # what a line may be off, in those parts: less than a kilometre
ANTARCTICA = "010"
NAMELESS = "-"  # land that has no code of its own
CODES = {"Kosovo": "XK"}  # known to people, not to ISO 3166


def shapes(atlas: dict[str, Any]) -> dict[str, Any]:
    """What web draws, of a topology of world-atlas."""
    lines = [thinned(whole([flat(*place) for place in _places(arc, atlas["transform"])])) for arc in atlas["arcs"]]
    countries: dict[str, list[list[list[int]]]] = {}
    owners: Counter[int] = Counter()
    for geometry in atlas["objects"]["countries"]["geometries"]:
        if geometry.get("id") == ANTARCTICA:
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        countries.setdefault(_code(geometry), []).extend(ring for polygon in polygons for ring in polygon)
        owners.update({arc if arc >= 0 else ~arc for polygon in polygons for ring in polygon for arc in ring})
    return {
        "source": SOURCE,
        "arcs": [[number for point in line for number in point] for line in lines],
        "countries": countries,
        "borders": sorted(arc for arc, of in owners.items() if of > 1),
    }


def _code(geometry: dict[str, Any]) -> str:
    if "id" not in geometry:
        return CODES.get(geometry["properties"]["name"], NAMELESS)
    code: str = icu.Region.getInstance(int(geometry["id"])).getRegionCode()
    return code


def _places(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[tuple[float, float]]:
    """The longitudes and latitudes of an arc, of which the file has the steps."""
    (width, height), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield x * width + west, y * height + south


def whole(line: list[Point]) -> list[Point]:
    """A line that goes on beyond the edge of the world, instead of coming in again on the other side."""
    joined = line[:1]
    for x, y in line[1:]:
        joined.append((x + round((joined[-1][0] - x) / AROUND) * AROUND, y))
    return joined


def thinned(line: list[Point]) -> list[Point]:
    """A line without the points that it hardly needs (Douglas and Peucker); its ends stay, so that lines still meet."""
    kept = {0, len(line) - 1}
    open_parts = [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        inner = range(first + 1, last)
        far = max(inner, key=lambda n: _off(line[n], line[first], line[last]), default=0)
        if inner and _off(line[far], line[first], line[last]) > DETAIL:
            kept.add(far)
            open_parts += [(first, far), (far, last)]
    return [line[n] for n in sorted(kept)]


def _off(point: Point, start: Point, end: Point) -> float:
    """How far a point is from a straight line."""
    (x, y), (ax, ay), (bx, by) = point, start, end
    long = math.hypot(bx - ax, by - ay)
    return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / long if long else math.hypot(x - ax, y - ay)


def write(atlas: Path, file: Path) -> None:
    file.write_text(json.dumps(shapes(json.loads(atlas.read_text())), separators=(",", ":")))

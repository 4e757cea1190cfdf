"""The shapes of countries, as the front-end build cut them from world-atlas (`deploy/shapes.py`)."""

import json
from array import array
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

from kit.maps.beyond import PLACES
from kit.maps.mercator import AROUND, Point, apart, flat, parts_of

FILE = Path(__file__).parents[2] / "web" / "static" / "dist" / "countries.json"
FAR = 50.0  # kilometres: shapes are cut down, and small islands near a coast are not on them
TURNS = -AROUND, 0, AROUND


class Box(NamedTuple):
    west: int
    south: int
    east: int
    north: int

    def meets(self, other: "Box") -> bool:
        beside = self.east < other.west or other.east < self.west
        return not (beside or self.north < other.south or other.north < self.south)

    def turns(self, other: "Box") -> list[int]:
        """How far this is moved to meet the other: not at all, or once around the world."""
        if self.north < other.south or other.north < self.south:
            return []
        return [turn for turn in TURNS if self.west + turn <= other.east and other.west <= self.east + turn]

    def moved(self, turn: int) -> "Box":
        return Box(self.west + turn, self.south, self.east + turn, self.north)

    def wider(self, by: float) -> "Box":
        more = round(by)
        return Box(self.west - more, self.south - more, self.east + more, self.north + more)


class Ring(NamedTuple):
    """A line around land, or around what is cut out of it: numbers of arcs, as in the file."""

    arcs: list[int]
    box: Box


@dataclass(frozen=True)
class Shapes:
    arcs: list["array[int]"]
    countries: dict[str, list[Ring]]
    borders: list[tuple[int, Box]]

    def line(self, arc: int) -> list[Point]:
        """The points of an arc; of ~n those of n from its end."""
        if arc < 0:
            return self.line(~arc)[::-1]
        numbers = self.arcs[arc]
        return list(zip(numbers[::2], numbers[1::2], strict=True))

    def around(self, arcs: list[int]) -> list[Point]:
        """The points of a ring; each arc goes on where the one before ended, also where the world is cut in two."""
        points: list[Point] = []
        for line in map(self.line, arcs):
            turn = round((points[-1][0] - line[0][0]) / AROUND) * AROUND if points else 0
            points += [(x + turn, y) for x, y in line] if turn else line
        return points


def box_of(points: list[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


@cache
def shapes() -> Shapes:
    said = json.loads(FILE.read_text())
    known = Shapes([array("i", numbers) for numbers in said["arcs"]], {}, [])
    for code, rings in said["countries"].items():
        known.countries[code] = [Ring(arcs, box_of(known.around(arcs))) for arcs in rings]
    known.borders.extend((arc, box_of(known.line(arc))) for arc in said["borders"])
    return known


def is_far_from(country: str, latitude: float, longitude: float) -> bool:
    """Whether a place is neither in this country nor near it; never where its shape is not known."""
    (x, y), known = flat(longitude, latitude), shapes()
    near = parts_of(FAR, y)
    rings = known.countries.get(country, [])
    if not rings or any(apart((latitude, longitude), place) <= FAR for place in PLACES.get(country, {}).values()):
        return False
    return not any(_is_there((x + turn, y), known, rings, near) for turn in TURNS)


def _is_there(place: Point, known: Shapes, rings: list[Ring], near: float) -> bool:
    here = Box(*place, *place).wider(near)
    lines = [known.around(ring.arcs) for ring in rings if ring.box.meets(here)]
    return _within(place, lines) or any(_passes(place, line, near) for line in lines)


def _within(place: Point, lines: list[list[Point]]) -> bool:
    """Whether a line from here to the west crosses an odd number of borders."""
    x, y = place
    crossed = False
    for (ax, ay), (bx, by) in chain.from_iterable(map(pairwise, lines)):
        if (ay > y) != (by > y) and x > ax + (y - ay) * (bx - ax) / (by - ay):
            crossed = not crossed
    return crossed


def _passes(place: Point, line: list[Point], near: float) -> bool:
    """Whether any piece of the line comes so near."""
    x, y = place
    for (ax, ay), (bx, by) in pairwise(line):
        dx, dy = bx - ax, by - ay
        along = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy or 1)))
        if (ax + along * dx - x) ** 2 + (ay + along * dy - y) ** 2 <= near * near:
            return True
    return False

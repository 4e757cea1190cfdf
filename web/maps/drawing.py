"""What of the world a map shows, and the paths of its land: worked out once for each frame, then kept."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kit.maps.mercator import AROUND, Point, kilometres, parts_of, without_a_seam
from kit.maps.shapes import Box, Ring, Shapes, shapes

WIDE, HIGH = 3200, 2400  # of the drawing
MARGIN = 40  # around it, so that the cut does not show
CLOSE, ROUGH = 8.0, 50.0  # points nearer than that are one; in a corner, where a country is small
ROOM = 1.4  # around the outermost schools
ROUND = 1.15  # around a country
NEAR = 1500.0  # kilometres: land of a country that is farther away is not where its schools are
KEPT = 2_000


class Frame(NamedTuple):
    """A piece of the flat world: its corner in the north west, and how many parts it is wide."""

    west: int
    north: int
    width: int

    @property
    def box(self) -> Box:
        return Box(self.west, self.north - self.width * HIGH // WIDE, self.west + self.width, self.north)

    @property
    def middle(self) -> Point:
        return self.west + self.width // 2, self.north - self.width * HIGH // WIDE // 2

    def at(self, point: Point) -> Point:
        """Where a place stands in the drawing."""
        scale = WIDE / self.width
        return round((point[0] - self.west) * scale), round((self.north - point[1]) * scale)


@dataclass(frozen=True)
class Land:
    """Paths: the countries that the map is about, the others, and the lines between countries."""

    home: str
    near: str
    borders: str


def framed(points: list[Point], least: float) -> tuple[Frame, list[Point]]:
    """A frame around places, at least so many kilometres wide; and the places as they stand in it."""
    points = without_a_seam(points)
    xs, ys = zip(*points, strict=True)
    middle = (min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2
    across, down = min((max(xs) - min(xs)) * ROOM, AROUND), (max(ys) - min(ys)) * ROOM * WIDE / HIGH
    width = round(max(across, down, parts_of(least, middle[1])))
    return Frame(middle[0] - width // 2, middle[1] + width * HIGH // WIDE // 2, width), points


@lru_cache(maxsize=KEPT)
def around_country(country: str, middle: Point) -> Frame | None:
    """A frame around the land of a country there, without what it has in other parts of the world."""
    near = parts_of(NEAR, middle[1])
    here = Box(*middle, *middle).wider(near)
    rings = shapes().countries.get(country, [])
    boxes = [ring.box.moved(turn) for ring in rings for turn in ring.box.turns(here)]
    if not boxes:
        return None
    main = max(boxes, key=lambda box: (box.east - box.west) * (box.north - box.south))
    close = main.wider((main.east - main.west) / 5)
    boxes = [box for box in boxes if box.meets(close)]
    west, east = min(box.west for box in boxes), max(box.east for box in boxes)
    south, north = min(box.south for box in boxes), max(box.north for box in boxes)
    width = round(max(east - west, (north - south) * WIDE / HIGH) * ROUND)
    return Frame((west + east - width) // 2, (south + north + width * HIGH // WIDE) // 2, width)


@lru_cache(maxsize=KEPT)
def land(frame: Frame, homes: frozenset[str]) -> Land:
    known = shapes()
    near = "".join(outline(frame, country) for country in known.countries if country not in homes)
    borders = "".join(path for arc, box in known.borders for path in _border(known, arc, box, frame))
    return Land("".join(outline(frame, country) for country in sorted(homes)), near, borders)


def outline(frame: Frame, country: str, close: float = CLOSE) -> str:
    """The land of one country."""
    known = shapes()
    return "".join(path for ring in known.countries.get(country, []) for path in _ring(known, ring, frame, close))


def _ring(known: Shapes, ring: Ring, frame: Frame, close: float) -> Iterable[str]:
    for turn in ring.box.turns(frame.box):
        line = cut(_thinned(frame, known.around(ring.arcs), turn, close))
        if len(line) > 2:
            yield _path(line) + "z"


def _border(known: Shapes, arc: int, box: Box, frame: Frame) -> Iterable[str]:
    """The pieces of a line that are in the frame, each with a point outside where it comes and goes."""
    for turn in box.turns(frame.box):
        line = _thinned(frame, known.line(arc), turn, CLOSE)
        piece: list[Point] = []
        for before, point in zip([line[0], *line], line, strict=False):
            if _inside(point) or _inside(before):
                piece = piece or [before]
                piece.append(point)
            elif piece:
                yield _path(piece)
                piece = []
        if piece:
            yield _path(piece)


def _inside(point: Point) -> bool:
    return -MARGIN <= point[0] <= WIDE + MARGIN and -MARGIN <= point[1] <= HIGH + MARGIN


def _thinned(frame: Frame, line: list[Point], turn: int, close: float) -> list[Point]:
    """Where a line, moved once around the world or not, stands in the drawing, without points that nobody sees."""
    west, north, scale = frame.west - turn, frame.north, WIDE / frame.width
    kept: list[Point] = []
    last_x = last_y = -math.inf
    for x, y in line:
        here_x, here_y = (x - west) * scale, (north - y) * scale
        if abs(here_x - last_x) >= close or abs(here_y - last_y) >= close:
            kept.append((round(here_x), round(here_y)))
            last_x, last_y = here_x, here_y
    return kept


def cut(line: list[Point]) -> list[Point]:
    """What of a ring is in the drawing, one side after the other (Sutherland and Hodgman)."""
    for axis, end, sign in ((0, -MARGIN, 1), (0, WIDE + MARGIN, -1), (1, -MARGIN, 1), (1, HIGH + MARGIN, -1)):
        kept: list[Point] = []
        for before, point in zip([*line[-1:], *line], line, strict=False):
            was, stays = (before[axis] - end) * sign >= 0, (point[axis] - end) * sign >= 0
            if was != stays:
                part = (end - before[axis]) / (point[axis] - before[axis])
                across = round(before[1 - axis] + part * (point[1 - axis] - before[1 - axis]))
                kept.append((end, across) if axis == 0 else (across, end))
            if stays:
                kept.append(point)
        line = kept
    return line


def _path(line: list[Point]) -> str:
    """From the first point on in steps, which are shorter to write."""
    steps = (f"{x - ax} {y - ay}" for (ax, ay), (x, y) in pairwise(line))
    return f"M{line[0][0]} {line[0][1]}l{' '.join(steps)}"


def kilometres_across(frame: Frame) -> float:
    return kilometres(frame.width, frame.middle[1])

"""The flat world that maps are drawn in: Mercator, in parts of a degree, so that shapes keep their angles."""

import math
from typing import TypeAlias

Point: TypeAlias = tuple[int, int]

PARTS = 250  # of a degree
AROUND = 360 * PARTS
FARTHEST = 84.0  # degrees to the north and to the south: Mercator has no end
DEGREE = 111.195  # kilometres of one on the equator
RADIUS = 6371.0


def flat(longitude: float, latitude: float) -> Point:
    """Where a place is."""
    latitude = max(-FARTHEST, min(FARTHEST, latitude))
    return round(longitude * PARTS), round(math.degrees(math.asinh(math.tan(math.radians(latitude)))) * PARTS)


def kilometres(parts: float, y: float) -> float:
    """How long so many parts are at this height, where everything is drawn the larger, the farther from the equator."""
    return parts / PARTS * DEGREE / math.cosh(math.radians(y / PARTS))


def parts_of(length: float, y: float) -> float:
    """The other way round: how many parts are so many kilometres."""
    return length / kilometres(1, y)


def apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two places (latitude, longitude), as the crow flies."""
    (north, east), (other_north, other_east) = ([math.radians(degrees) for degrees in place] for place in (one, other))
    half = math.sin((other_north - north) / 2) ** 2
    half += math.cos(north) * math.cos(other_north) * math.sin((other_east - east) / 2) ** 2
    return 2 * RADIUS * math.asin(min(1.0, math.sqrt(half)))


def without_a_seam(points: list[Point]) -> list[Point]:
    """The same places, next to each other also where the world is cut in two, in the middle of the Pacific."""
    xs = sorted({x for x, _ in points})
    gaps = [(after - before, after) for before, after in zip(xs, [*xs[1:], xs[0] + AROUND], strict=True)]
    _, first = max(gaps)
    first -= AROUND if first > xs[-1] else 0
    return [(x if x >= first else x + AROUND, y) for x, y in points]

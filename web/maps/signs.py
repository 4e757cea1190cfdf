"""Where the signs of a map stand, so that each can be seen, and touched with a finger."""

import math
from collections.abc import Sequence
from itertools import combinations

from kit.maps.mercator import Point

FINE = 10  # parts of the land's drawing to one of the signs'
TOGETHER = 15  # nearer than that, two signs would hide each other
REACH = 17  # of a sign to each side: 24 pixels across, on the narrowest phone beside a scrollbar
MOST_MOVED, ROUNDS = 24, 60


def together(signs: Sequence[Point], near: float) -> list[tuple[Point, list[int]]]:
    """Who stands nearer than that to somebody before stands with them."""
    found: list[tuple[Point, list[int]]] = []
    for n, (x, y) in enumerate(signs):
        there = (who for (ax, ay), who in found if (ax - x) ** 2 + (ay - y) ** 2 < near**2)
        if who := next(there, None):
            who.append(n)
        else:
            found.append(((x, y), [n]))
    return found


def moved_apart(signs: Sequence[Point], across: int, down: int) -> list[Point]:
    """The same within the drawing, pushed away from each other as far as there is room."""
    places = [[float(x), float(y)] for x, y in signs]
    pairs = list(combinations(places, 2)) if len(places) <= MOST_MOVED else []
    for _ in range(ROUNDS):
        for pair in pairs:
            _push(*pair)
        for place in places:
            place[0] = min(max(place[0], REACH), across - REACH)
            place[1] = min(max(place[1], REACH), down - REACH)
    return [(round(x), round(y)) for x, y in places]


def _push(one: list[float], other: list[float]) -> None:
    x, y = other[0] - one[0], other[1] - one[1]
    far = math.hypot(x, y)
    short = 2 * REACH + 1 - far
    if short <= 0:
        return
    x, y = (x / far, y / far) if far else (1.0, 0.0)
    one[0], one[1] = one[0] - x * short / 2, one[1] - y * short / 2
    other[0], other[1] = other[0] + x * short / 2, other[1] + y * short / 2


def standing(signs: Sequence[Point], across: int, down: int) -> list[tuple[Point, Point, list[int]]]:
    """Where each sign stands, of which place it is, and of whom; what finds no room of its own shares one."""
    close = together(signs, TOGETHER)
    places = [place for place, _ in close]
    moved = moved_apart(places, across, down)
    return [
        (at, places[groups[0]], sorted(who for group in groups for who in close[group][1]))
        for at, groups in together(moved, 2 * REACH)
    ]

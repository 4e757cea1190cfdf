"""A map of places: where they stand on it, which lie on one spot, how long the scale is, and where all of it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Generic, Protocol, TypeVar

from kit.maps.mercator import Point, apart, flat
from web.maps.drawing import (
    HIGH,
    KEPT,
    ROUGH,
    WIDE,
    Frame,
    Land,
    around_country,
    framed,
    kilometres_across,
    land,
    outline,
)
from web.maps.signs import FINE, REACH, TOGETHER, standing

ACROSS, DOWN = WIDE // FINE, HIGH // FINE
IN_CORNER = 78, 58
INSET_FROM = 2.0  # so much wider is the country than what is shown of it
LONGEST_SCALE = 90
MOVED = 4  # less than that is not seen
LEAST_OF_SCHOOLS, LEAST_OF_ONE = 60.0, 420.0  # kilometres: neighbours are told apart, one school stands in its country


class Placed(Protocol):
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


Thing = TypeVar("Thing", bound=Placed)
Place = tuple[float, float]


@dataclass(frozen=True)
class Inset:
    """The whole country in a corner of the map, with what is shown of it."""

    path: str
    x: int
    y: int
    here: Point


@dataclass(frozen=True)
class Spot:
    """A sign on the map: of the places with these indexes, so far from the first of all; `place` is where they are."""

    number: int
    x: int
    y: int
    place: Point
    who: tuple[int, ...]
    far: int

    @property
    def is_moved(self) -> bool:
        """Whether a line has to say where it belongs."""
        return abs(self.x - self.place[0]) + abs(self.y - self.place[1]) > MOVED


@dataclass(frozen=True)
class Drawn:
    land: Land
    spots: tuple[Spot, ...]
    scale: int  # kilometres
    long: int
    inset: Inset | None
    reach: ClassVar[int] = REACH


@dataclass(frozen=True)
class Map(Generic[Thing]):
    """Of these things; `spots` say which of them stand at which number, `without` are those without a place."""

    drawn: Drawn | None
    spots: list[tuple[Spot, list[Thing]]]
    without: list[Thing]


def map_of(things: Sequence[Thing], country: str, least: float = LEAST_OF_SCHOOLS) -> Map[Thing]:
    """A map of what has a place, at least so many kilometres wide."""
    placed, places, without = [], [], []
    for thing in things:
        if thing.latitude is None or thing.longitude is None:
            without.append(thing)
        else:
            placed.append(thing)
            places.append((thing.latitude, thing.longitude))
    if not places:
        return Map(None, [], without)
    drawn = draw(tuple(places), country, least)
    return Map(drawn, [(spot, [placed[n] for n in spot.who]) for spot in drawn.spots], without)


@lru_cache(maxsize=KEPT)
def draw(places: tuple[Place, ...], country: str, least: float) -> Drawn:
    frame, points = framed([flat(longitude, latitude) for latitude, longitude in places], least)
    spots = _spots([_sign(frame, point) for point in points], places)
    scale, long = _scale(kilometres_across(frame))
    return Drawn(land(frame, frozenset({country})), spots, scale, long, _inset(frame, country, spots))


def _sign(frame: Frame, point: Point) -> Point:
    x, y = frame.at(point)
    return round(x / FINE), round(y / FINE)


def _spots(signs: list[Point], places: Sequence[Place]) -> tuple[Spot, ...]:
    """Numbered in the order of the places."""
    return tuple(
        Spot(number, x, y, place, tuple(who), round(apart(places[0], places[who[0]])))
        for number, ((x, y), place, who) in enumerate(standing(signs, ACROSS, DOWN), 1)
    )


def _scale(across: float) -> tuple[int, int]:
    """A round number of kilometres, and how long it is."""
    longest = across * LONGEST_SCALE / ACROSS
    sizes = [first * 10**zeros for zeros in range(5) for first in (1, 2, 5)]
    scale = max([size for size in sizes if size <= longest] or [1])
    return scale, round(scale / across * ACROSS)


def _inset(frame: Frame, country: str, spots: tuple[Spot, ...]) -> Inset | None:
    """In the first corner where it hides no sign; without one where most of the country is shown anyway."""
    whole = around_country(country, frame.middle)
    if whole is None or whole.width < frame.width * INSET_FROM:
        return None
    wide, high = IN_CORNER
    corners = [(x, y) for y in (0, DOWN - high) for x in (ACROSS - wide, 0)]
    free = [
        (x, y)
        for x, y in corners
        if not any(x - TOGETHER < s.x < x + wide + TOGETHER and y - TOGETHER < s.y < y + high + TOGETHER for s in spots)
    ]
    return Inset(outline(whole, country, ROUGH), *free[0], whole.at(frame.middle)) if free else None

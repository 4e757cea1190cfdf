"""Who gets which place: decisions without I/O.

A place is a site (or the online room) with a capacity, or without one. Somebody who is registered is placed somewhere,
or waits for a place, or both: online now, waiting for a seat on site. The order of waiting is the order of asking.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID


@dataclass(frozen=True)
class Place:
    """A site, or the online room; `capacity` None means room for everybody."""

    id: UUID
    capacity: int | None
    online: bool = False


@dataclass(frozen=True)
class Seat:
    """One registration: whose, where it is placed, what it waits for and since which turn (lower was earlier)."""

    registration_id: UUID
    placed: UUID | None = None
    waits_for: UUID | None = None
    turn: int = 0
    person_id: UUID | None = None


def taken(seats: Iterable[Seat]) -> dict[UUID, int]:
    counts: dict[UUID, int] = {}
    for seat in seats:
        if seat.placed:
            counts[seat.placed] = counts.get(seat.placed, 0) + 1
    return counts


def has_room(place: Place, there: int, awaited: bool) -> bool:
    """Whether a newcomer may sit down: there is a seat beside those who are `there`, and nobody waits for it."""
    return place.capacity is None or (there < place.capacity and not awaited)


def seat_at(place: Place, seat: Seat, free: Collection[UUID], meanwhile: Place | None, turn: int) -> Seat:
    """Where a registration ends up when it asks for `place`: there, or waiting for it.

    `free` are the places that have room for a newcomer, as the others leave them. Who waits keeps the place that they
    have already (until the one that they asked for is free), or takes `meanwhile` if that has room.
    """
    if seat.placed == place.id:
        return replace(seat, waits_for=None)
    if seat.waits_for != place.id and place.id in free:
        return replace(seat, placed=place.id, waits_for=None)
    waiting = replace(seat, waits_for=place.id, turn=seat.turn if seat.waits_for == place.id else turn)
    if meanwhile and meanwhile.id != place.id and meanwhile.id in free:
        return replace(waiting, placed=meanwhile.id)
    return waiting


def promote(places: Iterable[Place], seats: Sequence[Seat]) -> list[Seat]:
    """The seats after everybody who can move up from a waiting list has done so, first come first served."""
    by_id = {place.id: place for place in places}
    now = {seat.registration_id: seat for seat in seats}
    counts = taken(seats)
    moved = True
    while moved:
        moved = False
        for seat in sorted(now.values(), key=lambda s: s.turn):
            place = by_id.get(seat.waits_for) if seat.waits_for else None
            if place is None or (place.capacity is not None and counts.get(place.id, 0) >= place.capacity):
                continue
            if seat.placed:
                counts[seat.placed] -= 1
            counts[place.id] = counts.get(place.id, 0) + 1
            now[seat.registration_id] = replace(seat, placed=place.id, waits_for=None)
            moved = True
    return [now[seat.registration_id] for seat in seats]


def reseat(places: Sequence[Place], seats: Sequence[Seat]) -> list[Seat]:
    """The seats when the event has these places from now on. Nobody is lost.

    Who has a place that stays keeps it, even where its capacity shrank below those who sit there already. Who had a
    place that goes moves online; where there is no online room with a seat left, to the emptiest site; else they
    wait, for the online room or the first site, before everybody who has been waiting there.
    """
    by_id = {place.id: place for place in places}
    kept = [
        replace(
            seat,
            placed=seat.placed if seat.placed in by_id else None,
            waits_for=seat.waits_for if seat.waits_for in by_id else None,
        )
        for seat in seats
    ]
    homeless = [seat for seat in kept if seat.placed is None and seat.waits_for is None]
    settled = {seat.registration_id: seat for seat in kept}
    counts = taken(kept)
    first_turn = min((seat.turn for seat in kept if seat.waits_for), default=0) - len(homeless)
    for order, seat in enumerate(sorted(homeless, key=lambda s: s.turn)):
        place = _refuge(places, counts)
        if place is not None:
            counts[place.id] = counts.get(place.id, 0) + 1
            settled[seat.registration_id] = replace(seat, placed=place.id)
        elif places:
            settled[seat.registration_id] = replace(seat, waits_for=_preferred(places).id, turn=first_turn + order)
    return promote(places, [settled[seat.registration_id] for seat in seats])


def _preferred(places: Sequence[Place]) -> Place:
    return next((place for place in places if place.online), places[0])


def _refuge(places: Sequence[Place], counts: Mapping[UUID, int]) -> Place | None:
    def left(place: Place) -> float:
        return float("inf") if place.capacity is None else place.capacity - counts.get(place.id, 0)

    free = [place for place in places if left(place) > 0]
    return max(free, key=lambda place: (place.online, left(place)), default=None)

"""The decisions about places, on any crowd that can be thought of."""

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.events.registration.placing import Place, Seat, has_room, promote, reseat, seat_at, taken


def number(n):
    return UUID(int=n)


@st.composite
def some_places(draw, least=1):
    sites = [Place(number(n), draw(st.none() | st.integers(1, 4))) for n in range(1, draw(st.integers(least, 4)) + 1)]
    if draw(st.booleans()):
        sites.append(Place(number(100 + draw(st.integers(0, 1))), draw(st.none() | st.integers(1, 4)), online=True))
    return sites


def free(places, others):
    """The places where a newcomer may sit down."""
    awaited = {seat.waits_for for seat in others}
    return {place.id for place in places if has_room(place, taken(others).get(place.id, 0), place.id in awaited)}


@st.composite
def a_crowd(draw):
    """Places, and the seats of people who asked one after the other, some for a place online meanwhile."""
    places = draw(some_places())
    online = next((place for place in places if place.online), None)
    seats = {}
    for turn, (person, wish, meanwhile) in enumerate(
        draw(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 9), st.booleans()), max_size=25))
    ):
        before = seats.get(person, Seat(number(1000 + person)))
        others = [seat for who, seat in seats.items() if who != person]
        wanted = places[wish % len(places)]
        seats[person] = seat_at(wanted, before, free(places, others), online if meanwhile else None, turn + 1)
        moved = promote(places, list(seats.values()))
        seats = dict(zip(seats, moved, strict=True))
    return places, list(seats.values())


def overfull(places, seats):
    return [p.id for p in places if p.capacity is not None and taken(seats).get(p.id, 0) > p.capacity]


def lines(seats):
    found = {}
    for seat in sorted(seats, key=lambda seat: seat.turn):
        if seat.waits_for:
            found.setdefault(seat.waits_for, []).append(seat.registration_id)
    return found


@given(a_crowd())
def test_newcomers_never_overfill_a_place_and_everybody_has_a_place_or_a_turn(crowd):
    places, seats = crowd
    assert overfull(places, seats) == []
    assert all(seat.placed or seat.waits_for for seat in seats)


@given(a_crowd())
def test_nobody_waits_for_a_place_that_has_a_seat(crowd):
    places, seats = crowd
    waited_for = {seat.waits_for for seat in seats}
    for place in places:
        if place.id in waited_for:
            assert place.capacity is not None
            assert taken(seats).get(place.id, 0) == place.capacity
            assert place.id not in free(places, seats)


@given(a_crowd(), st.data())
def test_a_newcomer_does_not_jump_the_line_for_a_seat_that_is_free(crowd, data):
    places, seats = crowd
    lined_up = [place for place in places if place.id in lines(seats)]
    if not lined_up:
        return
    place = data.draw(st.sampled_from(lined_up))
    one_left = next(seat for seat in seats if seat.placed == place.id)
    others = [seat for seat in seats if seat is not one_left]
    newcomer = seat_at(place, Seat(number(9999)), free(places, others), None, 10**6)
    assert (newcomer.placed, newcomer.waits_for) == (None, place.id)


@given(a_crowd(), st.data())
def test_those_who_wait_move_up_in_their_order(crowd, data):
    places, seats = crowd
    if not seats:
        return
    gone = data.draw(st.sampled_from(seats))
    left = [seat for seat in seats if seat is not gone]
    after = promote(places, left)
    assert [seat.registration_id for seat in after] == [seat.registration_id for seat in left]
    for place_id, line in lines(left).items():
        still = lines(after).get(place_id, [])
        assert line[len(line) - len(still) :] == still
    assert overfull(places, after) == []
    assert promote(places, after) == after


@given(a_crowd(), some_places(least=0))
def test_a_change_of_places_loses_nobody(crowd, new_places):
    _, seats = crowd
    after = reseat(new_places, seats)
    assert [seat.registration_id for seat in after] == [seat.registration_id for seat in seats]
    known = {place.id for place in new_places}
    for seat in after:
        assert {seat.placed, seat.waits_for} - {None} <= known
        if new_places:
            assert seat.placed or seat.waits_for


@given(a_crowd(), some_places(least=0))
def test_a_change_of_places_is_settled_at_once(crowd, new_places):
    _, seats = crowd
    once = reseat(new_places, seats)
    assert reseat(new_places, once) == once


@given(a_crowd(), some_places(least=0))
def test_whoever_has_a_place_that_stays_and_waits_for_none_stays(crowd, new_places):
    _, seats = crowd
    known = {place.id for place in new_places}
    for before, after in zip(seats, reseat(new_places, seats), strict=True):
        if before.placed in known and before.waits_for not in known:
            assert after.placed == before.placed


@given(a_crowd(), some_places(least=0))
def test_a_change_overfills_only_what_shrank_below_those_who_sit_there(crowd, new_places):
    _, seats = crowd
    after = reseat(new_places, seats)
    before = Counter(seat.placed for seat in seats)
    for place_id in overfull(new_places, after):
        assert taken(after)[place_id] <= before[place_id]


@given(a_crowd())
def test_the_same_places_move_nobody(crowd):
    places, seats = crowd
    assert reseat(places, seats) == seats

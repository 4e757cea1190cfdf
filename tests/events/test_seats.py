"""The decisions about places, told of a few people at a time."""

from uuid import UUID

from services.events.registration.placing import Place, Seat, has_room, promote, reseat, seat_at, taken

ANNA, BEN, CARA, DAN, EVA = [UUID(int=number) for number in range(1, 6)]
LIBRARY, HALL, ROOM = [UUID(int=number) for number in (11, 12, 13)]
NOBODY_WAITS = False


def library(capacity=1):
    return Place(LIBRARY, capacity)


def hall(capacity=1):
    return Place(HALL, capacity)


def room(capacity=None):
    return Place(ROOM, capacity, online=True)


def where(seats):
    return {seat.registration_id: (seat.placed, seat.waits_for) for seat in seats}


def test_seats_are_counted_place_by_place_and_who_waits_takes_none():
    seats = [Seat(ANNA, LIBRARY), Seat(BEN, LIBRARY), Seat(CARA, HALL), Seat(DAN, None, LIBRARY)]
    assert taken(seats) == {LIBRARY: 2, HALL: 1}


def test_the_last_seat_is_free_for_a_newcomer_and_the_one_after_it_is_not():
    assert has_room(library(2), 1, NOBODY_WAITS)
    assert not has_room(library(2), 2, NOBODY_WAITS)


def test_a_free_seat_is_no_newcomers_while_somebody_waits_for_it():
    assert not has_room(library(2), 1, awaited=True)


def test_where_there_is_no_end_of_seats_there_is_always_one():
    assert has_room(library(None), 10**6, NOBODY_WAITS)


def test_who_asks_for_the_place_that_they_have_waits_for_no_other_any_more():
    assert seat_at(library(), Seat(ANNA, LIBRARY, HALL, 3), set(), None, 9) == Seat(ANNA, LIBRARY, None, 3)


def test_who_changes_to_a_place_with_a_seat_sits_there_at_once():
    assert seat_at(hall(), Seat(ANNA, LIBRARY, LIBRARY, 3), {HALL}, None, 9) == Seat(ANNA, HALL, None, 3)


def test_who_changes_to_a_full_place_keeps_what_they_have_and_stands_last_in_its_line():
    assert seat_at(hall(), Seat(ANNA, LIBRARY, None, 3), set(), None, 9) == Seat(ANNA, LIBRARY, HALL, 9)


def test_who_waits_already_and_asks_again_keeps_their_turn():
    assert seat_at(hall(), Seat(ANNA, None, HALL, 3), {HALL}, None, 9) == Seat(ANNA, None, HALL, 3)


def test_who_waits_comes_online_meanwhile_if_there_is_a_seat():
    waits = Seat(ANNA, None, HALL, 3)
    assert seat_at(hall(), waits, {ROOM}, room(), 9) == Seat(ANNA, ROOM, HALL, 3)
    assert seat_at(hall(), waits, set(), room(), 9) == waits


def test_nobody_sits_meanwhile_at_the_very_place_that_they_wait_for():
    assert seat_at(room(1), Seat(ANNA, None, ROOM, 3), {ROOM}, room(1), 9) == Seat(ANNA, None, ROOM, 3)


def test_one_seat_is_the_first_ones_who_waits_and_nobody_elses():
    seats = [Seat(BEN, None, LIBRARY, 2), Seat(ANNA, None, LIBRARY, 1), Seat(CARA, None, LIBRARY, 3)]
    assert where(promote([library()], seats)) == {
        BEN: (None, LIBRARY),
        ANNA: (LIBRARY, None),
        CARA: (None, LIBRARY),
    }


def test_two_seats_are_two_peoples_and_one_is_taken_already():
    seats = [Seat(DAN, LIBRARY), *[Seat(person, None, LIBRARY, turn) for turn, person in enumerate((ANNA, BEN, CARA))]]
    assert where(promote([library(3)], seats)) == {
        DAN: (LIBRARY, None),
        ANNA: (LIBRARY, None),
        BEN: (LIBRARY, None),
        CARA: (None, LIBRARY),
    }


def test_the_seat_that_somebody_leaves_when_moving_up_is_given_to_who_waits_for_it_earlier():
    """Ben has asked for the library before Anna asked for the hall; his seat comes free when she leaves it."""
    seats = [Seat(BEN, None, LIBRARY, 1), Seat(ANNA, LIBRARY, HALL, 2)]
    assert where(promote([library(), hall()], seats)) == {BEN: (LIBRARY, None), ANNA: (HALL, None)}


def test_a_chain_of_people_moves_up_link_by_link():
    seats = [Seat(CARA, None, ROOM, 1), Seat(BEN, ROOM, LIBRARY, 2), Seat(ANNA, LIBRARY, HALL, 3)]
    assert where(promote([library(), hall(), room(1)], seats)) == {
        CARA: (ROOM, None),
        BEN: (LIBRARY, None),
        ANNA: (HALL, None),
    }


def test_a_seat_that_is_left_is_given_once():
    seats = [Seat(ANNA, LIBRARY, HALL, 1), Seat(BEN, None, LIBRARY, 2), Seat(CARA, None, LIBRARY, 3)]
    assert where(promote([library(), hall()], seats)) == {
        ANNA: (HALL, None),
        BEN: (LIBRARY, None),
        CARA: (None, LIBRARY),
    }


def test_who_loses_their_place_goes_online_before_any_site():
    seats = [Seat(ANNA, LIBRARY, None, 1)]
    assert where(reseat([hall(5), room(1)], seats)) == {ANNA: (ROOM, None)}


def test_without_a_seat_online_who_loses_their_place_goes_to_the_emptiest_site():
    seats = [Seat(ANNA, UUID(int=99), None, 1), Seat(BEN, HALL), Seat(CARA, HALL), Seat(DAN, ROOM)]
    assert where(reseat([hall(4), library(3), room(1)], seats))[ANNA] == (LIBRARY, None)


def test_a_site_without_end_is_emptier_than_any():
    seats = [Seat(ANNA, UUID(int=99), None, 1)]
    assert where(reseat([hall(100), library(None)], seats))[ANNA] == (LIBRARY, None)


def test_each_who_loses_their_place_counts_for_the_next():
    seats = [Seat(person, UUID(int=99), None, turn) for turn, person in enumerate((ANNA, BEN, CARA))]
    assert where(reseat([hall(2), library(1)], seats)) == {
        ANNA: (HALL, None),
        BEN: (HALL, None),
        CARA: (LIBRARY, None),
    }


def test_a_full_place_takes_nobody_in():
    seats = [Seat(ANNA, UUID(int=99), None, 2), Seat(BEN, HALL, None, 1)]
    assert where(reseat([hall(1)], seats)) == {ANNA: (None, HALL), BEN: (HALL, None)}


def test_those_who_lose_their_place_stand_before_all_who_have_been_waiting_in_their_own_order():
    gone = UUID(int=99)
    seats = [
        Seat(BEN, gone, None, 8),
        Seat(ANNA, gone, None, 7),
        Seat(CARA, None, HALL, 5),
        Seat(DAN, None, HALL, 6),
        Seat(EVA, HALL, None, 1),
    ]
    after = {seat.registration_id: seat for seat in reseat([hall(1)], seats)}
    line = sorted((seat for seat in after.values() if seat.waits_for == HALL), key=lambda seat: seat.turn)
    assert [seat.registration_id for seat in line] == [ANNA, BEN, CARA, DAN]
    assert len({seat.turn for seat in line}) == len(line)


def test_where_nobody_waits_yet_the_line_begins_below_every_turn_to_come():
    seats = [Seat(ANNA, UUID(int=99), None, 7), Seat(BEN, UUID(int=99), None, 8), Seat(EVA, HALL, None, 1)]
    after = {seat.registration_id: seat.turn for seat in reseat([hall(1)], seats)}
    assert (after[ANNA], after[BEN]) == (-2, -1)


def test_who_finds_no_seat_waits_for_the_room_online_and_without_one_for_the_first_site():
    seats = [Seat(ANNA, UUID(int=99), None, 1), Seat(BEN, ROOM), Seat(CARA, HALL), Seat(DAN, LIBRARY)]
    assert where(reseat([hall(), library(), room(1)], seats))[ANNA] == (None, ROOM)
    assert where(reseat([hall(), library()], [seat for seat in seats if seat.placed != ROOM]))[ANNA] == (None, HALL)


def test_who_waited_for_a_place_that_goes_keeps_the_one_that_they_have():
    assert where(reseat([library()], [Seat(ANNA, LIBRARY, HALL, 1)])) == {ANNA: (LIBRARY, None)}


def test_who_waits_for_a_place_that_stays_keeps_their_turn_when_their_own_goes():
    seats = [Seat(ANNA, LIBRARY, HALL, 1), Seat(BEN, HALL)]
    assert reseat([hall(), room()], seats) == [Seat(ANNA, None, HALL, 1), Seat(BEN, HALL)]


def test_an_event_without_places_leaves_everybody_without_one():
    assert where(reseat([], [Seat(ANNA, LIBRARY, None, 1)])) == {ANNA: (None, None)}

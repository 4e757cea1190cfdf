"""What a change does to whom, worked out with made-up people and places."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services.events.changes.outcome import CAPACITY, LINK, MOVED_ONLINE, PLACES, TIME, outcome_of
from services.events.events.models import Event, OnlineRoom, Site
from services.events.events.terms import OnlineRoomIn, SiteIn, TermsIn
from services.events.registration.placing import Seat

ANNA, BEN, CARA, DAN, EVA = [UUID(int=number) for number in range(1, 6)]
LIBRARY, HALL, ROOM = [UUID(int=number) for number in (11, 12, 13)]
STARTS = datetime(2031, 1, 10, 14, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=2)
MEETING = Event(id=UUID(int=21), zone="Europe/Prague", starts_at=STARTS, ends_at=ENDS)
SITES = [
    Site(id=LIBRARY, name="Library", address="Street 1", capacity=1),
    Site(id=HALL, name="Hall", address="Street 2", capacity=2),
]
LINE = "https://meet.test/a"
ONLINE = OnlineRoom(id=ROOM, link=LINE, capacity=9)
NOBODY: list[Seat] = []


def library(**more):
    return SiteIn(**{"id": LIBRARY, "name": "Library", "address": "Street 1", "capacity": 1} | more)


def hall(**more):
    return SiteIn(**{"id": HALL, "name": "Hall", "address": "Street 2", "capacity": 2} | more)


def room(**more):
    return OnlineRoomIn(**{"link": LINE, "capacity": 9} | more)


def terms(*sites, online=None, **more):
    when = {"zone": "Europe/Prague", "starts_at": STARTS, "ends_at": ENDS} | more
    return TermsIn.model_construct(sites=list(sites), online_room=online, **when)


def planned(new, seats=NOBODY, sites=SITES, online=ONLINE):
    return outcome_of(MEETING, sites, online, new, list(seats))


AS_IT_WAS = terms(library(), hall(), online=room())


def test_what_stays_as_it_was_is_no_change():
    plan = planned(AS_IT_WAS, [Seat(ANNA, LIBRARY), Seat(BEN, ROOM, LIBRARY, 1)])
    assert (plan.what, plan.is_significant, plan.news()) == ([], False, {})
    assert plan.effects() == {ANNA: "stays", BEN: "stays"}


WHAT = {
    "it begins later": (terms(library(), hall(), online=room(), starts_at=STARTS + timedelta(minutes=1)), [TIME]),
    "it ends later": (terms(library(), hall(), online=room(), ends_at=ENDS + timedelta(minutes=1)), [TIME]),
    "its clocks are others": (terms(library(), hall(), online=room(), zone="UTC"), [TIME]),
    "a site goes": (terms(library(), online=room()), [PLACES]),
    "a site comes": (terms(library(), hall(), SiteIn(name="Yard"), online=room()), [PLACES]),
    "a site is called otherwise": (terms(library(name="Reading room"), hall(), online=room()), [PLACES]),
    "a site is found elsewhere": (terms(library(address="Street 3"), hall(), online=room()), [PLACES]),
    "a site is another school's": (terms(library(school_id=UUID(int=7)), hall(), online=room()), [PLACES]),
    "the room goes": (terms(library(), hall()), [PLACES]),
    "the room has another link": (terms(library(), hall(), online=room(link="https://meet.test/b")), [LINK]),
    "the room has more seats": (terms(library(), hall(), online=room(capacity=10)), [CAPACITY]),
    "a site has more seats": (terms(library(), hall(capacity=3), online=room()), [CAPACITY]),
    "it moves online": (terms(online=room()), [PLACES, MOVED_ONLINE]),
}


@pytest.mark.parametrize("case", WHAT)
def test_what_changes_is_named_and_nothing_else(case):
    new, what = WHAT[case]
    plan = planned(new)
    assert plan.what == what
    assert plan.is_significant == bool({*what} & {TIME, PLACES, MOVED_ONLINE})


def test_a_room_that_comes_is_a_place_and_not_a_link_or_a_number_of_seats():
    plan = planned(AS_IT_WAS, online=None)
    assert plan.what == [PLACES]
    assert plan.room_id not in (None, ROOM)
    assert [place.online for place in plan.places] == [False, False, True]


def test_what_was_online_alone_does_not_move_there():
    assert planned(terms(online=room(capacity=8)), sites=[]).what == [CAPACITY]


def test_an_event_that_ends_with_no_place_at_all_has_not_moved_online():
    assert planned(terms()).what == [PLACES]


def test_places_that_stay_keep_their_ids_and_new_ones_get_their_own():
    foreign = UUID(int=77)
    plan = planned(terms(library(), SiteIn(id=foreign, name="Yard", capacity=4), online=room()))
    (kept, _), (new, yard) = plan.sites
    assert (kept, plan.room_id, yard.name) == (LIBRARY, ROOM, "Yard")
    assert new not in (foreign, HALL, None)
    assert [(place.id, place.capacity, place.online) for place in plan.places] == [
        (LIBRARY, 1, False),
        (new, 4, False),
        (ROOM, 9, True),
    ]


def test_a_room_that_goes_is_no_place_any_more():
    plan = planned(terms(library(), hall()))
    assert (plan.room_id, [place.id for place in plan.places]) == (None, [LIBRARY, HALL])


def test_each_hears_what_becomes_of_them_when_a_site_goes():
    seats = [Seat(ANNA, LIBRARY), Seat(BEN, HALL), Seat(CARA, ROOM, HALL, 1), Seat(DAN, ROOM)]
    plan = planned(terms(library(), online=room()), seats)
    assert plan.effects() == {ANNA: "stays", BEN: "moves_online", CARA: "stays", DAN: "stays"}
    assert plan.news() == {BEN: ["moves_online"], CARA: ["line_ends"]}


def test_who_is_moved_online_with_everybody_hears_that_the_event_moved():
    plan = planned(terms(online=room()), [Seat(ANNA, LIBRARY), Seat(BEN, ROOM)])
    assert plan.effects() == {ANNA: "moves_online", BEN: "stays"}
    assert plan.news() == {ANNA: [MOVED_ONLINE]}


def test_who_loses_a_site_and_finds_no_seat_online_moves_to_another_or_waits_or_has_none():
    seats = [Seat(ANNA, LIBRARY, None, 1), Seat(BEN, HALL, None, 2)]
    moved = planned(terms(hall()), seats)
    assert moved.effects() == {ANNA: "moves_site", BEN: "stays"}
    assert moved.news() == {ANNA: ["moves_site"]}
    waits = planned(terms(hall(capacity=1)), seats)
    assert waits.effects() == {ANNA: "waits", BEN: "stays"}
    assert waits.news() == {ANNA: ["waits"]}
    nowhere = planned(terms(), seats)
    assert nowhere.effects() == {ANNA: "no_place", BEN: "no_place"}


def test_who_waited_gets_the_seat_that_is_added():
    seats = [Seat(ANNA, LIBRARY), Seat(BEN, ROOM, LIBRARY, 1), Seat(CARA, None, LIBRARY, 2)]
    plan = planned(terms(library(capacity=2), hall(), online=room()), seats)
    assert plan.effects() == {ANNA: "stays", BEN: "gets_seat", CARA: "stays"}
    assert plan.news() == {BEN: ["gets_seat"]}


def test_another_time_is_told_to_everybody_before_what_else_concerns_them():
    seats = [Seat(ANNA, LIBRARY), Seat(BEN, HALL)]
    plan = planned(terms(library(), online=room(), starts_at=STARTS - timedelta(hours=1)), seats)
    assert plan.news() == {ANNA: [TIME], BEN: [TIME, "moves_online"]}


def test_a_place_that_is_called_otherwise_is_told_to_those_who_sit_or_wait_there():
    seats = [Seat(ANNA, LIBRARY), Seat(BEN, ROOM, LIBRARY, 1), Seat(CARA, HALL), Seat(DAN, ROOM)]
    plan = planned(terms(library(name="Reading room"), hall(), online=room()), seats)
    assert plan.renamed == {LIBRARY}
    assert plan.news() == {ANNA: ["place"], BEN: ["place"]}


def test_who_moves_to_a_place_is_not_told_that_its_name_is_new():
    seats = [Seat(ANNA, LIBRARY, None, 1)]
    assert planned(terms(hall(name="Great hall")), seats).news() == {ANNA: ["moves_site"]}


def test_another_link_is_told_to_those_who_are_in_the_room_and_stay():
    seats = [Seat(ANNA, LIBRARY), Seat(BEN, ROOM), Seat(CARA, HALL)]
    plan = planned(terms(library(), online=room(link="https://meet.test/b")), seats)
    assert plan.news() == {BEN: [LINK], CARA: ["moves_online"]}


def test_a_seat_for_whom_waits_is_no_end_of_the_line():
    seats = [Seat(ANNA, LIBRARY), Seat(BEN, None, LIBRARY, 1)]
    plan = planned(terms(library(capacity=None), hall(), online=room()), seats)
    assert plan.news() == {BEN: ["gets_seat"]}


def test_who_loses_both_their_seat_and_their_turn_is_told_of_one_thing():
    seats = [Seat(ANNA, HALL, LIBRARY, 1)]
    plan = planned(terms(online=room()), seats)
    assert (plan.effects(), plan.news()) == ({ANNA: "moves_online"}, {ANNA: [MOVED_ONLINE]})


def test_who_waits_on_for_a_site_when_their_room_goes_sits_on_no_chair():
    seats = [Seat(EVA, LIBRARY), Seat(ANNA, ROOM, LIBRARY, 1)]
    plan = planned(terms(library(), hall()), seats)
    assert (plan.effects()[ANNA], plan.news()[ANNA]) == ("waits", ["waits"])
    assert plan.after == [seats[0], replace(seats[1], placed=None)]

"""Who sits where at an event: read and written in sets, in the transaction that holds the event's lock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import asyncpg

from kit.clock import is_news, now
from kit.db import columns
from kit.facts import record_all
from kit.ids import new_id
from kit.jobs import queue_all
from services.events.facts import RegistrationPlaced, RegistrationWaiting, SeatFact, WaitEnded
from services.events.registration.placing import Place, Seat, has_room, promote

PLACES = """
select id, capacity, false as online, number from site where event_id = $1 and given_up_at is null
union all
select id, capacity, true, 1000 from online_room where event_id = $1 and given_up_at is null
order by number, id
"""
SEATS = """
select registration.id as registration_id, placement.place_id as placed, wait.place_id as waits_for,
  coalesce(wait.turn, 0) as turn, registration.person_id
from registration
left join placement on placement.registration_id = registration.id and placement.until is null
left join wait on wait.registration_id = registration.id and wait.until is null
where registration.event_id = $1 and registration.withdrawn_at is null
order by registration.id
"""
# As somebody finds it who asks: others count, they themselves do not. Only what is asked for is counted, by index.
AS_FOUND = """
with mine as materialized (
  select registration.id, placement.place_id as placed, wait.place_id as waits_for, coalesce(wait.turn, 0) as turn
  from registration
  left join placement on placement.registration_id = registration.id and placement.until is null
  left join wait on wait.registration_id = registration.id and wait.until is null
  where registration.event_id = $1 and registration.person_id = $2 and registration.withdrawn_at is null)
select place.id, place.capacity, place.online,
  mine.id as registration_id, mine.placed, mine.waits_for, coalesce(mine.turn, 0) as turn,
  exists (select from wait where wait.place_id = place.id and wait.until is null
    and wait.registration_id is distinct from mine.id) as others_wait,
  case when place.id <> $3 and not place.online then null when place.capacity is null then 0 else (
    select count(*) from placement where placement.place_id = place.id and placement.until is null
      and placement.registration_id is distinct from mine.id) end as others_there,
  (select coalesce(max(wait.turn), 0) from wait where wait.place_id = place.id and wait.until is null) as last_turn
"""
FOUND = f"{AS_FOUND} from ({PLACES}) place left join mine on true"
AHEAD = "select count(*) from wait where place_id = $1 and until is null and turn < $2"
# Written in one statement. Whoever leaves has left before somebody sits down or waits: the indexes allow one of each.
MOVED = """
with moved as materialized (
  select * from unnest($1::uuid[], $2::bool[], $3::uuid[], $4::uuid[], $5::bool[], $6::uuid[], $7::uuid[], $8::bigint[])
    as moved(id, leaves, placement_id, place_id, stops_waiting, wait_id, waits_for, turn)),
  gone as (update placement set until = $9 from moved
    where placement.registration_id = moved.id and moved.leaves and placement.until is null returning 1),
  stopped as (update wait set until = $9 from moved
    where wait.registration_id = moved.id and moved.stops_waiting and wait.until is null returning 1),
  done as (select (select count(*) from gone) + (select count(*) from stopped) as number),
  sat as (insert into placement (id, registration_id, place_id, since)
    select moved.placement_id, moved.id, moved.place_id, $9 from moved, done where moved.placement_id is not null)
insert into wait (id, registration_id, place_id, turn, since)
select moved.wait_id, moved.id, moved.waits_for, moved.turn, $9 from moved, done where moved.wait_id is not null
"""


class Meeting(Protocol):
    """An event that this transaction has locked."""

    id: UUID
    cluster_id: UUID
    starts_at: datetime


@dataclass(frozen=True)
class Found:
    """An event as somebody finds it who asks for a place: its places, those with room, their own seat."""

    places: list[Place]
    free: frozenset[UUID]
    awaited: frozenset[UUID]
    mine: Seat | None
    last_turn: int


async def places_of(connection: asyncpg.Connection, event_id: UUID) -> list[Place]:
    """The places of the event as the decisions know them."""
    return [Place(row["id"], row["capacity"], row["online"]) for row in await connection.fetch(PLACES, event_id)]


async def seats_of(connection: asyncpg.Connection, event_id: UUID) -> list[Seat]:
    """Every live registration with where it is placed and what it waits for."""
    return [Seat(**row) for row in await connection.fetch(SEATS, event_id)]


async def found_by(connection: asyncpg.Connection, event_id: UUID, person_id: UUID, wanted: UUID) -> Found:
    """The event as this person finds it, who asks for the place `wanted`; however many come, few rows are read."""
    rows = await connection.fetch(FOUND, event_id, person_id, wanted)
    places = [Place(row["id"], row["capacity"], row["online"]) for row in rows]
    mine = None
    if rows and rows[0]["registration_id"]:
        mine = Seat(rows[0]["registration_id"], rows[0]["placed"], rows[0]["waits_for"], rows[0]["turn"], person_id)
    looked_at = [(place, row) for place, row in zip(places, rows, strict=True) if row["others_there"] is not None]
    return Found(
        places=places,
        free=frozenset(p.id for p, row in looked_at if has_room(p, row["others_there"], row["others_wait"])),
        awaited=frozenset(row["id"] for row in rows if row["others_wait"]),
        mine=mine,
        last_turn=max((row["last_turn"] for row in rows), default=0),
    )


async def position_of(connection: asyncpg.Connection, seat: Seat) -> int | None:
    """The place in the line, from 1."""
    if seat.waits_for is None:
        return None
    return 1 + int(await connection.fetchval(AHEAD, seat.waits_for, seat.turn))


async def reseat_people(
    connection: asyncpg.Connection, event: Meeting, moved: Sequence[tuple[Seat, Seat]], by: UUID | None
) -> None:
    """Write down the places and waits that these seats had and have now, and tell.

    Many take no more statements than one: the event is locked meanwhile.
    """
    if not moved:
        return
    rows = [_row(old, new) for old, new in moved]
    await connection.execute(MOVED, *columns(rows), now())
    told = [each for old, new in moved for each in _told(event, old, new)]
    if told:
        await record_all(connection, told, cluster_id=event.cluster_id, actor_id=by)


def _row(old: Seat, new: Seat) -> tuple[Any, ...]:
    """What `MOVED` takes of one seat."""
    sits_down = new.placed is not None and new.placed != old.placed
    waits_anew = new.waits_for is not None and _turn(new) != _turn(old)
    return (
        new.registration_id,
        old.placed is not None and old.placed != new.placed,
        new_id() if sits_down else None,
        new.placed,
        old.waits_for is not None and _turn(old) != _turn(new),
        new_id() if waits_anew else None,
        new.waits_for,
        new.turn,
    )


def _told(event: Meeting, old: Seat, new: Seat) -> Iterator[SeatFact]:
    whose = {"registration_id": new.registration_id, "event_id": event.id, "person_id": new.person_id}
    if new.placed and new.placed != old.placed:
        yield RegistrationPlaced(**whose, place_id=new.placed)
    if new.waits_for and new.waits_for != old.waits_for:
        yield RegistrationWaiting(**whose, place_id=new.waits_for)
    if old.waits_for and not new.waits_for and new.placed and new.placed == old.placed:
        yield WaitEnded(**whose, place_id=old.waits_for)


def _turn(seat: Seat) -> tuple[UUID | None, int]:
    return seat.waits_for, seat.turn


async def move_up(
    connection: asyncpg.Connection, event: Meeting, places: list[Place], seats: list[Seat], by: UUID | None
) -> None:
    """Let those who wait have what is free, and say who sits where then; not once the event has begun."""
    if event.starts_at <= now():
        return
    promoted = [(old, new) for old, new in zip(seats, promote(places, seats), strict=True) if old != new]
    await reseat_people(connection, event, promoted, by)
    await tell_each(connection, [(new.registration_id, "registration_moved") for _, new in promoted], None)


async def tell_each(connection: asyncpg.Connection, told: Sequence[tuple[UUID, str]], by: UUID | None) -> None:
    """`by` did it; who did it to themselves needs no notice of it in the app."""
    if told and is_news():
        await queue_all(
            connection,
            "registration.tell",
            [{"registration_id": whose, "kind": kind, "telling": new_id(), "by": by} for whose, kind in told],
        )

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import asyncpg

from kit.clock import now
from kit.facts import record_all
from kit.ids import new_id
from kit.problems import Problem, field_invalid
from services.events.facts import RegistrationWithdrawn
from services.events.registration.placing import Seat, seat_at
from services.events.registration.queries import (
    live_registration,
    lock_open_event,
    registrations_out_of_sight,
)
from services.events.registration.seating import (
    Meeting,
    found_by,
    move_up,
    places_of,
    position_of,
    reseat_people,
    seats_of,
    tell_each,
)

ADDED = """
insert into registration (id, event_id, person_id, school_id, asked_at, asked_by) values ($1, $2, $3, $4, $5, $6)
"""
WITHDRAWN = "update registration set withdrawn_at = $2, withdrawn_by = $3 where id = any($1::uuid[])"


class NotRegistered(Problem):
    status, title = 409, "There is no registration to withdraw"


class NotWaiting(Problem):
    status, title = 409, "There is no line to leave: nothing is waited for"


async def register(
    connection: asyncpg.Connection,
    event_id: UUID,
    *,
    person_id: UUID,
    school_id: UUID | None,
    place_id: UUID,
    meanwhile_online: bool,
    by: UUID,
) -> tuple[Seat, int | None]:
    """Ask for a place for a person, or for another place than the one they have: the seat, and the turn in its line.

    Raises EventCancelled, EventOver.
    """
    event = await lock_open_event(connection, event_id)
    found = await found_by(connection, event.id, person_id, place_id)
    wanted = next((place for place in found.places if place.id == place_id), None)
    if wanted is None:
        raise field_invalid("place_id", "place_unknown")
    before = found.mine or Seat(new_id(), person_id=person_id)
    if found.mine is None:
        await connection.execute(ADDED, before.registration_id, event.id, person_id, school_id, now(), by)
    online = next((place for place in found.places if place.online), None) if meanwhile_online else None
    after = seat_at(wanted, before, found.free, online, turn=1 + found.last_turn)
    if after != before:
        await reseat_people(connection, event, [(before, after)], by)
        await tell_each(connection, [(after.registration_id, _kind(after))], by)
        if before.placed != after.placed and before.placed in found.awaited:
            await move_up(connection, event, found.places, await seats_of(connection, event.id), by)
    return after, await position_of(connection, after)


async def withdraw(connection: asyncpg.Connection, event_id: UUID, person_id: UUID, by: UUID) -> None:
    """Give up a registration; whoever waits moves up. Raises NotRegistered, EventCancelled, EventOver."""
    event = await lock_open_event(connection, event_id)
    registration = await live_registration(connection, event.id, person_id)
    if registration is None:
        raise NotRegistered
    await _withdraw(connection, event, [registration["id"]], by)


async def leave_line(connection: asyncpg.Connection, event_id: UUID, person_id: UUID, by: UUID) -> None:
    """Wait no longer, and keep the place that one has meanwhile; who has none is withdrawn.

    Raises NotWaiting, EventCancelled, EventOver.
    """
    event = await lock_open_event(connection, event_id)
    before = next((seat for seat in await seats_of(connection, event.id) if seat.person_id == person_id), None)
    if before is None or before.waits_for is None:
        raise NotWaiting
    if before.placed is None:
        await _withdraw(connection, event, [before.registration_id], by)
        return
    await reseat_people(connection, event, [(before, replace(before, waits_for=None))], by)
    await tell_each(connection, [(before.registration_id, "registration_placed")], by)


async def withdraw_who_left(connection: asyncpg.Connection, event_id: UUID) -> None:
    """Withdraw who does not see this event any more; whoever waits moves up. Raises EventCancelled, EventOver."""
    event = await lock_open_event(connection, event_id)
    if left := await registrations_out_of_sight(connection, event.id):
        await _withdraw(connection, event, left, None)


async def _withdraw(connection: asyncpg.Connection, event: Meeting, leaving: Sequence[UUID], by: UUID | None) -> None:
    seats = await seats_of(connection, event.id)
    gone = [seat for seat in seats if seat.registration_id in leaving]
    await connection.execute(WITHDRAWN, [seat.registration_id for seat in gone], now(), by)
    told = [
        RegistrationWithdrawn(registration_id=seat.registration_id, event_id=event.id, person_id=seat.person_id)
        for seat in gone
    ]
    await record_all(connection, told, cluster_id=event.cluster_id, actor_id=by)
    freed = [(seat, replace(seat, placed=None, waits_for=None)) for seat in gone]
    await reseat_people(connection, event, freed, by)
    await tell_each(connection, [(seat.registration_id, "registration_withdrawn") for seat in gone], by)
    others = [seat for seat in seats if seat not in gone]
    await move_up(connection, event, await places_of(connection, event.id), others, by)


def _kind(seat: Seat) -> str:
    return "registration_waiting" if seat.waits_for else "registration_placed"

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import is_news, now
from kit.facts import record
from kit.ids import new_id
from kit.jobs import enqueue
from kit.problems import Problem, field_invalid
from services.events.events.actions import open_event
from services.events.events.models import Event
from services.events.registration.models import Placement, Registration, Wait
from services.events.registration.placing import Place, Seat, promote, seat_at
from services.events.registration.queries import (
    live_registration,
    places_of,
    registrations_out_of_sight,
    seats_of,
)


class NotRegistered(Problem):
    status, title = 409, "There is no registration to withdraw"


class NotWaiting(Problem):
    status, title = 409, "There is no line to leave: nothing is waited for"


async def register(
    session: AsyncSession,
    event_id: UUID,
    *,
    person_id: UUID,
    school_id: UUID | None,
    place_id: UUID,
    meanwhile_online: bool,
    by: UUID,
) -> tuple[Registration, Seat, int | None]:
    """Ask for a place for a person, or for another place than the one they have: the seat, and the turn in its line.

    Raises EventCancelled, EventOver.
    """
    event = await open_event(session, event_id)
    places = await places_of(session, event.id)
    wanted = next((place for place in places if place.id == place_id), None)
    if wanted is None:
        raise field_invalid("place_id", "place_unknown")
    registration = await live_registration(session, event.id, person_id)
    if registration is None:
        registration = Registration(event_id=event.id, person_id=person_id, school_id=school_id, asked_by=by)
        session.add(registration)
        await session.flush()
    seats = await seats_of(session, event.id)
    before = next(seat for seat in seats if seat.registration_id == registration.id)
    others = [seat for seat in seats if seat is not before]
    online = next((place for place in places if place.online), None) if meanwhile_online else None
    after = seat_at(wanted, before, others, online, turn=1 + max(seat.turn for seat in seats))
    if after != before:
        await reseat_people(session, event, [(before, after)], by)
        await _tell(session, registration.id, _kind(after), by)
        others = await move_up(session, event, places, [*others, after], by)
    return registration, after, position(others, after)


async def withdraw(session: AsyncSession, event_id: UUID, person_id: UUID, by: UUID) -> None:
    """Give up a registration; whoever waits moves up. Raises NotRegistered, EventCancelled, EventOver."""
    event = await open_event(session, event_id)
    registration = await live_registration(session, event.id, person_id)
    if registration is None:
        raise NotRegistered
    await _withdraw(session, event, [registration], by)


async def leave_line(session: AsyncSession, event_id: UUID, person_id: UUID, by: UUID) -> None:
    """Wait no longer, and keep the place that one has meanwhile; who has none is withdrawn.

    Raises NotWaiting, EventCancelled, EventOver.
    """
    event = await open_event(session, event_id)
    registration = await live_registration(session, event.id, person_id)
    seats = await seats_of(session, event.id) if registration else []
    before = next((seat for seat in seats if registration and seat.registration_id == registration.id), None)
    if registration is None or before is None or before.waits_for is None:
        raise NotWaiting
    if before.placed is None:
        await _withdraw(session, event, [registration], by)
        return
    await reseat_people(session, event, [(before, replace(before, waits_for=None))], by)
    await _tell(session, registration.id, "registration_placed", by)


async def withdraw_who_left(session: AsyncSession, event_id: UUID) -> None:
    """Withdraw who does not see this event any more; whoever waits moves up. Raises EventCancelled, EventOver."""
    event = await open_event(session, event_id)
    if left := await registrations_out_of_sight(session, event.id):
        await _withdraw(session, event, left, None)


async def _withdraw(session: AsyncSession, event: Event, leaving: Sequence[Registration], by: UUID | None) -> None:
    seats = await seats_of(session, event.id)
    gone = {registration.id for registration in leaving}
    for registration in leaving:
        registration.withdrawn_at, registration.withdrawn_by = now(), by
        record(
            session, "registration.withdrawn", cluster_id=event.cluster_id, actor_id=by,
            registration_id=registration.id, event_id=event.id, person_id=registration.person_id,
        )  # fmt: skip
    freed = [(seat, replace(seat, placed=None, waits_for=None)) for seat in seats if seat.registration_id in gone]
    await reseat_people(session, event, freed, by)
    for registration in leaving:
        await _tell(session, registration.id, "registration_withdrawn", by)
    others = [seat for seat in seats if seat.registration_id not in gone]
    await move_up(session, event, await places_of(session, event.id), others, by)


async def move_up(
    session: AsyncSession, event: Event, places: list[Place], seats: list[Seat], by: UUID | None
) -> list[Seat]:
    """Let those who wait have what is free, and say who sits where then; not once the event has begun."""
    if event.starts_at <= now():
        return seats
    after = promote(places, seats)
    promoted = [(old, new) for old, new in zip(seats, after, strict=True) if old != new]
    await reseat_people(session, event, promoted, by)
    for _, new in promoted:
        await _tell(session, new.registration_id, "registration_moved", None)
    return after


async def reseat_people(
    session: AsyncSession, event: Event, moved: Sequence[tuple[Seat, Seat]], by: UUID | None
) -> None:
    """Write down the places and waits that these seats had and have now, and tell.

    Many take no more statements than one: the event is locked meanwhile.
    """
    if not moved:
        return
    await _end(session, Placement, [old for old, new in moved if old.placed and old.placed != new.placed])
    await _end(session, Wait, [old for old, new in moved if old.waits_for and _turn(old) != _turn(new)])
    for old, new in moved:
        told = {"registration_id": new.registration_id, "event_id": event.id, "person_id": new.person_id}
        if new.placed and new.placed != old.placed:
            session.add(Placement(registration_id=new.registration_id, place_id=new.placed))
            _record(session, "registration.placed", event, by, **told, place_id=new.placed)
        if new.waits_for and _turn(new) != _turn(old):
            session.add(Wait(registration_id=new.registration_id, place_id=new.waits_for, turn=new.turn))
        if new.waits_for and new.waits_for != old.waits_for:
            _record(session, "registration.waiting", event, by, **told, place_id=new.waits_for)
        if old.waits_for and not new.waits_for and new.placed and new.placed == old.placed:
            _record(session, "registration.wait_ended", event, by, **told, place_id=old.waits_for)
    await session.flush()


async def _end(session: AsyncSession, table: type[Placement | Wait], seats: Sequence[Seat]) -> None:
    if seats:
        live = col(table.registration_id).in_([seat.registration_id for seat in seats]), col(table.until).is_(None)
        await session.exec(update(table).where(*live).values(until=now()))


def _turn(seat: Seat) -> tuple[UUID | None, int]:
    return seat.waits_for, seat.turn


def _record(session: AsyncSession, kind: str, event: Event, by: UUID | None, **told: object) -> None:
    record(session, kind, cluster_id=event.cluster_id, actor_id=by, **told)


async def _tell(session: AsyncSession, registration_id: UUID, kind: str, by: UUID | None) -> None:
    """`by` did it; who did it to themselves needs no notice of it in the app."""
    if is_news():
        await enqueue(session, "registration.tell", registration_id=registration_id, kind=kind, telling=new_id(), by=by)


def _kind(seat: Seat) -> str:
    return "registration_waiting" if seat.waits_for else "registration_placed"


def position(seats: list[Seat], seat: Seat) -> int | None:
    """The place in the line, from 1."""
    if seat.waits_for is None:
        return None
    return 1 + sum(s.waits_for == seat.waits_for and s.turn < seat.turn for s in seats)

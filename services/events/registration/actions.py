import time
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.facts import record
from kit.ids import new_id
from kit.jobs import enqueue
from kit.problems import Problem, field_invalid
from services.events.events.actions import open_event
from services.events.events.models import Event
from services.events.registration.models import Placement, Registration, Wait
from services.events.registration.placing import Place, Seat, promote, seat_at
from services.events.registration.queries import (
    live_placement,
    live_registration,
    live_wait,
    places_of,
    registrations_of,
    seats_of,
)


class NotRegistered(Problem):
    status, title = 409, "There is no registration to withdraw"


async def register(
    session: AsyncSession,
    event_id: UUID,
    *,
    person_id: UUID,
    school_id: UUID | None,
    place_id: UUID,
    meanwhile_online: bool,
    by: UUID,
) -> tuple[Registration, Seat]:
    """Ask for a place for a person, or for another place than the one they have. Raises EventCancelled, EventOver."""
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
    after = seat_at(wanted, before, others, online, turn=time.time_ns() // 1000)
    if after != before:
        await reseat_one(session, event, registration, before, after, by)
        await _tell(session, registration.id, _kind(after))
        await move_up(session, event, places, [*others, after], by)
    return registration, after


async def withdraw(session: AsyncSession, event_id: UUID, person_id: UUID, by: UUID) -> None:
    """Give up a registration; whoever waits moves up. Raises NotRegistered, EventCancelled, EventOver."""
    event = await open_event(session, event_id)
    registration = await live_registration(session, event.id, person_id)
    if registration is None:
        raise NotRegistered
    seats = await seats_of(session, event.id)
    before = next(seat for seat in seats if seat.registration_id == registration.id)
    registration.withdrawn_at, registration.withdrawn_by = now(), by
    await _settle(session, before, Seat(registration.id))
    record(
        session, "registration.withdrawn", cluster_id=event.cluster_id, actor_id=by,
        registration_id=registration.id, event_id=event.id, person_id=person_id,
    )  # fmt: skip
    await _tell(session, registration.id, "registration_withdrawn")
    others = [seat for seat in seats if seat is not before]
    await move_up(session, event, await places_of(session, event.id), others, by)


async def move_up(session: AsyncSession, event: Event, places: list[Place], seats: list[Seat], by: UUID) -> None:
    """Let those who wait have what is free; not once the event has begun."""
    if event.starts_at <= now():
        return
    promoted = [(old, new) for old, new in zip(seats, promote(places, seats), strict=True) if old != new]
    if not promoted:
        return
    registrations = await registrations_of(session, event.id)
    for old, new in promoted:
        await reseat_one(session, event, registrations[new.registration_id], old, new, by)
        await _tell(session, new.registration_id, "registration_moved")


async def reseat_one(
    session: AsyncSession, event: Event, registration: Registration, before: Seat, after: Seat, by: UUID
) -> None:
    """Write down one person's new place and wait, and tell."""
    await _settle(session, before, after)
    told = {"registration_id": registration.id, "event_id": event.id, "person_id": registration.person_id}
    if after.placed and after.placed != before.placed:
        record(
            session,
            "registration.placed",
            cluster_id=event.cluster_id,
            actor_id=by,
            **told,
            place_id=after.placed,
        )
    if after.waits_for and after.waits_for != before.waits_for:
        record(
            session,
            "registration.waiting",
            cluster_id=event.cluster_id,
            actor_id=by,
            **told,
            place_id=after.waits_for,
        )


async def _settle(session: AsyncSession, before: Seat, after: Seat) -> None:
    if before.placed != after.placed:
        if before.placed and (placement := await live_placement(session, before.registration_id)):
            placement.until = now()
            await session.flush()
        if after.placed:
            session.add(Placement(registration_id=after.registration_id, place_id=after.placed))
    if (before.waits_for, before.turn) != (after.waits_for, after.turn):
        if before.waits_for and (wait := await live_wait(session, before.registration_id)):
            wait.until = now()
            await session.flush()
        if after.waits_for:
            session.add(Wait(registration_id=after.registration_id, place_id=after.waits_for, turn=after.turn))
    await session.flush()


async def _tell(session: AsyncSession, registration_id: UUID, kind: str) -> None:
    await enqueue(session, "registration.tell", registration_id=registration_id, kind=kind, telling=new_id())


def _kind(seat: Seat) -> str:
    return "registration_waiting" if seat.waits_for else "registration_placed"


def position(seats: list[Seat], seat: Seat) -> int | None:
    """The place in the line, from 1."""
    if seat.waits_for is None:
        return None
    return 1 + sum(s.waits_for == seat.waits_for and s.turn < seat.turn for s in seats)

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from services.events.calendars.copies import Copy, keep_copies, stamped_copies, this_second
from services.events.calendars.ics import Message
from services.events.calendars.models import State
from services.events.calendars.queries import Seat, seats_at

NOBODY = UUID(int=0)


async def tell_calendars(
    connection: asyncpg.Connection, asked: Sequence[tuple[UUID, UUID]], public_url: str
) -> list[tuple[Seat, Message]]:
    """How each of these (event, person), who are or were registered, stands, and what their calendar is told.

    Of two messages to one calendar the later outranks the former: its stamp is taken first, which locks the copy, and
    the state is read after that.
    """
    copies = await stamped_copies(connection, asked)
    told = [
        (
            seat,
            _tell(copies[seat.event_id, seat.person_id], seat, state_of(seat), where(seat), public_url + path_of(seat)),
        )
        for seat in await seats_at(connection, asked)
    ]
    await keep_copies(connection, list(copies.values()))
    return told


async def calendar_to_keep(
    connection: asyncpg.Connection, event_id: UUID, person_id: UUID | None, places: str, public_url: str
) -> Message:
    """What somebody downloads: who is registered the same as their mail says, who is not the event with `places`.

    A program that acts for itself (None) is nobody who could be registered, and no copy is kept for it.
    """
    whose = event_id, person_id or NOBODY
    copy = Copy(*whose, this_second())
    if person_id:
        copy = (await stamped_copies(connection, [whose]))[whose]
    (seat,) = await seats_at(connection, [whose])
    url = f"{public_url}/events/{event_id}"
    if seat.is_registered:
        message = _tell(copy, seat, state_of(seat), where(seat), url)
    else:
        message = _tell(copy, seat, State.cancelled if seat.cancelled else State.published, places, url)
    if person_id:
        await keep_copies(connection, [copy])
    return message


def _tell(copy: Copy, seat: Seat, state: State, place: str, url: str) -> Message:
    copy.tell(state, seat.revision)
    is_named = seat.is_registered or state is State.withdrawn
    return Message(
        event_id=seat.event_id,
        state=state,
        sequence=copy.sequence,
        stamped_at=copy.stamped_at,
        title=seat.title,
        description=seat.description,
        language=seat.language,
        zone=seat.zone,
        starts_at=seat.starts_at,
        ends_at=seat.ends_at,
        organiser_id=seat.organiser_id,
        attendee_id=seat.person_id if is_named else None,
        where=place,
        url=url,
    )


def state_of(seat: Seat) -> State:
    if seat.cancelled:
        return State.cancelled
    if seat.withdrawn:
        return State.withdrawn
    return State.confirmed if seat.placed else State.tentative


def path_of(seat: Seat) -> str:
    return f"/events/{seat.event_id}" if seat.sees else "/events"


def where(seat: Seat) -> str:
    """The place, or what they wait for; the link for who takes part online. Nothing for who does not come."""
    if seat.cancelled or seat.withdrawn:
        return ""
    return seat.link or place_line(seat.site, seat.address) or place_line(seat.wanted_site, seat.wanted_address)


def place_line(name: str, address: str) -> str:
    return ", ".join(part for part in (name, address) if part)

from collections.abc import Sequence
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from services.events.calendars.ics import Message
from services.events.calendars.models import CalendarCopy, State
from services.events.calendars.queries import Seat, seats_at, stamped_copies

NOBODY = UUID(int=0)


async def tell_calendars(
    session: AsyncSession, event_id: UUID, people: Sequence[UUID], public_url: str
) -> list[tuple[Seat, Message]]:
    """How each of these people, who are or were registered, stands at the event, and what their calendar is told.

    Of two messages to one calendar the later outranks the former: its stamp is taken first, which locks the copy, and
    the state is read after that.
    """
    copies = await stamped_copies(session, event_id, people)
    seats = await seats_at(session, event_id, people)
    return [
        (seat, _tell(copies[seat.person_id], seat, state_of(seat), where(seat), public_url + path_of(seat)))
        for seat in seats
    ]


async def calendar_to_keep(
    session: AsyncSession, event_id: UUID, person_id: UUID | None, places: str, public_url: str
) -> Message:
    """What somebody downloads: who is registered the same as their mail says, who is not the event with `places`.

    A program that acts for itself (None) is nobody who could be registered, and no copy is kept for it.
    """
    if person_id:
        copy = (await stamped_copies(session, event_id, [person_id]))[person_id]
    else:
        copy = CalendarCopy(event_id=event_id, person_id=NOBODY, stamped_at=real_now().replace(microsecond=0))
    (seat,) = await seats_at(session, event_id, [copy.person_id])
    url = f"{public_url}/events/{event_id}"
    if seat.is_registered:
        return _tell(copy, seat, state_of(seat), where(seat), url)
    return _tell(copy, seat, State.cancelled if seat.cancelled else State.published, places, url)


def _tell(copy: CalendarCopy, seat: Seat, state: State, place: str, url: str) -> Message:
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

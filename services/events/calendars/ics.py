"""iCalendar (RFC 5545, 5546): one UID for the life of an event. No I/O."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from icalendar import Calendar, Event, vCalAddress, vText

from kit.ics import PRODID, plain_text
from services.events.calendars.models import State
from services.events.calendars.timezones import timezone_of, wall_clock

URN = "urn:uuid:"
METHODS = {
    State.confirmed: "REQUEST",
    State.tentative: "REQUEST",
    State.published: "PUBLISH",
    State.withdrawn: "CANCEL",
    State.cancelled: "CANCEL",
}
# Who only waits is not expected for sure. CANCEL without a status takes one person out of an event that goes on.
STATUSES = {
    State.confirmed: "CONFIRMED",
    State.tentative: "TENTATIVE",
    State.published: "CONFIRMED",
    State.cancelled: "CANCELLED",
}
ANSWERS = {State.confirmed: "ACCEPTED", State.tentative: "TENTATIVE"}


@dataclass(frozen=True)
class Message:
    """What one calendar is told about an event; without an attendee it is for somebody who is not registered."""

    event_id: UUID
    state: State
    sequence: int
    stamped_at: datetime
    title: str
    description: str
    language: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    organiser_id: UUID
    attendee_id: UUID | None
    where: str
    url: str


def calendar_of(message: Message) -> str:
    """The calendar file. Persons stand in it by `urn:uuid:`; clusters, which knows addresses, puts them in."""
    calendar = Calendar()
    calendar.add("PRODID", PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", METHODS[message.state])
    event = Event()
    event.add("UID", f"{message.event_id}@staffroom")
    event.add("SEQUENCE", message.sequence)
    event.add("DTSTAMP", message.stamped_at.astimezone(UTC))
    _add_times(calendar, event, message)
    _add_text(event, "SUMMARY", message.title, message.language)
    _add_text(event, "DESCRIPTION", message.description, message.language)
    _add_text(event, "LOCATION", message.where)
    event.add("URL", message.url)
    event.add("ORGANIZER", vCalAddress(f"{URN}{message.organiser_id}"))
    if message.attendee_id:
        event.add("ATTENDEE", _attendee(message.attendee_id, message.state))
    if message.state in STATUSES:
        event.add("STATUS", STATUSES[message.state])
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def _add_times(calendar: Calendar, event: Event, message: Message) -> None:
    """Wall clocks with the rules of their zone, or UTC where those cannot tell the moments."""
    rules = None if message.zone == "UTC" else timezone_of(message.zone, message.starts_at, message.ends_at)
    if rules:
        calendar.add_component(rules)
    for name, at in (("DTSTART", message.starts_at), ("DTEND", message.ends_at)):
        if rules:
            event.add(name, wall_clock(message.zone, at), parameters={"TZID": message.zone})
        else:
            event.add(name, at.astimezone(UTC))


def _add_text(event: Event, name: str, text: str, language: str = "") -> None:
    plain = plain_text(text)
    if plain:
        event.add(name, plain, parameters={"LANGUAGE": language} if language else {})


def _attendee(person_id: UUID, state: State) -> vCalAddress:
    address = vCalAddress(f"{URN}{person_id}")
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    if state in ANSWERS:
        address.params["PARTSTAT"] = vText(ANSWERS[state])
        address.params["RSVP"] = vText("FALSE")
    return address

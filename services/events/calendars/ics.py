"""iCalendar (RFC 5545/5546): one UID for the life of an event, a SEQUENCE that rises when time or places change."""

from datetime import date, datetime
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from kit.clock import now
from services.events.events.schemas import EventOut

URN = "urn:uuid:"


def calendar_of(
    shown: EventOut,
    method: str,
    *,
    attendee: UUID | None = None,
    where: str = "",
    url: str = "",
    cancelled: bool = False,
) -> str:
    """A calendar file of METHOD PUBLISH, REQUEST or CANCEL.

    `attendee` and the organiser stand in it by `urn:uuid:`; the post office, which knows addresses, puts them in.
    CANCEL with `cancelled` False takes one person out of an event that goes on.
    """
    event = Event()
    event.add("UID", f"{shown.id}@staffroom")
    event.add("SEQUENCE", shown.sequence)
    event.add("DTSTAMP", now())
    event.add("DTSTART", _local(shown.starts_at, shown.zone))
    event.add("DTEND", _local(shown.ends_at, shown.zone))
    event.add("SUMMARY", shown.title)
    if shown.description:
        event.add("DESCRIPTION", shown.description)
    if where:
        event.add("LOCATION", where)
    if url:
        event.add("URL", url)
    if method != "PUBLISH":
        event.add("ORGANIZER", vCalAddress(f"{URN}{shown.organiser_id}"), encode=False)
    if attendee and method != "PUBLISH":
        event.add("ATTENDEE", _attendee(attendee, method), encode=False)
    if method != "CANCEL" or cancelled:
        event.add("STATUS", "CANCELLED" if cancelled else "CONFIRMED")
    calendar = Calendar()
    calendar.add("PRODID", "-//Staffroom//Staffroom//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", method)
    if shown.zone != "UTC":
        calendar.add_component(_timezone(shown.zone, shown.starts_at.year))
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


@lru_cache(maxsize=256)
def _timezone(zone: str, year: int) -> Timezone:
    """The rules of a zone around a year: programs that know no zones by name need them."""
    return Timezone.from_tzid(zone, first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1))


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))


def _attendee(person_id: UUID, method: str) -> vCalAddress:
    address = vCalAddress(f"{URN}{person_id}")
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    if method == "REQUEST":
        address.params["PARTSTAT"] = vText("ACCEPTED")
        address.params["RSVP"] = vText("FALSE")
    return address

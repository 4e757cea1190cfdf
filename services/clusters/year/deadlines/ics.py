"""Deadlines as a calendar (RFC 5545) that others subscribe to. No I/O."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from icalendar import Calendar, Event, vDuration

from kit.ics import PRODID, plain_text
from services.clusters.year.deadlines.queries import Deadline

REFRESHED = timedelta(hours=12)


def calendar_of(deadlines: Iterable[Deadline], public_url: str) -> bytes:
    """Whole days that take nobody's time; what is done has a tick before its title."""
    calendar = Calendar()
    calendar.add("PRODID", PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("X-WR-CALNAME", "Staffroom")
    calendar.add("REFRESH-INTERVAL", REFRESHED, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESHED))
    for each in deadlines:
        calendar.add_component(_event(each, public_url))
    made: bytes = calendar.to_ical()
    return made


def _event(deadline: Deadline, public_url: str) -> Event:
    event, said = Event(), {"LANGUAGE": deadline.language}
    event.add("UID", f"{deadline.kind}-{deadline.id}-{deadline.cluster_id}@staffroom")
    event.add("SEQUENCE", deadline.version - 1)
    event.add("DTSTAMP", deadline.changed_at.astimezone(UTC))
    event.add("LAST-MODIFIED", deadline.changed_at.astimezone(UTC))
    event.add("DTSTART", deadline.due)
    event.add("DTEND", deadline.due + timedelta(days=1))
    event.add("SUMMARY", plain_text(f"✓ {deadline.title}" if deadline.done else deadline.title), parameters=said)
    if deadline.text:
        event.add("DESCRIPTION", plain_text(deadline.text), parameters=said)
    event.add("CATEGORIES", [plain_text(deadline.cluster)])
    event.add("URL", public_url + deadline.path)
    event.add("TRANSP", "TRANSPARENT")
    return event

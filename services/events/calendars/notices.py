"""What the post office is asked to tell one person. No I/O."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.events.calendars.actions import path_of, place_line
from services.events.calendars.ics import Message, calendar_of
from services.events.calendars.queries import Seat

WAITING = "registration_waiting"


def notice_to(seat: Seat, message: Message, kind: str, *, in_app: bool = True, **more: Any) -> dict[str, Any]:
    """A notice of this kind about somebody's place, with the calendar file; the room's link is in the mail alone."""
    wanted, placed = place_line(seat.wanted_site, seat.wanted_address), place_line(seat.site, seat.address)
    return {
        "person_id": str(seat.person_id),
        "kind": kind,
        "path": path_of(seat),
        "in_app": in_app,
        "params": {
            "title": seat.title,
            "language": seat.language,
            "starts_at": seat.starts_at.isoformat(),
            "ends_at": seat.ends_at.isoformat(),
            "place": wanted if seat.waits_for and (kind == WAITING or not seat.placed) else placed,
            "elsewhere": placed if seat.waits_for else "",
            "online": seat.link is not None,
            "waits": seat.waits_for is not None,
            "position": seat.position,
        }
        | more,
        "letter": {"join": seat.link or ""},
        "calendar": calendar_of(message),
    }


def announcement_to(person_id: UUID, event: Mapping[str, Any]) -> dict[str, Any]:
    """That there is a new event, and where it will be."""
    return {
        "person_id": str(person_id),
        "kind": "event_announced",
        "path": f"/events/{event['id']}",
        "named": {"by": str(event["organiser_id"])},
        "params": {
            "title": event["title"],
            "language": event["language"],
            "by": event["organiser"],
            "starts_at": event["starts_at"].isoformat(),
            "ends_at": event["ends_at"].isoformat(),
            "place": event["places"],
            "online": event["online"],
        },
    }

"""Telling people about their registrations and about changes: one mail each, with its calendar file."""

from typing import Any
from uuid import UUID

from kit.client import Client, Refused
from kit.db import Database
from kit.jobs import Context, Jobs
from services.events.calendars.ics import calendar_of
from services.events.calendars.queries import TellSeat, telling_of
from services.events.changes.models import Change
from services.events.events.schemas import EventOut

jobs = Jobs()
BATCH = 200
TOLD_BEFORE = "/problems/idempotency-key-reused"


@jobs.job("registration.tell")
async def tell_registration(context: Context, registration_id: str, kind: str, telling: str) -> None:
    """Confirm, put on the waiting list, move up, or withdraw one person; not for an event that is over."""
    await _tell(context, telling, kind, registration_id=UUID(registration_id))


@jobs.job("change.tell")
async def tell_change(context: Context, change_id: str) -> None:
    async with context.database.transaction() as session:
        change = await session.get_one(Change, UUID(change_id))
    more = {"what": change.what, "reason": change.reason}
    await _tell(context, f"change-{change_id}", "event_changed", event_id=change.event_id, more=more)


@jobs.job("cancellation.tell")
async def tell_cancellation(context: Context, event_id: str) -> None:
    await _tell(context, f"cancellation-{event_id}", "event_cancelled", event_id=UUID(event_id))


async def _tell(
    context: Context,
    once: str,
    kind: str,
    *,
    event_id: UUID | None = None,
    registration_id: UUID | None = None,
    more: dict[str, Any] | None = None,
) -> None:
    database: Database = context.database
    shown, seats = await telling_of(database, event_id=event_id, registration_id=registration_id)
    if shown is None or (shown.cancelled_at and kind != "event_cancelled"):
        return
    # A job may come late: who withdrew meanwhile is not told of the place any more.
    seats = [seat for seat in seats if seat.withdrawn == (kind == "registration_withdrawn")]
    if kind == "event_cancelled":
        more = {"reason": shown.cancelled_because or ""}
    public_url = context.resources["settings"].public_url
    notices = [_notice(shown, seat, kind, public_url, more or {}) for seat in seats]
    clusters: Client = context.resources["neighbours"].clusters
    for start in range(0, len(notices), BATCH):
        batch = {"notices": notices[start : start + BATCH]}
        try:
            await clusters.ask("POST", "/v1/notices", json=batch, headers={"idempotency-key": f"{once}-{start}"})
        except Refused as refused:
            if refused.type != TOLD_BEFORE:
                raise


def _notice(shown: EventOut, seat: TellSeat, kind: str, public_url: str, more: dict[str, Any]) -> dict[str, Any]:
    places = {place.id: place for place in shown.places}
    placed = places.get(seat.placed) if seat.placed else None
    wanted = places.get(seat.waits_for) if seat.waits_for else None
    path = f"/events/{shown.id}"
    named = wanted if kind == "registration_waiting" and wanted else placed
    gone = kind in ("event_cancelled", "registration_withdrawn")
    return {
        "person_id": str(seat.person_id),
        "kind": kind,
        "path": path,
        "in_app": not (kind.startswith("registration_") and seat.by_oneself) or kind == "registration_moved",
        "params": {
            "title": shown.title,
            "starts_at": shown.starts_at.isoformat(),
            "ends_at": shown.ends_at.isoformat(),
            "place": _where(named) if named else "",
            "online": bool(placed and placed.online),
            "position": seat.position,
        }
        | more,
        "calendar": calendar_of(
            shown,
            "CANCEL" if gone else "REQUEST",
            attendee=seat.person_id,
            where=(placed.link if placed.online else _where(placed)) or "" if placed else "",
            url=public_url + path,
            cancelled=kind == "event_cancelled",
        ),
    }


def _where(place: Any) -> str:
    return ", ".join(part for part in (place.name, place.address) if part)

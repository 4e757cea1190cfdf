"""Telling people about their registrations and about changes: one mail each, with its calendar file."""

from typing import Any
from uuid import UUID

from kit.client import Client, Refused
from kit.clock import said_now
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
async def tell_registration(
    context: Context, registration_id: str, kind: str, telling: str, by: str | None = None
) -> None:
    """Confirm, put on the waiting list, move up, or withdraw one person; not for an event that is over."""
    await _tell(context, telling, kind, registration_id=UUID(registration_id), by=by)


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
    by: str | None = None,
    more: dict[str, Any] | None = None,
) -> None:
    database: Database = context.database
    shown, seats = await telling_of(database, event_id=event_id, registration_id=registration_id)
    if shown is None or (shown.cancelled_at and kind != "event_cancelled"):
        return
    if kind == "event_cancelled":
        more = {"reason": shown.cancelled_because or ""}
    public_url = context.resources["settings"].public_url
    clusters: Client = context.resources["neighbours"].clusters
    # Who withdraws between two tries stays in their batch, so that nobody slips into one that was told before.
    for start in range(0, len(seats), BATCH):
        told = [seat for seat in seats[start : start + BATCH] if _is_told(seat, kind)]
        notices = [_notice(shown, seat, kind, public_url, by, more or {}) for seat in told]
        if notices:
            await _tell_once(clusters, f"{once}-{start}", notices)


def _is_told(seat: TellSeat, kind: str) -> bool:
    """A job may come late: who withdrew meanwhile is not told of the place any more, who left not of the event."""
    if kind == "registration_withdrawn":
        return seat.withdrawn
    return not seat.withdrawn and (seat.sees or kind == "event_cancelled")


async def _tell_once(clusters: Client, once: str, notices: list[dict[str, Any]]) -> None:
    said = said_now()
    told = {"notices": notices, "happened_at": said.at.isoformat() if said else None}
    try:
        await clusters.ask("POST", "/v1/notices", json=told, headers={"idempotency-key": once})
    except Refused as refused:
        if refused.type != TOLD_BEFORE:
            raise


def _notice(
    shown: EventOut, seat: TellSeat, kind: str, public_url: str, by: str | None, more: dict[str, Any]
) -> dict[str, Any]:
    places = {place.id: place for place in shown.places}
    placed = places.get(seat.placed) if seat.placed else None
    wanted = places.get(seat.waits_for) if seat.waits_for else None
    path = f"/events/{shown.id}" if seat.sees else "/events"
    named = wanted if kind == "registration_waiting" and wanted else placed
    gone = kind in ("event_cancelled", "registration_withdrawn")
    return {
        "person_id": str(seat.person_id),
        "kind": kind,
        "path": path,
        "in_app": by != str(seat.person_id),
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
            where=(placed.link if placed.online else _where(placed)) or "" if placed and not gone else "",
            url=public_url + path,
            cancelled=kind == "event_cancelled",
        ),
    }


def _where(place: Any) -> str:
    return ", ".join(part for part in (place.name, place.address) if part)

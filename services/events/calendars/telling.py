"""Telling people about their registrations and about changes: one mail each, with its calendar file."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias
from uuid import UUID

from kit.client import Refused
from kit.clock import now, real_now, said_now
from kit.ids import new_id
from kit.jobs import Context, Jobs, enqueue
from services.events.calendars.actions import tell_calendars
from services.events.calendars.ics import Message
from services.events.calendars.notices import announcement_to, notice_to
from services.events.calendars.queries import Seat, announced, everybody_registered, whose_registration
from services.events.changes.models import Change
from services.events.events.queries import lock_event

jobs = Jobs()
BATCH = 40  # notices with the longest descriptions fit into one request
WORDS_REST = timedelta(minutes=10)
TOLD_BEFORE = "/problems/idempotency-key-reused"

ToSeat: TypeAlias = Callable[[Seat, Message], dict[str, Any] | None]
"""The notice to somebody at an event; None for whom it does not concern."""


@jobs.job("registration.tell")
async def tell_registration(
    context: Context, registration_id: str, kind: str, telling: str, by: str | None = None
) -> None:
    """Confirm, put on the waiting list, move up, or withdraw one person; not for an event that is over."""

    def notice(seat: Seat, message: Message) -> dict[str, Any] | None:
        # A job may come late: who withdrew meanwhile is not told of the place any more, who left not of the event.
        if seat.withdrawn != (kind == "registration_withdrawn") or not (seat.sees or seat.withdrawn):
            return None
        return notice_to(seat, message, kind, in_app=by != str(seat.person_id))

    event_id, person_id = await whose_registration(context.database.pool, UUID(registration_id))
    await _tell(context, f"{telling}-0", event_id, [person_id], notice)


@jobs.job("change.tell")
async def tell_change(context: Context, change_id: str) -> None:
    """Tell whom a change concerns what it means for them."""
    async with context.database.transaction() as session:
        change = await session.get_one(Change, UUID(change_id))

    def notice(seat: Seat, message: Message) -> dict[str, Any] | None:
        news = change.news.get(str(seat.registration_id))
        if not news or not seat.sees or not seat.is_registered:
            return None
        kind = "registration_moved" if news == ["gets_seat"] else "event_changed"
        return notice_to(seat, message, kind, what=news, reason=change.reason)

    await _tell_everybody(context, f"change-{change_id}", change.event_id, notice)


@jobs.job("description.tell")
async def tell_description(context: Context, event_id: str) -> None:
    """New words go to calendars at once; those that come within minutes of the last are told together, later."""
    async with context.database.transaction() as session:
        event = await lock_event(session, UUID(event_id))
        told = event.description_told_at
        if event.described_at is None or (told and told >= event.described_at):
            return
        if told and (rest := told + WORDS_REST - real_now()) > timedelta():
            await enqueue(session, "description.tell", after=rest, event_id=event_id)
            return
        event.description_told_at = real_now()
        await enqueue(session, "words.tell", event_id=event_id, telling=new_id())


@jobs.job("words.tell")
async def tell_words(context: Context, event_id: str, telling: str) -> None:
    """The title and the description as they are now, by a mail alone: calendars follow it."""

    def notice(seat: Seat, message: Message) -> dict[str, Any] | None:
        if not seat.sees or not seat.is_registered:
            return None
        return notice_to(seat, message, "event_described", in_app=False)

    await _tell_everybody(context, f"words-{telling}", UUID(event_id), notice)


@jobs.job("cancellation.tell")
async def tell_cancellation(context: Context, event_id: str) -> None:
    """Tell everybody who is registered, also who left the cluster, that it does not take place."""

    def notice(seat: Seat, message: Message) -> dict[str, Any] | None:
        if not seat.is_registered:
            return None
        return notice_to(seat, message, "event_cancelled", reason=seat.cancelled_because or "")

    await _tell_everybody(context, f"cancellation-{event_id}", UUID(event_id), notice, also_cancelled=True)


@jobs.job("announcement.tell")
async def tell_announcement(context: Context, event_id: str, people: list[str], batch: int) -> None:
    """Tell these people, as far as they are members of the cluster, of a new event that is still to come."""
    event, members = await announced(context.database.pool, UUID(event_id), [UUID(person_id) for person_id in people])
    if event["cancelled"] or event["ends_at"] <= now() or not members:
        return
    await _post(
        context, f"announcement-{event_id}-{batch}", [announcement_to(person_id, event) for person_id in members]
    )


async def _tell_everybody(
    context: Context, once: str, event_id: UUID, notice: ToSeat, *, also_cancelled: bool = False
) -> None:
    """Tell all who were ever registered, in the order of asking, as far as it concerns them.

    Who withdraws between two tries stays in their batch, so that nobody slips into one that was told before.
    """
    people = await everybody_registered(context.database.pool, event_id)
    for start in range(0, len(people), BATCH):
        batch = people[start : start + BATCH]
        await _tell(context, f"{once}-{start}", event_id, batch, notice, also_cancelled=also_cancelled)


async def _tell(
    context: Context,
    once: str,
    event_id: UUID,
    people: list[UUID],
    notice: ToSeat,
    *,
    also_cancelled: bool = False,
) -> None:
    """Nobody is told of an event that is over; of one that is cancelled, only that it is."""
    async with context.database.transaction() as session:
        told = await tell_calendars(session, event_id, people, context.resources["settings"].public_url)
    open_still = [
        (seat, message) for seat, message in told if seat.ends_at > now() and (also_cancelled or not seat.cancelled)
    ]
    notices = [made for seat, message in open_still if (made := notice(seat, message))]
    if notices:
        await _post(context, once, notices)


async def _post(context: Context, once: str, notices: list[dict[str, Any]]) -> None:
    said, clusters = said_now(), context.resources["neighbours"].clusters
    told = {"notices": notices, "happened_at": said.at.isoformat() if said else None}
    try:
        await clusters.ask("POST", "/v1/notices", json=told, headers={"idempotency-key": once})
    except Refused as refused:
        if refused.type != TOLD_BEFORE:
            raise

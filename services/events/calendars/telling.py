"""Telling people about their registrations and about changes: one mail each, with its calendar file."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias
from uuid import UUID

from kit.clock import now, real_now
from kit.ids import new_id
from kit.jobs import Context, Jobs, enqueue
from kit.locking import lock
from kit.notices import AT_ONCE, post_notices
from services.events.calendars.actions import tell_calendars
from services.events.calendars.ics import Message
from services.events.calendars.notices import announcement_to, notice_to
from services.events.calendars.queries import Seat, announced, everybody_registered, whose_registrations
from services.events.changes.models import Change
from services.events.events.models import Event

jobs = Jobs()
WORDS_REST = timedelta(minutes=10)

ToSeat: TypeAlias = Callable[[Seat, Message], dict[str, Any] | None]
"""The notice to somebody at an event; None for whom it does not concern."""


@jobs.together("registration.tell")
async def tell_registrations(context: Context, tellings: list[dict[str, str]]) -> None:
    """Confirm, put on the waiting list, move up, or withdraw each; not for an event that is over."""
    pool, public_url = context.database.pool, context.resources["settings"].public_url
    whose = await whose_registrations(pool, [UUID(telling["registration_id"]) for telling in tellings])
    notices = []
    for each in _rounds([(whose[UUID(telling["registration_id"])], telling) for telling in tellings]):
        async with context.database.writing() as connection:
            told = await tell_calendars(connection, list(each), public_url)
        notices += [
            notice | {"once": each[seat.event_id, seat.person_id]["telling"]}
            for seat, message in told
            if seat.ends_at > now()
            and not seat.cancelled
            and (notice := _of_registration(seat, message, each[seat.event_id, seat.person_id]))
        ]
    await post_notices(context.resources["neighbours"].clusters, notices)


def _rounds(
    told: list[tuple[tuple[UUID, UUID], dict[str, str]]],
) -> list[dict[tuple[UUID, UUID], dict[str, str]]]:
    """One calendar is told one thing at a time, in the order of asking; everybody's first goes together."""
    rounds: list[dict[tuple[UUID, UUID], dict[str, str]]] = []
    for whose, telling in told:
        free = next((each for each in rounds if whose not in each), None)
        if free is None:
            rounds.append(free := {})
        free[whose] = telling
    return rounds


def _of_registration(seat: Seat, message: Message, telling: dict[str, str]) -> dict[str, Any] | None:
    # A job may come late: who withdrew meanwhile is not told of the place any more, who left not of the event.
    kind = telling["kind"]
    if seat.withdrawn != (kind == "registration_withdrawn") or not (seat.sees or seat.withdrawn):
        return None
    return notice_to(seat, message, kind, in_app=telling.get("by") != str(seat.person_id))


@jobs.job("change.tell")
async def tell_change(context: Context, change_id: str) -> None:
    """Tell whom a change concerns what it means for them."""
    async with context.database.transaction() as db:
        change = await db.get_one(Change, UUID(change_id))

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
    async with context.database.transaction() as db:
        event = await lock(db, Event, UUID(event_id))
        told = event.description_told_at
        if event.described_at is None or (told and told >= event.described_at):
            return
        if told and (rest := told + WORDS_REST - real_now()) > timedelta():
            await enqueue(db, "description.tell", after=rest, event_id=event_id)
            return
        event.description_told_at = real_now()
        await enqueue(db, "words.tell", event_id=event_id, telling=new_id())


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
        closed = {"cluster_closed": True} if seat.ended_with_cluster else {}
        return notice_to(seat, message, "event_cancelled", reason=seat.cancelled_because or "", **closed)

    await _tell_everybody(context, f"cancellation-{event_id}", UUID(event_id), notice, also_cancelled=True)


@jobs.job("announcement.tell")
async def tell_announcement(context: Context, event_id: str, people: list[str], batch: int) -> None:
    """Tell these people, as far as they are members of the cluster, of a new event that is still to come."""
    event, members = await announced(context.database.pool, UUID(event_id), [UUID(person_id) for person_id in people])
    if event["cancelled"] or event["ends_at"] <= now() or not members:
        return
    told = [
        announcement_to(person_id, event) | {"once": f"announcement-{event_id}-{person_id}"} for person_id in members
    ]
    await post_notices(context.resources["neighbours"].clusters, told)


async def _tell_everybody(
    context: Context, once: str, event_id: UUID, notice: ToSeat, *, also_cancelled: bool = False
) -> None:
    """Tell all who were ever registered, in the order of asking, as far as it concerns them.

    Nobody is told of an event that is over; of one that is cancelled, only that it is.
    """
    public_url = context.resources["settings"].public_url
    people = await everybody_registered(context.database.pool, event_id)
    for start in range(0, len(people), AT_ONCE):
        asked = [(event_id, person_id) for person_id in people[start : start + AT_ONCE]]
        async with context.database.writing() as connection:
            told = await tell_calendars(connection, asked, public_url)
        notices = [
            made | {"once": f"{once}-{seat.person_id}"}
            for seat, message in told
            if seat.ends_at > now() and (also_cancelled or not seat.cancelled) and (made := notice(seat, message))
        ]
        await post_notices(context.resources["neighbours"].clusters, notices)

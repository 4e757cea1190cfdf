from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import is_news, now, real_now
from kit.db import plain
from kit.facts import record
from kit.jobs import enqueue, enqueue_all
from kit.locking import lock
from kit.policy import hold
from services.events import facts
from services.events.events.models import Cancellation, Event, OnlineRoom, Site
from services.events.events.queries import event_state, language_of, members_of
from services.events.events.schemas import DescriptionIn, EventIn
from services.events.policy import RULES
from services.roster.sight import held_cluster

TOLD_AT_ONCE = 200


async def announce_event(db: AsyncSession, new: EventIn, by: UUID, school_id: UUID | None) -> Event:
    """A new event of a cluster, open for registration. Raises ClusterClosed."""
    # Held while it is announced: what a cluster planned that is closed meanwhile is cancelled with it.
    hold(RULES, "event.schedule", await held_cluster(await plain(db), new.cluster_id))
    event = Event(
        **new.model_dump(include={"cluster_id", "title", "description", "format", "zone", "starts_at", "ends_at"}),
        language=new.language or await language_of(db, by),
        organiser_id=by,
        organiser_school_id=school_id,
    )
    db.add(event)
    await db.flush()
    db.add_all(
        Site(event_id=event.id, number=number, **site.model_dump(exclude={"id"}))
        for number, site in enumerate(new.sites)
    )
    if new.online_room:
        db.add(OnlineRoom(event_id=event.id, **new.online_room.model_dump()))
    announced = facts.EventAnnounced(
        event_id=event.id,
        title=event.title,
        format=event.format,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=event.zone,
    )
    record(db, announced, cluster_id=event.cluster_id, actor_id=by)
    if event.ends_at > now() and is_news():
        await _tell_members(db, event)
    return event


async def _tell_members(db: AsyncSession, event: Event) -> None:
    members = [person_id for person_id in await members_of(db, event.cluster_id) if person_id != event.organiser_id]
    batches = [members[start : start + TOLD_AT_ONCE] for start in range(0, len(members), TOLD_AT_ONCE)]
    told = [{"event_id": event.id, "people": batch, "batch": n} for n, batch in enumerate(batches)]
    if told:
        await enqueue_all(db, "announcement.tell", told)


async def describe_event(db: AsyncSession, event: Event, new: DescriptionIn, by: UUID) -> Event:
    """Say anew what it is about; the calendars of those who are registered follow."""
    language = new.language or event.language
    if (new.title, new.description, language) != (event.title, event.description, event.language):
        event.described_at = real_now()
        await enqueue(db, "description.tell", event_id=event.id)
    event.title, event.description, event.format = new.title, new.description, new.format
    event.language = language
    event.version += 1
    described = facts.EventDescribed(event_id=event.id, title=event.title, format=event.format)
    record(db, described, cluster_id=event.cluster_id, actor_id=by)
    return event


async def cancel_event(db: AsyncSession, event_id: UUID, reason: str, by: UUID) -> Event:
    """Cancel it: everybody who is registered is told once, and their calendars follow.

    Raises EventCancelled, EventOver, ClusterClosed.
    """
    event = await open_event(db, event_id)
    await _cancel(db, event, reason, by)
    return event


async def end_with_cluster(db: AsyncSession, event_id: UUID, by: UUID | None) -> None:
    """What a closed cluster planned is cancelled as by hand; what is over, or was cancelled, stays as it is."""
    event = await lock(db, Event, event_id)
    state = await event_state(await plain(db), event.id)
    if state.cluster_closed_at and not state.cancelled_at and state.ends_at > now():
        await _cancel(db, event, "", by or event.organiser_id)


async def _cancel(db: AsyncSession, event: Event, reason: str, by: UUID) -> None:
    event.sequence += 1
    event.version += 1
    db.add(Cancellation(event_id=event.id, reason=reason, by=by))
    cancelled = facts.EventCancelled(event_id=event.id, sequence=event.sequence)
    record(db, cancelled, cluster_id=event.cluster_id, actor_id=by)
    await enqueue(db, "cancellation.tell", event_id=event.id)


async def open_event(db: AsyncSession, event_id: UUID, action: str = "event.change") -> Event:
    """The event, locked, while this action is open. Raises what its row of the policy says."""
    event = await lock(db, Event, event_id)
    hold(RULES, action, await event_state(await plain(db), event.id))
    return event

from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.db import plain
from kit.facts import record
from kit.jobs import enqueue
from kit.problems import field_invalid
from services.events.changes.models import Change
from services.events.changes.outcome import Outcome, outcome_of
from services.events.changes.schemas import ChangeIn
from services.events.events.models import Event, OnlineRoom, Site
from services.events.events.queries import room_of, sites_of
from services.events.events.terms import is_over
from services.events.facts import EventChanged
from services.events.registration.seating import reseat_people, seats_of


def meant(event: Event, wanted: ChangeIn) -> ChangeIn:
    """The same, as long as before where no end is given. Raises Invalid for an unconfirmed move into the past."""
    ends_at = wanted.ends_at or wanted.starts_at + (event.ends_at - event.starts_at)
    if is_over(ends_at) and ends_at != event.ends_at and not wanted.past:
        raise field_invalid("past", "past_unconfirmed")
    return wanted.model_copy(update={"ends_at": ends_at})


async def preview_change(db: AsyncSession, event: Event, wanted: ChangeIn) -> Outcome:
    """What this change would do to whom. Raises Invalid when it would be over already, and nobody says so."""
    return await _outcome(db, event, meant(event, wanted))


async def _outcome(db: AsyncSession, event: Event, terms: ChangeIn) -> Outcome:
    sites, room = await sites_of(db, event.id), await room_of(db, event.id)
    return outcome_of(event, sites, room, terms, await seats_of(await plain(db), event.id))


async def change_event(db: AsyncSession, event: Event, wanted: ChangeIn, by: UUID) -> Change | None:
    """Change when and where (the event is locked): everybody keeps a place or a turn; whom it concerns is told once.

    None when nothing is to change. Raises Invalid.
    """
    terms = meant(event, wanted)
    outcome = await _outcome(db, event, terms)
    if not outcome.what:
        return None
    before = _terms_of(event, await sites_of(db, event.id), await room_of(db, event.id))
    await _apply(db, event, outcome, terms)
    change = Change(
        event_id=event.id,
        what=outcome.what,
        reason=wanted.reason,
        before=before,
        effects={str(registration): effect for registration, effect in outcome.effects().items()},
        news={str(registration): news for registration, news in outcome.news().items()},
        by=by,
    )
    db.add(change)
    await db.flush()
    moved = [(old, new) for old, new in zip(outcome.before, outcome.after, strict=True) if old != new]
    await reseat_people(await plain(db), event, moved, by)
    changed = EventChanged(
        event_id=event.id,
        change_id=change.id,
        what=outcome.what,
        sequence=event.sequence,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=event.zone,
    )
    record(db, changed, cluster_id=event.cluster_id, actor_id=by)
    if change.news:
        await enqueue(db, "change.tell", change_id=change.id)
    return change


async def _apply(db: AsyncSession, event: Event, outcome: Outcome, terms: ChangeIn) -> None:
    assert terms.ends_at
    event.zone, event.starts_at, event.ends_at = terms.zone, terms.starts_at, terms.ends_at
    event.version += 1
    event.sequence += outcome.is_significant
    known = {site.id: site for site in await sites_of(db, event.id)}
    for site_id in known.keys() - {site_id for site_id, _ in outcome.sites}:
        known[site_id].given_up_at = now()
    for number, (site_id, new) in enumerate(outcome.sites):
        site = known.get(site_id) or Site(id=site_id, event_id=event.id, name=new.name)
        site.name, site.address, site.school_id, site.capacity = (
            new.name,
            new.address,
            new.school_id,
            new.capacity,
        )
        site.number = number
        db.add(site)
    room = await room_of(db, event.id)
    if room and outcome.room_id is None:
        room.given_up_at = now()
    elif terms.online_room and outcome.room_id:
        room = room or OnlineRoom(id=outcome.room_id, event_id=event.id, link="")
        room.link, room.capacity = terms.online_room.link, terms.online_room.capacity
        db.add(room)
    await db.flush()


def _terms_of(event: Event, sites: list[Site], room: OnlineRoom | None) -> dict[str, Any]:
    return {
        "zone": event.zone,
        "starts_at": event.starts_at.isoformat(),
        "ends_at": event.ends_at.isoformat(),
        "sites": [site.name for site in sites],
        "online": room is not None,
    }

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from kit.db import Plain, Reader
from kit.policy import hold
from kit.problems import NotFound
from services.events.events.queries import VisibleEvent, event_state, visible_event
from services.events.policy import RULES
from services.roster.standing import CurrentMember

REGISTERED = """
select registration.id as registration_id, registration.person_id, registration.school_id,
  coalesce(person.name, '') as name, coalesce(school.name, '') as school,
  placement.place_id as placed, wait.place_id as waits_for
from registration
left join placement on placement.registration_id = registration.id and placement.until is null
left join wait on wait.registration_id = registration.id and wait.until is null
left join person on person.id = registration.person_id
left join school on school.id = registration.school_id
where registration.event_id = $1 and registration.withdrawn_at is null
order by registration.id
"""

SEES = "exists (select from clusters_seen_by(registration.person_id) seen where seen.cluster_id = event.cluster_id)"
COMING = """
select distinct event.id from registration join event on event.id = registration.event_id
where registration.withdrawn_at is null and event.starts_at > $1
  and not exists (select from cancellation where event_id = event.id)
"""
OUT_OF_SIGHT_OF = f"{COMING} and not {SEES} and registration.person_id = $2 order by event.id"
OUT_OF_SIGHT_IN = f"{COMING} and not {SEES} and event.cluster_id = $2 order by event.id"
LIVE_AT = """
select registration.id from registration join event on event.id = registration.event_id
where registration.event_id = $1 and registration.withdrawn_at is null
"""
OUT_OF_SIGHT = f"{LIVE_AT} and not {SEES} order by registration.id"
LOCKED = "select id, cluster_id, starts_at from event where id = $1 for update"
LIVE = """
select id, school_id from registration where event_id = $1 and person_id = $2 and withdrawn_at is null
"""
SCHOOL = """
select staff.school_id from staff join membership on membership.school_id = staff.school_id
where staff.person_id = $1 and staff.ended_at is null and membership.cluster_id = $2 and membership.ended_at is null
order by staff.id limit 1
"""


@dataclass
class OpenEvent:
    """An event that can still change, locked by this transaction."""

    id: UUID
    cluster_id: UUID
    starts_at: datetime


@dataclass(frozen=True)
class Candidate(VisibleEvent):
    """A person of the cluster at an event of it: who may be registered, and through which school."""

    person_id: UUID
    school_id: UUID | None


async def candidate(event_id: UUID, person_id: UUID, pool: Reader, actor: CurrentMember) -> Candidate:
    """Raises NotFound when the event is out of sight, or the person is nobody of its cluster."""
    found = await visible_event(event_id, pool, actor)
    if someone := await _of_cluster(pool, found, person_id, actor):
        return someone
    raise NotFound


async def registrant(event_id: UUID, person_id: UUID, pool: Reader, actor: CurrentMember) -> Candidate:
    """A candidate, or whoever is registered though they left the cluster since. Raises NotFound."""
    found = await visible_event(event_id, pool, actor)
    if someone := await _of_cluster(pool, found, person_id, actor):
        return someone
    registration = await live_registration(pool, event_id, person_id)
    if registration is None:
        raise NotFound
    return Candidate(found.cluster, found.event, found.state, person_id, registration["school_id"])


async def _of_cluster(
    pool: asyncpg.Pool, found: VisibleEvent, person_id: UUID, actor: CurrentMember
) -> Candidate | None:
    """The person, through their school in the cluster; who holds an office sees the event and comes through none."""
    school_id = await pool.fetchval(SCHOOL, person_id, found.event.cluster_id)
    if school_id is None and (person_id != actor.id or not actor.offices):
        return None
    return Candidate(found.cluster, found.event, found.state, person_id, school_id)


async def lock_open_event(connection: asyncpg.Connection, event_id: UUID) -> OpenEvent:
    """The event, for this transaction alone, as long as anything about it can change.

    Raises EventCancelled, EventOver.
    """
    row = await connection.fetchrow(LOCKED, event_id)
    assert row
    # Asked after the lock: a cancellation that held it is seen now.
    hold(RULES, "event.register", await event_state(connection, event_id))
    return OpenEvent(row["id"], row["cluster_id"], row["starts_at"])


async def registered(pool: asyncpg.Pool, event_id: UUID) -> list[dict[str, Any]]:
    """Who comes, with place and what they wait for."""
    return [dict(row) for row in await pool.fetch(REGISTERED, event_id)]


async def live_registration(connection: Plain, event_id: UUID, person_id: UUID) -> asyncpg.Record | None:
    """`id` and `school_id` of somebody's registration."""
    row: asyncpg.Record | None = await connection.fetchrow(LIVE, event_id, person_id)
    return row


async def registrations_out_of_sight(connection: asyncpg.Connection, event_id: UUID) -> list[UUID]:
    """Live registrations of people who do not see the event any more."""
    return [row["id"] for row in await connection.fetch(OUT_OF_SIGHT, event_id)]


async def coming_out_of_sight(
    pool: asyncpg.Pool, at: datetime, person_id: UUID | None, cluster_id: UUID | None
) -> list[UUID]:
    """Events that begin after `at`, with somebody registered who does not see them: this person, or in this cluster."""
    asked = (OUT_OF_SIGHT_OF, at, person_id) if person_id else (OUT_OF_SIGHT_IN, at, cluster_id)
    return [row["id"] for row in await pool.fetch(*asked)]

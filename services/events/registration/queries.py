from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db, Reader
from kit.problems import NotFound
from services.events.events.models import Event
from services.events.events.queries import VisibleEvent, visible_event
from services.events.registration.models import Registration
from services.events.registration.placing import Place, Seat
from services.roster.models import Membership, Staff
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

SEES = """
(exists (select from staff join membership on membership.school_id = staff.school_id
   where staff.person_id = registration.person_id and staff.ended_at is null
     and membership.cluster_id = event.cluster_id and membership.ended_at is null)
 or exists (select from office join cluster on cluster.id = event.cluster_id
   where office.person_id = registration.person_id and office.ended_at is null
     and (office.kind = 'programme_coordinator' or office.country = cluster.country)))
"""
COMING = """
select distinct event.id from registration join event on event.id = registration.event_id
where registration.withdrawn_at is null and event.starts_at > $1
  and ($2::uuid is null or registration.person_id = $2) and ($3::uuid is null or event.cluster_id = $3)
  and not exists (select from cancellation where event_id = event.id)
"""
COMING_OUT_OF_SIGHT = f"{COMING} and not {SEES} order by event.id"
PLACES = """
select id, capacity, false as online, number from site where event_id = :event_id and given_up_at is null
union all
select id, capacity, true, 1000 from online_room where event_id = :event_id and given_up_at is null
order by number, id
"""
SEATS = """
select registration.id as registration_id, placement.place_id as placed, wait.place_id as waits_for,
  coalesce(wait.turn, 0) as turn, registration.person_id
from registration
left join placement on placement.registration_id = registration.id and placement.until is null
left join wait on wait.registration_id = registration.id and wait.until is null
where registration.event_id = :event_id and registration.withdrawn_at is null
order by registration.id
"""


@dataclass(frozen=True)
class Candidate(VisibleEvent):
    """A person of the cluster at an event of it: who may be registered, and through which school."""

    person_id: UUID
    school_id: UUID | None


async def candidate(event_id: UUID, person_id: UUID, session: Db, pool: Reader, actor: CurrentMember) -> Candidate:
    """Raises NotFound when the event is out of sight, or the person is nobody of its cluster."""
    found = await visible_event(event_id, pool, actor)
    school_id = await school_in(session, person_id, found.event.cluster_id)
    if school_id is None and (person_id != actor.id or not actor.offices):
        raise NotFound
    return Candidate(found.cluster, found.event, found.shown, person_id, school_id)


async def registrant(event_id: UUID, person_id: UUID, session: Db, pool: Reader, actor: CurrentMember) -> Candidate:
    """A candidate, or whoever is registered though they left the cluster since. Raises NotFound."""
    try:
        return await candidate(event_id, person_id, session, pool, actor)
    except NotFound:
        found = await visible_event(event_id, pool, actor)
        registration = await live_registration(session, event_id, person_id)
        if registration is None:
            raise
        return Candidate(found.cluster, found.event, found.shown, person_id, registration.school_id)


async def school_in(session: AsyncSession, person_id: UUID, cluster_id: UUID) -> UUID | None:
    """The school through which a person belongs to a cluster."""
    through = (
        select(Staff.school_id)
        .join(Membership, col(Membership.school_id) == Staff.school_id)
        .where(
            Staff.person_id == person_id,
            col(Staff.ended_at).is_(None),
            Membership.cluster_id == cluster_id,
            col(Membership.ended_at).is_(None),
        )
    )
    return (await session.exec(through.order_by(col(Staff.id)).limit(1))).first()


async def registered(pool: asyncpg.Pool, event_id: UUID) -> list[dict[str, Any]]:
    """Who comes, with place and what they wait for."""
    return [dict(row) for row in await pool.fetch(REGISTERED, event_id)]


async def live_registration(session: AsyncSession, event_id: UUID, person_id: UUID) -> Registration | None:
    live = select(Registration).where(
        Registration.event_id == event_id,
        Registration.person_id == person_id,
        col(Registration.withdrawn_at).is_(None),
    )
    return (await session.exec(live)).one_or_none()


async def registrations_out_of_sight(session: AsyncSession, event_id: UUID) -> list[Registration]:
    """Live registrations of people who do not see the event any more."""
    left = (
        select(Registration)
        .join(Event, col(Event.id) == Registration.event_id)
        .where(Registration.event_id == event_id, col(Registration.withdrawn_at).is_(None), sa.text(f"not {SEES}"))
    )
    return list(await session.exec(left.order_by(col(Registration.id))))


async def coming_out_of_sight(
    pool: asyncpg.Pool, at: datetime, person_id: UUID | None, cluster_id: UUID | None
) -> list[UUID]:
    """Events that begin after `at`, with somebody registered (this person; in this cluster) who does not see them."""
    return [row["id"] for row in await pool.fetch(COMING_OUT_OF_SIGHT, at, person_id, cluster_id)]


async def places_of(session: AsyncSession, event_id: UUID) -> list[Place]:
    """The places of the event as the decisions know them."""
    connection = await session.connection()
    rows = await connection.execute(sa.text(PLACES), {"event_id": event_id})
    return [Place(row.id, row.capacity, row.online) for row in rows]


async def seats_of(session: AsyncSession, event_id: UUID) -> list[Seat]:
    """Every live registration with where it is placed and what it waits for."""
    connection = await session.connection()
    rows = await connection.execute(sa.text(SEATS), {"event_id": event_id})
    return [Seat(**row) for row in rows.mappings()]

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db
from kit.problems import NotFound
from services.events.events.models import Cancellation, Event, OnlineRoom, Site
from services.events.events.schemas import EventIn
from services.events.registration.placing import Place
from services.roster.models import Cluster
from services.roster.standing import CurrentMember, Member

LISTED = """
select event.id, event.title, event.format, event.zone, event.starts_at, event.ends_at,
  case when room.id is null then 'on_site' when sites.names is null then 'online' else 'hybrid' end as mode,
  coalesce(sites.names, '') as places,
  (select count(*) from registration where event_id = event.id and withdrawn_at is null) as coming,
  cancellation.event_id is not null as cancelled,
  (select case when placement.id is not null then 'placed' else 'waiting' end
     from registration left join placement on placement.registration_id = registration.id and placement.until is null
     where registration.event_id = event.id and registration.person_id = $2 and registration.withdrawn_at is null) as my_state
from event
left join online_room room on room.event_id = event.id and room.given_up_at is null
left join cancellation on cancellation.event_id = event.id
left join lateral (
  select string_agg(name, ', ' order by number, id) as names from site where event_id = event.id and given_up_at is null
) sites on true
"""
UPCOMING = f"""{LISTED}
where event.cluster_id = any($1::uuid[]) and event.ends_at > $3
  and ($4::timestamptz is null or (event.ends_at, event.id) > ($4, $5::uuid))
order by event.ends_at, event.id limit $6
"""
PAST = f"""{LISTED}
where event.cluster_id = any($1::uuid[]) and event.ends_at <= $3
  and ($4::timestamptz is null or (event.ends_at, event.id) < ($4, $5::uuid))
order by event.ends_at desc, event.id desc limit $6
"""
UNMARKED = f"""{LISTED}
where event.cluster_id = any($1::uuid[]) and event.organiser_id = $2 and event.ends_at between $3::timestamptz - $4::interval and $3
  and cancellation.event_id is null and not exists (select from attendance where event_id = event.id and undone_at is null)
order by event.ends_at desc, event.id limit $5
"""
UNMARKED_SINCE, UNMARKED_SHOWN = timedelta(days=28), 5
SHOWN = """
select event.*, cluster.name as cluster, coalesce(person.name, '') as organiser,
  cancellation.at as cancelled_at, cancellation.reason as cancelled_because,
  (select json_build_object('what', what, 'reason', reason, 'at', at, 'before', before)
     from change where event_id = event.id order by id desc limit 1) as last_change
from event
join cluster on cluster.id = event.cluster_id
left join person on person.id = event.organiser_id
left join cancellation on cancellation.event_id = event.id
where event.id = $1
"""
PLACES = """
select id, name, address, school_id, false as online, capacity, null as link, number from site
where event_id = $1 and given_up_at is null
union all select id, '', '', null, true, capacity, link, 1000 from online_room where event_id = $1 and given_up_at is null
order by number, id
"""
COMING = """
select registration.id as registration_id, registration.person_id, registration.school_id,
  coalesce(person.name, '') as name, coalesce(school.name, '') as school,
  placement.place_id as placed, wait.place_id as waits_for, wait.turn
from registration
left join placement on placement.registration_id = registration.id and placement.until is null
left join wait on wait.registration_id = registration.id and wait.until is null
left join person on person.id = registration.person_id
left join school on school.id = registration.school_id
where registration.event_id = $1 and registration.withdrawn_at is null
order by school.name, person.name, registration.id
"""
ATTENDED = "select person_id from attendance where event_id = $1 and undone_at is null order by person_id"
MY_CLUSTERS = "select id from cluster where id = any($1::uuid[]) or country = any($2::text[]) or $3"


@dataclass(frozen=True)
class InCluster:
    """A cluster in sight, whose approach and country the policy asks about."""

    cluster: Cluster


@dataclass(frozen=True)
class VisibleEvent(InCluster):
    """An event in sight, with its cluster."""

    event: Event
    cancellation: Cancellation | None


def within_sight(actor: Member) -> sa.ColumnElement[bool]:
    """Clusters that this actor may know of."""
    if actor.is_programme:
        return sa.true()
    return sa.or_(col(Cluster.id).in_(actor.clusters), col(Cluster.country).in_(actor.countries))


async def visible_event(event_id: UUID, session: Db, actor: CurrentMember) -> VisibleEvent:
    """The event, for members of its cluster and the coordinators above it. Raises NotFound."""
    found = (
        await session.exec(
            select(Event, Cluster, Cancellation)
            .join(Cluster, col(Cluster.id) == Event.cluster_id)
            .outerjoin(Cancellation, col(Cancellation.event_id) == Event.id)
            .where(Event.id == event_id, within_sight(actor))
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    event, cluster, cancellation = found
    return VisibleEvent(cluster, event, cancellation)


async def cluster_of_new(new: EventIn, session: Db, actor: CurrentMember) -> InCluster:
    """The cluster that a new event is for. Raises NotFound."""
    found = (
        await session.exec(select(Cluster).where(Cluster.id == new.cluster_id, within_sight(actor)))
    ).one_or_none()
    if found is None:
        raise NotFound
    return InCluster(found)


async def clusters_in_sight(pool: asyncpg.Pool, actor: Member) -> list[UUID]:
    if not actor.offices:
        return list(actor.clusters)
    rows = await pool.fetch(MY_CLUSTERS, list(actor.clusters), actor.countries, actor.is_programme)
    return [row["id"] for row in rows]


async def listed(
    pool: asyncpg.Pool,
    clusters: list[UUID],
    actor: Member,
    *,
    upcoming: bool,
    at: datetime,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[asyncpg.Record]:
    """Events of these clusters that are not over at `at`, soonest first; or those that are, newest first."""
    last, last_id = after or (None, None)
    rows: list[asyncpg.Record] = await pool.fetch(
        UPCOMING if upcoming else PAST, clusters, actor.id, at, last, last_id, limit + 1
    )
    return rows


async def unmarked(pool: asyncpg.Pool, actor: Member, at: datetime) -> list[asyncpg.Record]:
    """My own events of the last weeks that are over, and whose attendance nobody has marked."""
    rows: list[asyncpg.Record] = await pool.fetch(
        UNMARKED, list(actor.clusters), actor.id, at, UNMARKED_SINCE, UNMARKED_SHOWN
    )
    return rows


async def shown(pool: asyncpg.Pool, event_id: UUID) -> dict[str, Any]:
    return dict(await pool.fetchrow(SHOWN, event_id))


async def places_shown(pool: asyncpg.Pool, event_id: UUID) -> list[dict[str, Any]]:
    return [dict(row) for row in await pool.fetch(PLACES, event_id)]


async def coming(pool: asyncpg.Pool, event_id: UUID) -> list[asyncpg.Record]:
    """Everybody who is registered, by school and name, with place and turn."""
    rows: list[asyncpg.Record] = await pool.fetch(COMING, event_id)
    return rows


async def attended(pool: asyncpg.Pool, event_id: UUID) -> list[UUID]:
    return [row["person_id"] for row in await pool.fetch(ATTENDED, event_id)]


async def lock_event(session: AsyncSession, event_id: UUID) -> Event:
    """The event, for this transaction alone: places and waiting lists change one at a time."""
    event = await session.get_one(Event, event_id, with_for_update=True, populate_existing=True)
    return event


async def sites_of(session: AsyncSession, event_id: UUID) -> list[Site]:
    live = select(Site).where(Site.event_id == event_id, col(Site.given_up_at).is_(None))
    return list(await session.exec(live.order_by(col(Site.number), col(Site.id))))


async def room_of(session: AsyncSession, event_id: UUID) -> OnlineRoom | None:
    live = select(OnlineRoom).where(OnlineRoom.event_id == event_id, col(OnlineRoom.given_up_at).is_(None))
    return (await session.exec(live)).one_or_none()


async def places_of(session: AsyncSession, event_id: UUID) -> list[Place]:
    """The places of the event as the decisions know them."""
    sites, room = await sites_of(session, event_id), await room_of(session, event_id)
    places = [Place(site.id, site.capacity) for site in sites]
    return [*places, Place(room.id, room.capacity, online=True)] if room else places


async def cancellation_of(session: AsyncSession, event_id: UUID) -> Cancellation | None:
    return await session.get(Cancellation, event_id)

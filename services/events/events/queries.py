from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Reader
from kit.problems import NotFound
from services.events.events.models import OnlineRoom, Site
from services.events.events.schemas import EventIn
from services.roster.models import Membership, Person, Staff
from services.roster.sight import InCluster, cluster_in_sight
from services.roster.standing import ClusterInSight, CurrentMember

UNHEARD = "en"
# What has become of an event: the columns of EventState, and whence they come.
STATE = "event.starts_at, event.ends_at, cancellation.at as cancelled_at, cluster.closed_at as cluster_closed_at"
OF_STATE = """
join cluster on cluster.id = event.cluster_id left join cancellation on cancellation.event_id = event.id
"""
STATE_OF = f"select {STATE} from event {OF_STATE} where event.id = $1"
FOUND = f"""
select event.cluster_id, event.organiser_id, event.organiser_school_id, cluster.country, cluster.approach, {STATE}
from event {OF_STATE}
where event.id = $1 and event.cluster_id in (select cluster_id from clusters_in_sight($2, $3, $4))
"""
COMING_IN = """
select id from event where cluster_id = $1 and ends_at > $2
  and not exists (select from cancellation where event_id = event.id) order by id
"""
PLACES = """
select id, name, address, school_id, false as online, capacity, null as link, number from site
where event_id = $1 and given_up_at is null
union all
select id, '', '', null, true, capacity, link, 1000 from online_room where event_id = $1 and given_up_at is null
order by number, id
"""


class EventState(NamedTuple):
    """What opens and closes the verbs of an event: when it is, whether it, or its cluster, was ended."""

    starts_at: datetime
    ends_at: datetime
    cancelled_at: datetime | None
    cluster_closed_at: datetime | None


@dataclass(frozen=True)
class EventInSight:
    """What verbs and policy need to know of an event; a verb that changes it locks its row first."""

    id: UUID
    cluster_id: UUID
    organiser_id: UUID
    organiser_school_id: UUID | None


@dataclass(frozen=True)
class VisibleEvent(InCluster):
    """An event in sight."""

    event: EventInSight
    state: EventState

    @property
    def starts_at(self) -> datetime:
        return self.state.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.state.ends_at

    @property
    def cancelled_at(self) -> datetime | None:
        return self.state.cancelled_at


async def visible_event(event_id: UUID, pool: Reader, actor: CurrentMember) -> VisibleEvent:
    """The event, for who sees its cluster. Raises NotFound."""
    return VisibleEvent(*in_sight(event_id, await pool.fetchrow(FOUND, event_id, *actor.sight)))


def in_sight(event_id: UUID, row: asyncpg.Record | None) -> tuple[ClusterInSight, EventInSight, EventState]:
    """What was found of an event, its cluster, and its state. Raises NotFound."""
    if row is None:
        raise NotFound
    return (
        ClusterInSight(row["cluster_id"], row["country"], row["approach"], row["cluster_closed_at"]),
        EventInSight(event_id, row["cluster_id"], row["organiser_id"], row["organiser_school_id"]),
        _state_in(row),
    )


async def event_state(connection: asyncpg.Connection, event_id: UUID) -> EventState:
    """The state of an event as it is now. Raises NotFound."""
    row = await connection.fetchrow(STATE_OF, event_id)
    if row is None:
        raise NotFound
    return _state_in(row)


def _state_in(row: asyncpg.Record) -> EventState:
    return EventState(row["starts_at"], row["ends_at"], row["cancelled_at"], row["cluster_closed_at"])


async def coming_in(pool: asyncpg.Pool, cluster_id: UUID, at: datetime) -> list[UUID]:
    """The events of a cluster that are not over at `at`, nor cancelled."""
    return [row["id"] for row in await pool.fetch(COMING_IN, cluster_id, at)]


async def cluster_of_new(new: EventIn, pool: Reader, actor: CurrentMember) -> InCluster:
    """The cluster that a new event is for. Raises NotFound."""
    return await cluster_in_sight(pool, actor, new.cluster_id)


async def places_shown(pool: asyncpg.Pool, event_id: UUID) -> list[dict[str, Any]]:
    return [dict(row) for row in await pool.fetch(PLACES, event_id)]


async def sites_of(db: AsyncSession, event_id: UUID) -> list[Site]:
    live = select(Site).where(Site.event_id == event_id, col(Site.given_up_at).is_(None))
    return list(await db.exec(live.order_by(col(Site.number), col(Site.id))))


async def room_of(db: AsyncSession, event_id: UUID) -> OnlineRoom | None:
    live = select(OnlineRoom).where(OnlineRoom.event_id == event_id, col(OnlineRoom.given_up_at).is_(None))
    return (await db.exec(live)).one_or_none()


async def language_of(db: AsyncSession, person_id: UUID) -> str:
    """The language that a person speaks, as far as we have heard of them."""
    person = await db.get(Person, person_id)
    return person.language if person else UNHEARD


async def members_of(db: AsyncSession, cluster_id: UUID) -> list[UUID]:
    """The people of the schools of a cluster."""
    at_schools = select(Staff.person_id).join(Membership, col(Membership.school_id) == Staff.school_id)
    now_there = col(Staff.ended_at).is_(None), col(Membership.ended_at).is_(None)
    members = at_schools.where(Membership.cluster_id == cluster_id, *now_there)
    return list(await db.exec(members.distinct().order_by(col(Staff.person_id))))

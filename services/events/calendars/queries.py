from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.events.registration.queries import SEES

# One statement, so one snapshot: what is told of somebody's seat and of the event was true at the same moment.
SEATS = """
select asked.person_id, event.id as event_id, event.title, event.description, event.language, event.zone,
  event.starts_at, event.ends_at, event.organiser_id, event.sequence as revision,
  cancellation.event_id is not null as cancelled, cancellation.reason as cancelled_because,
  cluster.closed_at <= cancellation.at as ended_with_cluster,
  registration.id as registration_id, registration.withdrawn_at is not null as withdrawn,
  placement.place_id as placed, wait.place_id as waits_for,
  coalesce(site.name, '') as site, coalesce(site.address, '') as address, room.link,
  coalesce(wanted.name, '') as wanted_site, coalesce(wanted.address, '') as wanted_address,
  (select count(*) from wait other join registration theirs on theirs.id = other.registration_id
     where theirs.event_id = event.id and other.until is null and other.place_id = wait.place_id
       and other.turn <= wait.turn) as position,
"""
ASKED = """
from unnest($1::uuid[], $2::uuid[]) asked(event_id, person_id)
join event on event.id = asked.event_id
left join cancellation on cancellation.event_id = event.id
left join cluster on cluster.id = event.cluster_id
left join lateral (
  select * from registration where event_id = event.id and person_id = asked.person_id order by id desc limit 1
) registration on true
left join placement on placement.registration_id = registration.id and placement.until is null
left join wait on wait.registration_id = registration.id and wait.until is null
left join site on site.id = placement.place_id
left join online_room room on room.id = placement.place_id
left join site wanted on wanted.id = wait.place_id
order by asked.event_id, asked.person_id
"""
SEATED = f"{SEATS} {SEES} as sees {ASKED}"
EVERYBODY = """
select person_id from registration where event_id = $1 group by person_id order by min(asked_at), person_id
"""
ANNOUNCED = """
select event.id, event.title, event.language, event.cluster_id, event.starts_at, event.ends_at, event.organiser_id,
  coalesce(person.name, '') as organiser,
  exists (select from cancellation where event_id = event.id) as cancelled,
  exists (select from online_room where event_id = event.id and given_up_at is null) as online,
  (select coalesce(string_agg(name, ', ' order by number, id), '') from site
     where event_id = event.id and given_up_at is null) as places
from event left join person on person.id = event.organiser_id
where event.id = $1
"""
MEMBERS = """
select distinct staff.person_id from staff join membership on membership.school_id = staff.school_id
where staff.person_id = any($1::uuid[]) and staff.ended_at is null
  and membership.cluster_id = $2 and membership.ended_at is null
order by staff.person_id
"""
WHOSE = "select id, event_id, person_id from registration where id = any($1::uuid[])"


@dataclass(frozen=True)
class Seat:
    """Somebody at an event as it stands now, by their last registration; `sees` False for who left the cluster."""

    person_id: UUID
    event_id: UUID
    title: str
    description: str
    language: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    organiser_id: UUID
    revision: int
    cancelled: bool
    cancelled_because: str | None
    ended_with_cluster: bool | None
    registration_id: UUID | None
    withdrawn: bool
    sees: bool
    placed: UUID | None
    waits_for: UUID | None
    site: str
    address: str
    link: str | None
    wanted_site: str
    wanted_address: str
    position: int

    @property
    def is_registered(self) -> bool:
        return self.registration_id is not None and not self.withdrawn


async def seats_at(connection: asyncpg.Connection, asked: Sequence[tuple[UUID, UUID]]) -> list[Seat]:
    """How each of these (event, person) stands."""
    columns = [event_id for event_id, _ in asked], [person_id for _, person_id in asked]
    return [Seat(**row) for row in await connection.fetch(SEATED, *columns)]


async def everybody_registered(pool: asyncpg.Pool, event_id: UUID) -> list[UUID]:
    """Everybody who was ever registered, in the order of asking."""
    return [row["person_id"] for row in await pool.fetch(EVERYBODY, event_id)]


async def whose_registrations(pool: asyncpg.Pool, registrations: Sequence[UUID]) -> dict[UUID, tuple[UUID, UUID]]:
    """(event, person) of each registration."""
    rows = await pool.fetch(WHOSE, registrations)
    return {row["id"]: (row["event_id"], row["person_id"]) for row in rows}


async def announced(pool: asyncpg.Pool, event_id: UUID, people: Sequence[UUID]) -> tuple[dict[str, Any], list[UUID]]:
    """An event as it is announced, and those of these people who are members of its cluster."""
    event = await pool.fetchrow(ANNOUNCED, event_id)
    assert event
    members = await pool.fetch(MEMBERS, people, event["cluster_id"])
    return dict(event), [row["person_id"] for row in members]

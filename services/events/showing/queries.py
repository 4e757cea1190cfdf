"""What pages show of events, from all that hangs on them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from kit.db import Reader
from kit.pages import FAR_AHEAD, GREATEST_ID, LEAST_ID, LONG_AGO
from services.events.events.queries import OF_STATE, PLACES, STATE, VisibleEvent, in_sight
from services.roster.standing import CurrentMember, Member, Sight

# Coming is who has a place, waiting who only waits for one; came is null until somebody was marked, which is not before
# it has begun. `$1` is me, `$2` is now.
LISTED = """
select event.id, event.title, event.language, event.format, event.zone, event.starts_at, event.ends_at,
  case when room.id is null then 'on_site' when sites.names is null then 'online' else 'hybrid' end as mode,
  coalesce(sites.names, '') as places,
  registered.coming, registered.waiting, registered.my_state, marked.came,
  cancellation.event_id is not null as cancelled
from event
left join online_room room on room.event_id = event.id and room.given_up_at is null
left join cancellation on cancellation.event_id = event.id
left join lateral (
  select string_agg(name, ', ' order by number, id) as names from site where event_id = event.id and given_up_at is null
) sites on true
left join lateral (
  select count(placement.id) as coming, count(*) - count(placement.id) as waiting,
    max(case when placement.id is null then 'waiting' else 'placed' end)
      filter (where registration.person_id = $1) as my_state
  from registration left join placement on placement.registration_id = registration.id and placement.until is null
  where registration.event_id = event.id and registration.withdrawn_at is null
) registered on true
left join lateral (
  select case when count(*) > 0 then count(*) filter (where undone_at is null) end as came
  from attendance where event_id = event.id and event.starts_at <= $2
) marked on true
"""
# Each cluster's next ones come from an index, so that no page reads all events of the years; who holds an office over
# 1,500 clusters waits 18 ms for it.
UPCOMING = f"""{LISTED}
where event.id in (
  select next.id from clusters_in_sight($3, $4, $5) within cross join lateral (
    select id, starts_at from event
    where cluster_id = within.cluster_id and ends_at > $2
      and (starts_at, id) > ($6, $7)
    order by starts_at, id limit $8
  ) next order by next.starts_at, next.id limit $8)
order by event.starts_at, event.id
"""
PAST = f"""{LISTED}
where event.id in (
  select newest.id from clusters_in_sight($3, $4, $5) within cross join lateral (
    select id, starts_at from event
    where cluster_id = within.cluster_id and ends_at <= $2
      and (starts_at, id) < ($6, $7)
    order by starts_at desc, id desc limit $8
  ) newest order by newest.starts_at desc, newest.id desc limit $8)
order by event.starts_at desc, event.id desc
"""
# By the clocks where each is.
OF_MONTH = f"""{LISTED}
where event.id in (
  select next.id from clusters_in_sight($3, $4, $5) within cross join lateral (
    select id, starts_at from event
    where cluster_id = within.cluster_id and starts_at >= ($9::date - interval '1 day') at time zone 'UTC'
      and starts_at < ($9::date + interval '1 month 1 day') at time zone 'UTC'
      and date_trunc('month', starts_at at time zone zone) = $9::date and (starts_at, id) > ($6, $7)
    order by starts_at, id limit $8
  ) next order by next.starts_at, next.id limit $8)
order by event.starts_at, event.id
"""
UNMARKED = f"""{LISTED}
where event.organiser_id = $1 and event.ends_at between $2::timestamptz - $6::interval and $2
  and event.cluster_id in (select cluster_id from clusters_in_sight($3, $4, $5))
  and cancellation.event_id is null
  and not exists (select from cluster where id = event.cluster_id and closed_at is not null)
  and not exists (select from attendance where event_id = event.id)
order by event.ends_at desc, event.id limit $7
"""
UNMARKED_SINCE, UNMARKED_SHOWN = timedelta(days=28), 5
# How many of each school are where, by place and by what they wait for. Who has a place is read by the places of the
# event: at full size 200 people are looked up by themselves in .85 ms, by place in .24.
SEATED = """
select seats.school_id, coalesce(school.name, '') as school, seats.placed, seats.waits_for, seats.people
from (
  select registration.school_id, placement.place_id as placed, wait.place_id as waits_for, count(*) as people
  from registration
  left join (
    select registration_id, place_id from placement where until is null and place_id in (
      select id from site where event_id = $1 and given_up_at is null
      union all select id from online_room where event_id = $1 and given_up_at is null)
  ) placement on placement.registration_id = registration.id
  left join wait on wait.registration_id = registration.id and wait.until is null
  where registration.event_id = $1 and registration.withdrawn_at is null
  group by registration.school_id, placement.place_id, wait.place_id
) seats
left join school on school.id = seats.school_id
order by school.name, seats.school_id, seats.placed, seats.waits_for
"""
FOUND = f"""
select event.*, cluster.name as cluster, cluster.country, cluster.approach, coalesce(person.name, '') as organiser,
  {STATE}, cancellation.reason as cancelled_because,
  (select case when count(*) > 0 then count(*) filter (where undone_at is null) end
     from attendance where event_id = event.id) as came,
  (select json_build_object('what', what, 'reason', reason, 'at', at, 'before', before) from change
     where event_id = event.id and what <> array['capacity'::varchar] order by id desc limit 1) as last_change,
  (select json_build_object(
     'registration_id', registration.id, 'placed', placement.place_id, 'waits_for', wait.place_id,
     'position', case when wait.id is not null then (
       select count(*) from wait other join registration theirs on theirs.id = other.registration_id
       where theirs.event_id = $1 and other.until is null and other.place_id = wait.place_id and other.turn <= wait.turn
     ) end)
   from registration
   left join placement on placement.registration_id = registration.id and placement.until is null
   left join wait on wait.registration_id = registration.id and wait.until is null
   where registration.event_id = $1 and registration.person_id = $5 and registration.withdrawn_at is null) as mine,
  (select coalesce(json_agg(place), '[]') from ({PLACES}) place) as places,
  (select coalesce(json_agg(seated), '[]') from ({SEATED}) seated) as seated
from event
{OF_STATE}
left join person on person.id = event.organiser_id
where event.id = $1 and event.cluster_id in (select cluster_id from clusters_in_sight($2, $3, $4))
"""


@dataclass(frozen=True)
class ShownEvent(VisibleEvent):
    """An event in sight, the whole row as it is shown, and its reader, who could register."""

    shown: dict[str, Any]
    person_id: UUID | None
    school_id: UUID | None = None


async def shown_event(event_id: UUID, pool: Reader, actor: CurrentMember) -> ShownEvent:
    """The event, for who sees its cluster. Raises NotFound."""
    row = await pool.fetchrow(FOUND, event_id, *actor.sight, actor.id)
    return ShownEvent(*in_sight(event_id, row), dict(row or {}), actor.id)


async def listed(
    pool: asyncpg.Pool,
    sight: Sight,
    actor: Member,
    *,
    upcoming: bool,
    at: datetime,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[asyncpg.Record]:
    """Events of clusters in sight that are not over at `at`, by their beginning; or those that are, newest first."""
    last, last_id = after or ((LONG_AGO, LEAST_ID) if upcoming else (FAR_AHEAD, GREATEST_ID))
    rows: list[asyncpg.Record] = await pool.fetch(
        UPCOMING if upcoming else PAST, actor.id, at, *sight, last, last_id, limit + 1
    )
    return rows


async def listed_of_month(
    pool: asyncpg.Pool,
    sight: Sight,
    actor: Member,
    month: date,
    at: datetime,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[asyncpg.Record]:
    """Events of clusters in sight that begin in a month (its first day), by their beginning."""
    asked = (actor.id, at, *sight, *(after or (LONG_AGO, LEAST_ID)), limit + 1, month)
    rows: list[asyncpg.Record] = await pool.fetch(OF_MONTH, *asked)
    return rows


async def unmarked(pool: asyncpg.Pool, actor: Member, at: datetime) -> list[asyncpg.Record]:
    """My own events of the last weeks that are over, and whose attendance nobody has marked."""
    asked = (actor.id, at, *actor.sight, UNMARKED_SINCE, UNMARKED_SHOWN + 1)
    rows: list[asyncpg.Record] = await pool.fetch(UNMARKED, *asked)
    return rows

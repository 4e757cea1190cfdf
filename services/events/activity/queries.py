from collections.abc import Sequence
from uuid import UUID

import asyncpg

from kit.telling import kinds_of
from services.events.events.formats import SECTIONS
from services.events.facts import AttendanceRecorded, EventAnnounced, EventCancelled, EventChanged, EventDescribed
from services.roster.activity.counting import Counted, Counting
from services.roster.activity.jobs import tell_soon
from services.roster.activity.models import OF_SECTIONS, ActivityKind
from services.roster.activity.queries import Cell

# The month in which it begins where it is, and those in which it began before it was moved.
TOUCHED = """
select cluster_id, date_trunc('month', starts_at at time zone zone)::date as month
from event where id = any($1::uuid[])
union
select event.cluster_id, date_trunc('month', (change.before ->> 'starts_at')::timestamptz
    at time zone coalesce(change.before ->> 'zone', event.zone))::date
from change join event on event.id = change.event_id
where change.event_id = any($1::uuid[]) and change.before ->> 'starts_at' is not null
"""
EVERYTHING = """
select distinct cluster_id, date_trunc('month', starts_at at time zone zone)::date as month
from event where cluster_id = any($1::uuid[])
"""
MET = """
select cell.cluster_id, cell.month, event.id, event.format, event.organiser_school_id,
  (event.starts_at at time zone event.zone)::date as day
from unnest($1::uuid[], $2::date[]) cell(cluster_id, month)
join event on event.cluster_id = cell.cluster_id
  and event.starts_at >= (cell.month - interval '1 day') at time zone 'UTC'
  and event.starts_at < (cell.month + interval '{span}' + interval '1 day') at time zone 'UTC'
  and (event.starts_at at time zone event.zone)::date >= cell.month
  and (event.starts_at at time zone event.zone)::date < cell.month + interval '{span}'
where not exists (select from cancellation where event_id = event.id)
"""
# The words are ours, and stand in the statement as such.
TOLD_IN = ", ".join(f"('{kind}', '{OF_SECTIONS[each]}')" for kind, several in SECTIONS.items() for each in several)
BY_MONTH = f"""
with met as ({MET.format(span="1 month")}),
came as (select met.cluster_id, met.month, met.id, met.day, attendance.school_id, attendance.person_id
  from met join attendance on attendance.event_id = met.id and attendance.undone_at is null)
select cluster_id, month, 'meetings' as kind, null::uuid as school_id, count(*), max(day) as last_on
  from met group by cluster_id, month
union all
select cluster_id, month, 'organised', organiser_school_id, count(*), max(day)
  from met where organiser_school_id is not null group by cluster_id, month, organiser_school_id
union all
select cluster_id, month, 'hosted', site.school_id, count(distinct met.id), max(day)
  from met join site on site.event_id = met.id and site.given_up_at is null and site.school_id is not null
  group by cluster_id, month, site.school_id
union all
select cluster_id, month, told_in.kind, null, count(*), max(day)
  from met join (values {TOLD_IN}) told_in(format, kind) using (format) group by cluster_id, month, told_in.kind
union all
select cluster_id, month, counted.kind, school_id,
  case counted.kind when 'came' then count(*) when 'joined' then count(distinct id)
    else count(distinct person_id) end, max(day)
  from came cross join unnest(array['came', 'joined', 'people']) counted(kind)
  group by cluster_id, month, counted.kind, school_id
"""
BY_YEAR = f"""
with met as ({MET.format(span="1 year")})
select cluster_id, month, 'reached' as kind, attendance.school_id, count(distinct person_id), max(day) as last_on
from met join attendance on attendance.event_id = met.id and attendance.undone_at is null
group by cluster_id, month, attendance.school_id
"""


async def touched(connection: asyncpg.Connection, facts: Sequence[asyncpg.Record]) -> set[Cell]:
    events = {UUID(fact["data"]["event_id"]) for fact in facts}
    return {(row["cluster_id"], row["month"]) for row in await connection.fetch(TOUCHED, list(events))}


COUNTING = Counting(
    facts=kinds_of(EventAnnounced, EventDescribed, EventChanged, EventCancelled, AttendanceRecorded),
    everything=EVERYTHING,
    touched=touched,
    counted=(
        Counted(
            (
                ActivityKind.meetings,
                ActivityKind.organised,
                ActivityKind.hosted,
                ActivityKind.joined,
                ActivityKind.came,
                ActivityKind.people,
                *OF_SECTIONS.values(),
            ),
            BY_MONTH,
        ),
        Counted((ActivityKind.reached,), BY_YEAR, by_year=True),
    ),
    changed=tell_soon,
)

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from kit.db import columns
from kit.telling import kinds_of
from services.diaries.facts import CommentPosted, CommentRemoved, EntryPublished, EntryRemoved, EntryRetracted
from services.roster.activity.counting import Counted, Counting
from services.roster.activity.jobs import tell_soon
from services.roster.activity.models import ActivityKind
from services.roster.activity.queries import Cell, cells_of

# Months of UTC: an entry has no clocks of its own.
TOUCHED = """
select entry.cluster_id, date_trunc('month', publication.published_at at time zone 'UTC')::date as month
from entry join publication on publication.entry_id = entry.id where entry.id = any($1::uuid[])
union
select entry.cluster_id, date_trunc('month', comment.posted_at at time zone 'UTC')::date
from entry join comment on comment.entry_id = entry.id where entry.id = any($1::uuid[])
"""
# What was erased leaves no month: everything that was counted in its cluster is counted anew. An erased comment is of
# the cluster of its entry, an erased entry of the one that its facts name: those of a draft name none.
GONE = """
select entry.cluster_id from unnest($1::uuid[], $2::uuid[]) asked(comment_id, entry_id)
join entry on entry.id = asked.entry_id where not exists (select from comment where comment.id = asked.comment_id)
union
select asked.cluster_id from unnest($3::uuid[], $4::uuid[]) asked(entry_id, cluster_id)
where asked.cluster_id is not null and not exists (select from entry where entry.id = asked.entry_id)
"""
EVERYTHING = """
select publication.cluster_id, date_trunc('month', published_at at time zone 'UTC')::date as month
from publication where cluster_id = any($1::uuid[])
union
select publication.cluster_id, date_trunc('month', comment.posted_at at time zone 'UTC')::date
from publication join comment on comment.entry_id = publication.entry_id
where cluster_id = any($1::uuid[]) and publication.retracted_at is null
"""
BY_MONTH = """
with cell as materialized (select * from unnest($1::uuid[], $2::date[]) cell(cluster_id, month)),
span as (
  select cluster_id, min(month)::timestamp at time zone 'UTC' as first,
    (max(month) + interval '1 month') at time zone 'UTC' as last
  from cell group by cluster_id),
written as (
  select cell.cluster_id, cell.month, 'entries' as kind, entry.school_id, publication.published_at as at
  from cell join publication on publication.cluster_id = cell.cluster_id and publication.retracted_at is null
    and publication.published_at >= cell.month::timestamp at time zone 'UTC'
    and publication.published_at < (cell.month + interval '1 month') at time zone 'UTC'
  join entry on entry.id = publication.entry_id
  union all
  select cell.cluster_id, cell.month, case comment.kind when 'takeaway' then 'takeaways' else 'comments' end,
    comment.school_id, comment.posted_at
  from span join publication on publication.cluster_id = span.cluster_id and publication.retracted_at is null
  join comment on comment.entry_id = publication.entry_id
    and comment.posted_at >= span.first and comment.posted_at < span.last
  join cell on cell.cluster_id = span.cluster_id
    and cell.month = date_trunc('month', comment.posted_at at time zone 'UTC')::date
  where not exists (select from comment_removal where comment_id = comment.id))
select cluster_id, month, kind, school_id, count(*), max((at at time zone 'UTC')::date) as last_on
from written group by cluster_id, month, kind, school_id
"""


async def touched(connection: asyncpg.Connection, facts: Sequence[asyncpg.Record]) -> set[Cell]:
    entries = [UUID(fact["data"]["entry_id"]) for fact in facts]
    said = [(fact["data"].get("comment_id"), fact["data"]["entry_id"]) for fact in facts]
    comments = [(UUID(comment_id), UUID(entry_id)) for comment_id, entry_id in said if comment_id]
    cells = {(row["cluster_id"], row["month"]) for row in await connection.fetch(TOUCHED, entries)}
    asked = (*(columns(comments) if comments else [[], []]), entries, [fact["cluster_id"] for fact in facts])
    gone = {row["cluster_id"] for row in await connection.fetch(GONE, *asked)}
    # What was erased under an entry that was retracted leaves no trace at all.
    gone |= {fact["cluster_id"] for fact in facts if fact["kind"] == EntryRetracted.told_as}
    return cells | await cells_of(connection, gone) if gone else cells


COUNTING = Counting(
    facts=kinds_of(EntryPublished, EntryRetracted, EntryRemoved, CommentPosted, CommentRemoved),
    everything=EVERYTHING,
    touched=touched,
    counted=(Counted((ActivityKind.entries, ActivityKind.comments, ActivityKind.takeaways), BY_MONTH),),
    changed=tell_soon,
)

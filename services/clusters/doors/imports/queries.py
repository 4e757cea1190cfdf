from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import asyncpg

from services.clusters.doors.lists.models import ListKind

# Of people also what the row names; schools and clusters are no secret.
FORGET_LINES = """
update import_line set mail = null, cells = '[]',
  wrong = (select coalesce(jsonb_agg(one.value || '{"value": ""}' order by one.place), '[]')
    from jsonb_array_elements(wrong) with ordinality one (value, place)),
  said = case when made.kind = 'people' then '["", "", ""]' else said end
from import made
where made.id = import_line.import_id and made.ended_at < $1 and made.forgotten_at is null
"""
ENDED = "select id, kind, headings from import where ended_at < $1 and forgotten_at is null"
# $3 are the lists of which the first row was taken for headings.
FORGET_EXAMPLES = """
update import set forgotten_at = $2, headings = (
  select coalesce(jsonb_agg(
      jsonb_build_array(case when import.id = any($3) then '""' else heading.value -> 0 end, '') order by heading.place
    ), '[]')
  from jsonb_array_elements(headings) with ordinality heading (value, place))
where ended_at < $1 and forgotten_at is null
"""


async def ended_lists(connection: asyncpg.Connection, ended_before: datetime) -> list[tuple[UUID, ListKind, list[str]]]:
    """The lists that ended before, and still say what stood in their rows: of which kind, and with which headings."""
    rows = await connection.fetch(ENDED, ended_before)
    return [(row["id"], ListKind(row["kind"]), [heading for heading, _ in row["headings"]]) for row in rows]


async def forget_rows(
    connection: asyncpg.Connection, ended_before: datetime, at: datetime, without_headings: Collection[UUID]
) -> None:
    """What stood in the rows of lists that ended before goes; what became of them, and what was wrong where, stays."""
    await connection.execute(FORGET_LINES, ended_before)
    await connection.execute(FORGET_EXAMPLES, ended_before, at, without_headings)

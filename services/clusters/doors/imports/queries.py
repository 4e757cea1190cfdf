from datetime import datetime

import asyncpg

# Of people also what the row names; schools and clusters are no secret.
FORGET_LINES = """
update import_line set mail = null, cells = '[]',
  wrong = (select coalesce(jsonb_agg(one.value || '{"value": ""}' order by one.place), '[]')
    from jsonb_array_elements(wrong) with ordinality one (value, place)),
  said = case when made.kind = 'people' then '["", "", ""]' else said end
from import made
where made.id = import_line.import_id and made.ended_at < $1 and made.forgotten_at is null
"""
FORGET_EXAMPLES = """
update import set forgotten_at = $2, headings = (
  select coalesce(jsonb_agg(jsonb_build_array(heading.value -> 0, '') order by heading.place), '[]')
  from jsonb_array_elements(headings) with ordinality heading (value, place))
where ended_at < $1 and forgotten_at is null
"""


async def forget_rows(connection: asyncpg.Connection, ended_before: datetime, at: datetime) -> None:
    """What stood in the rows of lists that ended before goes; what became of them, and what was wrong where, stays."""
    await connection.execute(FORGET_LINES, ended_before)
    await connection.execute(FORGET_EXAMPLES, ended_before, at)

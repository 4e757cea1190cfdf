from uuid import UUID

import asyncpg

# What was seen in the app meanwhile is no news any more; what is not wanted in a digest any more stands in the app.
TAKEN = """
with taken as (delete from digest_item where person_id = $1 returning notice_id)
select notice.id, notice.kind, notice.params, notice.path from notice
join preference on preference.person_id = $1 and preference.kind = notice.kind and preference.way = 'digest'
where notice.id in (select notice_id from taken) and notice.seen_at is null order by notice.id desc
"""


async def take_items(connection: asyncpg.Connection, person_id: UUID) -> list[asyncpg.Record]:
    """What waits for the digest and was not seen, newest first; from now on it waits no longer."""
    rows: list[asyncpg.Record] = await connection.fetch(TAKEN, person_id)
    return rows

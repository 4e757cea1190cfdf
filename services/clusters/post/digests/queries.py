from uuid import UUID

import asyncpg

# What was seen in the app meanwhile is no news any more.
TAKEN = """
with taken as (delete from digest_item where person_id = $1 returning notice_id)
select id, kind, params, path from notice where id in (select notice_id from taken) and seen_at is null order by id desc
"""


async def take_items(connection: asyncpg.Connection, person_id: UUID) -> list[asyncpg.Record]:
    """What waits for the digest and was not seen, newest first; from now on it waits no longer."""
    rows: list[asyncpg.Record] = await connection.fetch(TAKEN, person_id)
    return rows
